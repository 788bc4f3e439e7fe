using Nightjar.Events;

namespace Nightjar.Sources;

/// <summary>Hashes of files as sources write them.</summary>
internal static class FileHash
{
    private const int Longest = 64;

    /// <summary>Adds a hash in lower case. False when it has not so many hexadecimal digits; then nothing is added.</summary>
    public static bool TryAdd(EventBatch batch, ReadOnlySpan<byte> hash, int digits)
    {
        if (hash.Length != digits || hash.ContainsAnyExcept("0123456789abcdefABCDEF"u8)) return false;
        Span<byte> lower = stackalloc byte[Longest];
        for (var i = 0; i < digits; i++) lower[i] = (byte)(hash[i] | 0x20);
        batch.Add(FieldId.FileHashes, lower[..digits]);
        return true;
    }
}

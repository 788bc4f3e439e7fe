using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Nightjar.Events;

/// <summary>Event ids: 128 bits of SHA-256, over the id that the source gives or, where it gives none, over the record.</summary>
/// <remarks>Cryptographic, because an attacker who may write telemetry must not be able to make two events one.</remarks>
public static class EventIds
{
    // Kept for each thread: beginning anew costs more than the hash of a record.
    [ThreadStatic]
    private static IncrementalHash? _hash;

    /// <summary>From the id that the source states. Ids of one device are compared with each other only.</summary>
    public static UInt128 FromUid(ReadOnlySpan<byte> uid) => Hash(uid);

    /// <summary>From the bytes of a record that states no id: a line without its line end.</summary>
    public static UInt128 FromRecord(ReadOnlySpan<byte> record) => Hash(record);

    /// <summary>As 32 hexadecimal digits.</summary>
    public static string Text(UInt128 id) => id.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);

    private static UInt128 Hash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= ShortDigest.MaxLength) return ShortDigest.Of(bytes);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        var hash = _hash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(bytes);
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }
}

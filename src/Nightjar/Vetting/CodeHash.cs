using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Nightjar.Vetting;

/// <summary>A SHA-256 as four numbers, so that a hundred thousand of them stand in a set without a hundred thousand texts.</summary>
internal readonly record struct CodeHash(ulong A, ulong B, ulong C, ulong D)
{
    private const int Digits = 64;

    /// <summary>Reads 64 hexadecimal digits of either case. Hashes of other lengths are of other kinds and are refused.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out CodeHash hash)
    {
        hash = default;
        Span<byte> bytes = stackalloc byte[Digits / 2];
        if (utf8.Length != Digits || Convert.FromHexString(utf8, bytes, out _, out var written) != System.Buffers.OperationStatus.Done || written != bytes.Length) return false;
        hash = new CodeHash(
            BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]), BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]));
        return true;
    }

    /// <summary>As 64 lower-case digits.</summary>
    public override string ToString() => $"{A:x16}{B:x16}{C:x16}{D:x16}";
}

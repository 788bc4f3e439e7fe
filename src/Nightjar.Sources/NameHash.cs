using System.Buffers.Binary;
using System.Numerics;

namespace Nightjar.Sources;

/// <summary>A quick hash for tables of names that are fixed: what an attacker writes is looked up in them and never added.</summary>
internal static class NameHash
{
    /// <summary>The hash of a name, from its length, its beginning and its end.</summary>
    public static uint Of(ReadOnlySpan<byte> name)
    {
        ulong mixed;
        if (name.Length >= 8)
            mixed = BinaryPrimitives.ReadUInt64LittleEndian(name) ^ BitOperations.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(name[^8..]), 29);
        else if (name.Length >= 4)
            mixed = BinaryPrimitives.ReadUInt32LittleEndian(name) | (ulong)BinaryPrimitives.ReadUInt32LittleEndian(name[^4..]) << 32;
        else
            mixed = name.IsEmpty ? 0u : name[0] | (uint)name[name.Length / 2] << 8 | (uint)name[^1] << 16;
        return (uint)((mixed + (uint)name.Length) * 0x9E37_79B9_7F4A_7C15 >> 40);
    }
}

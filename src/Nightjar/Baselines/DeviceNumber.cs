using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Nightjar.Baselines;

/// <summary>Devices as numbers, so that a baseline can be handed on without naming anybody's phone.</summary>
public static class DeviceNumber
{
    /// <summary>The number of a device: the first eight bytes of the SHA-256 of its uid. Equal on every machine.</summary>
    public static ulong Of(ReadOnlySpan<byte> uid)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(uid, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}

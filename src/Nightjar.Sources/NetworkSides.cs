namespace Nightjar.Sources;

/// <summary>Which side of a connection is the device. A sensor names two addresses and knows no devices.</summary>
internal static class NetworkSides
{
    /// <summary>True when the device is the called side: only that side is in the local network. Else the calling side is taken.</summary>
    public static bool IsDeviceCalled(ReadOnlySpan<byte> caller, ReadOnlySpan<byte> called) => IsLocal(called, null) && !IsLocal(caller, null);

    /// <summary>True when an address is of one host in the local network: the sensor says so, or it is a private one.</summary>
    public static bool IsLocal(ReadOnlySpan<byte> address, bool? stated)
    {
        if (address.IsEmpty) return false;
        return address.Contains((byte)':')
            ? !IsIpv6Group(address) && (stated == true || IsIpv6Private(address))
            : !IsIpv4Group(address) && (stated == true || IsIpv4Private(address));
    }

    // 10/8, 172.16/12, 192.168/16, the carriers' 100.64/10 and link-local 169.254/16.
    private static bool IsIpv4Private(ReadOnlySpan<byte> address) =>
        address.StartsWith("10."u8) || address.StartsWith("192.168."u8) || address.StartsWith("169.254."u8)
        || address.StartsWith("172."u8) && Number(address[4..]) is >= 16 and < 32
        || address.StartsWith("100."u8) && Number(address[4..]) is >= 64 and < 128;

    // Multicast, and what is most often a broadcast.
    private static bool IsIpv4Group(ReadOnlySpan<byte> address) => Number(address) >= 224 || address.EndsWith(".255"u8);

    // fc00::/7 and fe80::/10.
    private static bool IsIpv6Private(ReadOnlySpan<byte> address) => FirstGroup(address) is >= 0xFC00 and < 0xFE00 or >= 0xFE80 and < 0xFEC0;

    private static bool IsIpv6Group(ReadOnlySpan<byte> address) => FirstGroup(address) >= 0xFF00;

    private static int FirstGroup(ReadOnlySpan<byte> address)
    {
        var value = 0;
        for (var i = 0; i < Math.Min(4, address.Length) && char.IsAsciiHexDigit((char)address[i]); i++)
            value = value << 4 | (address[i] <= (byte)'9' ? address[i] - '0' : (address[i] | 0x20) - 'a' + 10);
        return value;
    }

    private static int Number(ReadOnlySpan<byte> digits)
    {
        var value = 0;
        for (var i = 0; i < Math.Min(3, digits.Length) && char.IsAsciiDigit((char)digits[i]); i++) value = value * 10 + digits[i] - '0';
        return value;
    }
}

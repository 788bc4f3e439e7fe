namespace Nightjar.Sources;

/// <summary>Names of protocols over IP by their number.</summary>
internal static class IpProtocols
{
    /// <summary>The name in lower case; empty when the number is of none that is named here.</summary>
    public static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> number)
    {
        if (number.SequenceEqual("6"u8)) return "tcp"u8;
        if (number.SequenceEqual("17"u8)) return "udp"u8;
        if (number.SequenceEqual("1"u8)) return "icmp"u8;
        if (number.SequenceEqual("58"u8)) return "icmp6"u8;
        return number.SequenceEqual("132"u8) ? "sctp"u8 : default;
    }
}

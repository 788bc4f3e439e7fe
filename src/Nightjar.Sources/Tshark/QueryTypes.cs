namespace Nightjar.Sources.Tshark;

/// <summary>Names of the types of records that DNS is asked for.</summary>
internal static class QueryTypes
{
    /// <summary>The name of a number; one that is not named here stays a number.</summary>
    public static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> number)
    {
        if (number.SequenceEqual("1"u8)) return "A"u8;
        if (number.SequenceEqual("28"u8)) return "AAAA"u8;
        if (number.SequenceEqual("5"u8)) return "CNAME"u8;
        if (number.SequenceEqual("12"u8)) return "PTR"u8;
        if (number.SequenceEqual("16"u8)) return "TXT"u8;
        if (number.SequenceEqual("33"u8)) return "SRV"u8;
        if (number.SequenceEqual("64"u8)) return "SVCB"u8;
        return number.SequenceEqual("65"u8) ? "HTTPS"u8 : number;
    }
}

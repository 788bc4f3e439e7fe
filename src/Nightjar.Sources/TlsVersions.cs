using Nightjar.Events;

namespace Nightjar.Sources;

/// <summary>The name of a TLS version as sources write it (<c>TLSv12</c>, <c>TLS 1.2</c>, <c>0x0303</c>), brought to one form: <c>TLSv1.2</c>.</summary>
internal static class TlsVersions
{
    /// <summary>Sets the version; what is no version of TLS stays as it is, and nothing is set for nothing.</summary>
    public static void Set(EventBatch batch, ReadOnlySpan<byte> version)
    {
        var known = OfNumber(version);
        if (!known.IsEmpty)
        {
            batch.Set(FieldId.TlsVersion, known);
            return;
        }
        // A word for each draft of 1.3 begins like that of 1.3 itself; DTLS has TLS in it.
        var at = version.IndexOf("TLS"u8);
        var digits = at < 0 ? default : version[(at + 3)..].TrimStart(" vV"u8);
        if (digits.Length < 2 || digits[0] != (byte)'1' || Minor(digits[1..]) is not { } minor)
        {
            batch.Set(FieldId.TlsVersion, version);
            return;
        }
        Span<byte> name = stackalloc byte[16];
        var prefix = at == 1 && version[0] == (byte)'D' ? "DTLSv1."u8 : "TLSv1."u8;
        prefix.CopyTo(name);
        name[prefix.Length] = minor;
        batch.Set(FieldId.TlsVersion, name[..(prefix.Length + 1)]);
    }

    private static byte? Minor(ReadOnlySpan<byte> rest)
    {
        if (rest[0] == (byte)'.') rest = rest[1..];
        return !rest.IsEmpty && char.IsAsciiDigit((char)rest[0]) ? rest[0] : null;
    }

    private static ReadOnlySpan<byte> OfNumber(ReadOnlySpan<byte> version)
    {
        if (version.Length != 6 || !version.StartsWith("0x0"u8)) return default;
        if (version.EndsWith("304"u8)) return "TLSv1.3"u8;
        if (version.EndsWith("303"u8)) return "TLSv1.2"u8;
        if (version.EndsWith("302"u8)) return "TLSv1.1"u8;
        if (version.EndsWith("301"u8)) return "TLSv1.0"u8;
        return version.EndsWith("300"u8) ? "SSLv3"u8 : default;
    }
}

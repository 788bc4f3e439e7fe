using System.Text.Unicode;

namespace Nightjar.Sources;

/// <summary>Parts of URLs as they stand in requests, without allocating.</summary>
internal static class UrlText
{
    /// <summary>The longest file name that is taken from a path, in bytes.</summary>
    public const int MaxFileName = 255;

    /// <summary>The name in a Host header or authority: without port and brackets.</summary>
    public static ReadOnlySpan<byte> HostOf(ReadOnlySpan<byte> authority)
    {
        var at = authority.LastIndexOf((byte)'@');
        if (at >= 0) authority = authority[(at + 1)..];
        if (authority.StartsWith("["u8))
        {
            var close = authority.IndexOf((byte)']');
            return close < 0 ? authority : authority[1..close];
        }
        var colon = authority.IndexOf((byte)':');
        return colon >= 0 && authority.LastIndexOf((byte)':') == colon ? authority[..colon] : authority;
    }

    /// <summary>The host of an absolute URL; empty when it names none.</summary>
    public static ReadOnlySpan<byte> HostOfUrl(ReadOnlySpan<byte> url)
    {
        if (!IsAbsolute(url)) return default;
        url = url[(url.IndexOf("://"u8) + 3)..];
        var end = url.IndexOfAny("/?#"u8);
        return HostOf(end < 0 ? url : url[..end]);
    }

    /// <summary>True for an IPv4 or IPv6 address in place of a name.</summary>
    public static bool IsAddress(ReadOnlySpan<byte> host) => host.Contains((byte)':') || !host.ContainsAnyExcept("0123456789."u8);

    /// <summary>True when the target of a request names its scheme, as in a request to a proxy.</summary>
    public static bool IsAbsolute(ReadOnlySpan<byte> uri)
    {
        var scheme = uri.IndexOf("://"u8);
        return scheme > 0 && !uri[..scheme].ContainsAny("/?#"u8);
    }

    /// <summary>The authority of a URL that names its scheme; empty when it does not.</summary>
    public static ReadOnlySpan<byte> AuthorityOf(ReadOnlySpan<byte> url)
    {
        if (!IsAbsolute(url)) return default;
        url = url[(url.IndexOf("://"u8) + 3)..];
        var end = url.IndexOfAny("/?#"u8);
        return end < 0 ? url : url[..end];
    }

    /// <summary>The path of a URL or request target, without query and fragment; empty when it has none.</summary>
    public static ReadOnlySpan<byte> PathOf(ReadOnlySpan<byte> uri)
    {
        if (IsAbsolute(uri))
        {
            uri = uri[(uri.IndexOf("://"u8) + 3)..];
            var slash = uri.IndexOfAny("/?#"u8);
            uri = slash < 0 ? default : uri[slash..];
        }
        if (!uri.StartsWith("/"u8)) return default;
        var end = uri.IndexOfAny((byte)'?', (byte)'#');
        return end < 0 ? uri : uri[..end];
    }

    /// <summary>The last segment of the path, percent-decoded, when it is like the name of a file: with an extension of 1 to 10 letters and digits.</summary>
    /// <param name="uri">A URL or request target.</param>
    /// <param name="to">Where the name is written; <see cref="MaxFileName"/> bytes.</param>
    public static ReadOnlySpan<byte> FileName(ReadOnlySpan<byte> uri, Span<byte> to)
    {
        var path = PathOf(uri);
        var segment = path[(path.LastIndexOf((byte)'/') + 1)..];
        var parameters = segment.IndexOf((byte)';');
        if (parameters >= 0) segment = segment[..parameters];
        if (segment.Length > to.Length) return default;
        var name = to[..Decode(segment, to)];
        return HasExtension(name) && Utf8.IsValid(name) && !name.ContainsAnyInRange((byte)0, (byte)0x1F) && !name.ContainsAny("/\\"u8) ? name : default;
    }

    private static bool HasExtension(ReadOnlySpan<byte> name)
    {
        var dot = name.LastIndexOf((byte)'.');
        if (dot <= 0 || dot == name.Length - 1 || name.Length - dot > 11) return false;
        foreach (var c in name[(dot + 1)..])
            if (!char.IsAsciiLetterOrDigit((char)c)) return false;
        return true;
    }

    private static int Decode(ReadOnlySpan<byte> text, Span<byte> to)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == (byte)'%' && i + 2 < text.Length && IsHex(text[i + 1]) && IsHex(text[i + 2]))
            {
                to[length++] = (byte)(Hex(text[i + 1]) << 4 | Hex(text[i + 2]));
                i += 2;
            }
            else
            {
                to[length++] = text[i];
            }
        }
        return length;
    }

    private static bool IsHex(byte c) => char.IsAsciiHexDigit((char)c);

    private static int Hex(byte c) => c <= (byte)'9' ? c - '0' : (c | 0x20) - 'a' + 10;
}

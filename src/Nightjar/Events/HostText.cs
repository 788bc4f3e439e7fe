using System.Net;
using System.Net.Sockets;

namespace Nightjar.Events;

/// <summary>Host names and addresses as sources write them, brought to one form.</summary>
public static class HostText
{
    /// <summary>The longest host name that DNS allows, with room for what sources add.</summary>
    public const int MaxLength = 512;

    /// <summary>Lower case, without a trailing dot and without brackets; returns the length written, 0 when it is no host.</summary>
    public static int WriteHost(ReadOnlySpan<byte> host, Span<byte> to)
    {
        host = host.Trim(" \t"u8);
        if (host.Length > 1 && host[^1] == (byte)'.') host = host[..^1];
        if (host.Length > 1 && host[0] == (byte)'[' && host[^1] == (byte)']') host = host[1..^1];
        if (host.Length > MaxLength || host.Length > to.Length) return 0;
        for (var i = 0; i < host.Length; i++)
        {
            var c = host[i];
            to[i] = c is >= (byte)'A' and <= (byte)'Z' ? (byte)(c | 0x20) : c;
        }
        return host.Length;
    }

    /// <summary>The shortest text of an IP address; null when the text is none. Takes the forms <c>/1.2.3.4</c>, <c>host/1.2.3.4</c>, <c>[::1]</c>, scope ids and IPv4-mapped IPv6.</summary>
    public static string? Address(string text)
    {
        text = text.Trim();
        var slash = text.LastIndexOf('/');
        if (slash >= 0) text = text[(slash + 1)..];
        text = text.Trim('[', ']');
        var scope = text.IndexOf('%', StringComparison.Ordinal);
        if (scope >= 0) text = text[..scope];
        if (!LooksLikeAddress(text) || !IPAddress.TryParse(text, out var address)) return null;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.ToString();
    }

    // .NET also reads "1" and "0x7f.1" as addresses; no source means that.
    private static bool LooksLikeAddress(string text) =>
        text.Contains(':', StringComparison.Ordinal) || text.Count(c => c == '.') == 3 && text.All(c => char.IsAsciiDigit(c) || c == '.');

    /// <summary>True for addresses that never leave the place: loopback, link-local, private, multicast.</summary>
    public static bool IsLocal(IPAddress address)
    {
        if (IPAddress.IsLoopback(address)) return true;
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            return address.IsIPv6LinkLocal || address.IsIPv6Multicast || address.IsIPv6UniqueLocal;
        var bytes = address.GetAddressBytes();
        return bytes[0] == 10 || bytes[0] == 127 || bytes[0] >= 224 || bytes[0] == 169 && bytes[1] == 254
            || bytes[0] == 172 && bytes[1] is >= 16 and < 32 || bytes[0] == 192 && bytes[1] == 168;
    }
}

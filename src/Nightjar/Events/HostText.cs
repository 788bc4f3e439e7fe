using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Nightjar.Events;

/// <summary>Host names and addresses as sources write them, brought to one form.</summary>
public static class HostText
{
    /// <summary>The longest host name that DNS allows, with room for what sources add.</summary>
    public const int MaxLength = 512;

    private static readonly SearchValues<byte> PlainSigns = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_."u8);

    // A port, brackets and dots.
    private const int Around = 16;

    /// <summary>True when a host surely is in its one form, so that it need not be written: nearly all are. False may be said of one that is, too.</summary>
    internal static bool IsPlain(ReadOnlySpan<byte> host) =>
        host.Length is > 0 and <= MaxLength && host[^1] != (byte)'.' && !host.ContainsAnyExcept(PlainSigns);

    /// <summary>Lower case, without port, trailing dots and brackets; returns the length written, 0 when it is no host.</summary>
    public static int WriteHost(ReadOnlySpan<byte> host, Span<byte> to)
    {
        host = host.Trim(" \t"u8);
        if (host.Length > MaxLength + Around) return 0;
        // Until nothing is left to take away, so that what is written stays itself when it is read again.
        for (var before = -1; before != host.Length;)
        {
            before = host.Length;
            host = WithoutPort(host).Trim(" \t"u8).TrimEnd((byte)'.');
        }
        if (host.Length > MaxLength || host.Length > to.Length) return 0;
        for (var i = 0; i < host.Length; i++)
        {
            var c = host[i];
            to[i] = c is >= (byte)'A' and <= (byte)'Z' ? (byte)(c | 0x20) : c;
        }
        return host.Length;
    }

    /// <summary>The shortest text of an IP address; null when the text is none. Takes the forms <c>/1.2.3.4</c>, <c>host/1.2.3.4</c>, <c>[::1]</c>, ports, scope ids and IPv4-mapped IPv6.</summary>
    public static string? Address(string text)
    {
        Span<byte> address = stackalloc byte[AddressText.MaxLength];
        var length = WriteAddress(System.Text.Encoding.UTF8.GetBytes(text), address);
        return length == 0 ? null : System.Text.Encoding.ASCII.GetString(address[..length]);
    }

    /// <summary>As <see cref="Address(string)"/>, from UTF-8 into <paramref name="to"/> of at least 45 bytes; returns the length written, 0 when the text is no address.</summary>
    internal static int WriteAddress(ReadOnlySpan<byte> text, Span<byte> to)
    {
        text = text.Trim(" \t"u8);
        text = WithoutPort(text[(text.LastIndexOf((byte)'/') + 1)..]);
        var scope = text.IndexOf((byte)'%');
        return AddressText.Write(scope < 0 ? text : text[..scope], to);
    }

    // Several colons without brackets are an IPv6 address, not a port.
    private static ReadOnlySpan<byte> WithoutPort(ReadOnlySpan<byte> host)
    {
        var colon = host.LastIndexOf((byte)':');
        if (colon >= 0 && !host[(colon + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && (colon > 0 && host[colon - 1] == (byte)']' || host.IndexOf((byte)':') == colon))
            host = host[..colon];
        return host is [(byte)'[', .., (byte)']'] ? host[1..^1] : host;
    }

    /// <summary>True for addresses that never leave the place: loopback, link-local, private, multicast, and the one that names no host.</summary>
    public static bool IsLocal(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)) return true;
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            return address.IsIPv6LinkLocal || address.IsIPv6Multicast || address.IsIPv6UniqueLocal;
        var bytes = address.GetAddressBytes();
        return bytes[0] == 10 || bytes[0] == 127 || bytes[0] >= 224 || bytes[0] == 169 && bytes[1] == 254
            || bytes[0] == 172 && bytes[1] is >= 16 and < 32 || bytes[0] == 192 && bytes[1] == 168;
    }
}

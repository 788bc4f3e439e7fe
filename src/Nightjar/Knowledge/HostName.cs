using System.Buffers;
using System.Net;

namespace Nightjar.Knowledge;

/// <summary>A host name as a row of labels, the last of which is the most general.</summary>
internal static class HostName
{
    private static readonly SearchValues<char> AddressCharacters = SearchValues.Create("0123456789.");
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>The longest name that is looked at; DNS allows 253 characters.</summary>
    public const int MaxLength = 512;

    /// <summary>Lower case and without the trailing dot; empty when it is longer than any name.</summary>
    public static string Normal(string host)
    {
        if (host.Length > MaxLength) return "";
        if (host.EndsWith('.')) host = host[..^1];
        return host.ToLowerInvariant();
    }

    /// <summary>The name without its first label; empty when there is only one.</summary>
    public static ReadOnlySpan<char> Parent(ReadOnlySpan<char> host)
    {
        var dot = host.IndexOf('.');
        return dot < 0 ? [] : host[(dot + 1)..];
    }

    /// <summary>True for IPv4 and IPv6 addresses, with or without brackets.</summary>
    public static bool IsAddress(ReadOnlySpan<char> host)
    {
        if (host.Contains(':')) return true;
        return !host.ContainsAnyExcept(AddressCharacters) && host.Count('.') == 3 && IPAddress.TryParse(host, out _);
    }

    /// <summary>True for what DNS allows, in ASCII: labels of 1 to 63 letters, digits, hyphens and underscores between dots, at most 253 characters.</summary>
    public static bool IsValid(ReadOnlySpan<char> host)
    {
        if (host.Length is 0 or > 253 || host.ContainsAnyExcept(NameCharacters)) return false;
        foreach (var range in host.Split('.'))
        {
            var label = host[range];
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-') return false;
        }
        return true;
    }
}

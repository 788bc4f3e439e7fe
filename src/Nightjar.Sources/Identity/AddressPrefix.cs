using System.Globalization;
using System.Net;
using Nightjar.Events;

namespace Nightjar.Sources.Identity;

/// <summary>Addresses and prefixes of addresses in a device map. A phone in a mobile network changes its address inside one IPv6 prefix.</summary>
internal static class AddressPrefix
{
    /// <summary>An address in its shortest form, or a prefix <c>address/length</c> with the other bits zeroed; null when the text is neither.</summary>
    public static string? Normalise(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0) return HostText.Address(text);
        if (HostText.Address(text[..slash]) is not { } address || !IPNetwork.TryParse($"{address}{text[slash..]}", out var network)) return null;
        var isWhole = network.PrefixLength == network.BaseAddress.GetAddressBytes().Length * 8;
        return isWhole ? address : string.Create(CultureInfo.InvariantCulture, $"{network.BaseAddress}/{network.PrefixLength}");
    }

    /// <summary>True for a prefix as <see cref="Normalise"/> writes it.</summary>
    public static bool Is(string ip) => ip.Contains('/', StringComparison.Ordinal);
}

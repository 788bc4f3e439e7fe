using System.Net;
using Nightjar.Analytics.Sigma;
using Nightjar.Events;

namespace Nightjar.Analytics.Tuning;

/// <summary>Whether a text is in a set, in the manner of the set's kind.</summary>
internal static class SetMatch
{
    /// <summary>A question about one text; plain code, remembered per distinct text by the caller.</summary>
    public static Func<string, bool> Of(TunableValue value) => value.Kind switch
    {
        TunableKind.Regex => value.Regex!.IsMatch,
        TunableKind.Hosts => Any(value.Items, Host),
        TunableKind.Paths => Any(value.Items, Path),
        _ => Any(value.Items, item => SigmaPattern.Parse(item, cased: value.Kind == TunableKind.Apps).Matches),
    };

    private static Func<string, bool> Any(IReadOnlyList<string> items, Func<string, Func<string, bool>> one)
    {
        Func<string, bool>[] tests = [.. items.Select(one)];
        return text => Array.Exists(tests, test => test(text));
    }

    private static Func<string, bool> Host(string item)
    {
        if (IPNetwork.TryParse(item, out var network)) return text => IPAddress.TryParse(text, out var address) && network.Contains(address);
        if (item.Contains('*', StringComparison.Ordinal) && !item.StartsWith("*.", StringComparison.Ordinal)) return SigmaPattern.Parse(item, cased: false).Matches;
        var suffix = item.TrimStart('*', '.').ToLowerInvariant();
        var dotted = "." + suffix;
        return text => text.Equals(suffix, StringComparison.OrdinalIgnoreCase) || text.EndsWith(dotted, StringComparison.OrdinalIgnoreCase);
    }

    private static Func<string, bool> Path(string item)
    {
        var below = item.EndsWith('/');
        var canonical = item.Contains('*', StringComparison.Ordinal) ? item : CanonicalPath.Of(item);
        if (below && !canonical.EndsWith('/')) canonical += "/";
        return SigmaPattern.Parse(canonical, cased: true, after: below).Matches;
    }
}

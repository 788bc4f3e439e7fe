using System.Net;
using Nightjar.Analytics.Tuning;

namespace Nightjar.Policies.Checking;

/// <summary>Whether one entry is within another, and whether two may be for the same.</summary>
internal static class Scopes
{
    /// <summary>Whether whoever the part is for, the whole is for too. Never yes by mistake.</summary>
    public static bool Includes(PolicyScope whole, PolicyScope part) =>
        Includes(whole.Apps, part.Apps, Patterns.Holds) && Includes(whole.Roles, part.Roles, string.Equals) && Includes(whole.Groups, part.Groups, string.Equals);

    /// <summary>Whether a list that restricts lets all of another through; an empty list restricts nothing.</summary>
    public static bool Includes(IReadOnlyList<string> whole, IReadOnlyList<string> part, Func<string, string, bool> holds) =>
        whole.Count == 0 || part.Count > 0 && AllWithin(part, whole, holds);

    /// <summary>Whether each item lies within one of the others.</summary>
    public static bool AllWithin(IReadOnlyList<string> items, IReadOnlyList<string> others, Func<string, string, bool> holds) =>
        items.All(item => others.Any(other => holds(other, item)));

    /// <summary>Whether a host or range lies within another.</summary>
    public static bool HostWithin(string whole, string part)
    {
        if (whole == part || whole == "*") return true;
        if (IPNetwork.TryParse(whole, out var network))
            return IPAddress.TryParse(part, out var address) ? network.Contains(address) : IPNetwork.TryParse(part, out var inner) && network.Contains(inner.BaseAddress) && inner.PrefixLength >= network.PrefixLength;
        return !Patterns.IsPattern(part) && Patterns.Of(TunableKind.Hosts, [whole])(part);
    }

    /// <summary>Whether a path lies below another.</summary>
    public static bool PathWithin(string whole, string part) =>
        whole == part || Patterns.Holds(whole, part) || whole.EndsWith('/') && !Patterns.IsPattern(whole) && part.StartsWith(whole, StringComparison.Ordinal);

    /// <summary>Whether two scopes of one rank are for the same: surely, perhaps, or not at all.</summary>
    public static Meeting Meet(PolicyScope a, PolicyScope b)
    {
        var apps = Apps(a.Apps, b.Apps);
        if (apps == Meeting.Never) return Meeting.Never;
        // A device may be in two groups, and an app may have two roles.
        var isSure = apps == Meeting.Surely && Shares(a.Roles, b.Roles) && Shares(a.Groups, b.Groups);
        return isSure ? Meeting.Surely : Meeting.Perhaps;
    }

    private static bool Shares(IReadOnlyList<string> a, IReadOnlyList<string> b) => a.Count == 0 && b.Count == 0 || a.Any(b.Contains);

    // A name against a pattern is decided by the name, and a longer pattern wins over a shorter.
    private static Meeting Apps(IReadOnlyList<string> a, IReadOnlyList<string> b)
    {
        if (a.Count == 0 && b.Count == 0) return Meeting.Surely;
        if (a.Any(b.Contains)) return Meeting.Surely;
        var meet = a.Any(one => b.Any(other =>
            Patterns.IsPattern(one) && Patterns.IsPattern(other) && Patterns.Literals(one) == Patterns.Literals(other) && Patterns.Meet(one, other)));
        return meet ? Meeting.Perhaps : Meeting.Never;
    }
}

/// <summary>Whether two entries are for the same.</summary>
internal enum Meeting
{
    Never,
    Perhaps,
    Surely,
}

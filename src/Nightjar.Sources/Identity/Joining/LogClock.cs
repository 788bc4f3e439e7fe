namespace Nightjar.Sources.Identity.Joining;

/// <summary>Whose clock stamps the records of a log source, by ATT&amp;CK's names of them.</summary>
internal static class LogClock
{
    /// <summary>True when both are stamped by one clock: <c>NSM:Flow</c> and <c>NSM:Content</c> come from one sensor, and all that a device tells from its own.</summary>
    public static bool IsSame(string log, string other) =>
        IsOfTheNetwork(log) == IsOfTheNetwork(other) && (!IsOfTheNetwork(log) || Family(log).SequenceEqual(Family(other)));

    /// <summary>True when the first of two is taken as it is: that of the device before that of the network.</summary>
    public static bool IsReference(string log, string other) =>
        IsOfTheNetwork(log) == IsOfTheNetwork(other) ? string.CompareOrdinal(log, other) < 0 : !IsOfTheNetwork(log);

    /// <summary>True for sensors of the network and for proxies; everything else is told by the device itself.</summary>
    public static bool IsOfTheNetwork(string log) => Family(log) is "NSM" or "VPN";

    private static ReadOnlySpan<char> Family(string log) => log.AsSpan(0, Math.Max(0, log.IndexOf(':', StringComparison.Ordinal)));
}

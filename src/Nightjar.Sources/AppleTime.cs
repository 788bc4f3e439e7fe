using Nightjar.Events;

namespace Nightjar.Sources;

/// <summary>Times as Apple's databases keep them.</summary>
internal static class AppleTime
{
    /// <summary>Seconds from 1970 to 2001, where Cocoa begins to count.</summary>
    public const double CocoaEpoch = 978_307_200;

    private const double LastSecond = 253_402_300_799;

    /// <summary>Seconds since 2001, after it; false when no clock can have shown that.</summary>
    public static bool TryCocoa(double seconds, out Instant time)
    {
        time = default;
        return seconds > 0 && TryUnix(seconds + CocoaEpoch, out time);
    }

    /// <summary>Seconds since 1970, after them; false when no clock can have shown that.</summary>
    public static bool TryUnix(double seconds, out Instant time)
    {
        time = default;
        if (!(seconds > 0 && seconds <= LastSecond)) return false;
        time = Instant.FromSeconds(seconds);
        return true;
    }
}

namespace Nightjar.Coverage;

/// <summary>How much the ledger keeps. What is beyond is counted and told.</summary>
/// <remarks>At the bounds it holds some 250 MiB; a fleet of 400 devices over a month takes 3.</remarks>
internal static class CoverageLimits
{
    /// <summary>Devices.</summary>
    public const int Devices = 1 << 17;

    /// <summary>Days of all devices together.</summary>
    public const int DeviceDays = 1 << 18;

    /// <summary>Apps of all devices together that are told apart.</summary>
    public const int Apps = 1 << 18;

    /// <summary>Log sources of one device, of which a set fits into 32 bits.</summary>
    public const int LogSources = 32;

    /// <summary>Gaps of one data component of one device.</summary>
    public const int Gaps = 64;
}

using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Sinks.Records;

/// <summary>Devices that coverage is told of together: those of a group, or of a platform.</summary>
/// <param name="Key">Name of the group or platform; empty for devices that are in no group.</param>
/// <param name="Devices">Its devices.</param>
public sealed record CoverageGroup(string Key, IReadOnlyList<DeviceAccount> Devices)
{
    /// <summary>Devices of which no telemetry was read.</summary>
    public int Silent => Devices.Count(device => device.KnownFrom is not null);

    /// <summary>Events of all.</summary>
    public long Events => Devices.Sum(device => device.Events);

    /// <summary>Uids of the analytics that are for one of them.</summary>
    public IReadOnlyList<string> Analytics =>
        [.. Devices.SelectMany(device => device.Checks).Select(check => check.Analytic).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>One per group by name; a device may be in several. Those without one come first.</summary>
    public static IReadOnlyList<CoverageGroup> ByGroup(RunSummary summary) =>
        By(summary, device => device.Device.Groups is { Count: > 0 } groups ? groups.Distinct(StringComparer.Ordinal) : [""]);

    /// <summary>One per platform by name.</summary>
    public static IReadOnlyList<CoverageGroup> ByPlatform(RunSummary summary) => By(summary, device => [device.Device.Platform.Name()]);

    /// <summary>How many of them an analytic could see on, and how well.</summary>
    public DeviceCounts Count(string analytic, DateOnly? day = null) => Count([analytic], day);

    /// <summary>How many of them could be seen on, and how well, over the run or on a day; each by the best of some analytics.</summary>
    public DeviceCounts Count(IReadOnlyCollection<string> analytics, DateOnly? day = null)
    {
        ArgumentNullException.ThrowIfNull(analytics);
        var counts = DeviceCounts.None;
        foreach (var device in Devices)
        {
            var isFor = device.Checks.Any(check => analytics.Contains(check.Analytic));
            if (isFor || device.Device.Platform == Platform.Unknown) counts = counts.With(isFor ? StateOf(device, analytics, day) : null);
        }
        return counts;
    }

    private static CheckState? StateOf(DeviceAccount device, IReadOnlyCollection<string> analytics, DateOnly? day)
    {
        if (device.KnownFrom is not null) return null;
        var checks = day is { } known ? device.Telemetry.On(known)?.Checks : device.Checks;
        return checks?.Where(check => analytics.Contains(check.Analytic)).Min(check => (CheckState?)check.State);
    }

    private static List<CoverageGroup> By(RunSummary summary, Func<DeviceAccount, IEnumerable<string>> keys)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return [.. summary.Devices.SelectMany(keys, (device, key) => (device, key))
            .GroupBy(pair => pair.key, pair => pair.device, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new CoverageGroup(group.Key, [.. group]))];
    }
}

/// <summary>Devices by how well an analytic could see on them.</summary>
public sealed record DeviceCounts(int Runnable, int Degraded, int Blind, int NotAssessed)
{
    public static DeviceCounts None { get; } = new(0, 0, 0, 0);

    public int All => Runnable + Degraded + Blind + NotAssessed;

    /// <summary>Devices on which a finding was possible.</summary>
    public int Assessed => Runnable + Degraded;

    /// <summary>Never more than the parts: runnable when it is on all, blind or not assessed when it is on all, else degraded.</summary>
    public CheckState? State
    {
        get
        {
            if (All > 0 && Runnable == All) return CheckState.Runnable;
            if (Assessed > 0) return CheckState.Degraded;
            return Blind > 0 ? CheckState.Blind : null;
        }
    }

    /// <summary>With one device more; null: it is not assessed.</summary>
    public DeviceCounts With(CheckState? state) => state switch
    {
        CheckState.Runnable => this with { Runnable = Runnable + 1 },
        CheckState.Degraded => this with { Degraded = Degraded + 1 },
        CheckState.Blind => this with { Blind = Blind + 1 },
        _ => this with { NotAssessed = NotAssessed + 1 },
    };
}

using Nightjar.Analytics;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Records;

namespace Nightjar.Auditing;

/// <summary>How far a strategy is covered on a platform. Never more than its parts: one day on one device that is not fully seen makes it less than full.</summary>
public enum Covered
{
    /// <summary>On no day of any device was there telemetry to judge by.</summary>
    NotAssessed,
    /// <summary>Telemetry came, and with it no finding was possible on any day.</summary>
    No,
    /// <summary>On some days of some devices a finding was possible.</summary>
    InPart,
    /// <summary>On every day of every device all could be seen.</summary>
    Fully,
}

/// <summary>Days of devices by how well the best analytic could see on them.</summary>
public sealed record AnswerDays(int Runnable, int Degraded, int Blind, int NotAssessed)
{
    public static AnswerDays None { get; } = new(0, 0, 0, 0);

    public Covered Covered
    {
        get
        {
            if (Runnable + Degraded == 0) return Blind > 0 ? Covered.No : Covered.NotAssessed;
            return Degraded + Blind + NotAssessed == 0 ? Covered.Fully : Covered.InPart;
        }
    }

    public AnswerDays Plus(AnswerDays other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(Runnable + other.Runnable, Degraded + other.Degraded, Blind + other.Blind, NotAssessed + other.NotAssessed);
    }
}

/// <summary>The answer for one device.</summary>
/// <param name="Account">The device.</param>
/// <param name="Days">Its days over the period.</param>
/// <param name="First">The first day on which a finding was possible; null when there is none.</param>
/// <param name="Last">The last such day.</param>
/// <param name="ReachableScore">The best score in reach on the worst of those days; 0 when there is none.</param>
public sealed record DeviceAnswer(DeviceAccount Account, AnswerDays Days, DateOnly? First, DateOnly? Last, int ReachableScore);

/// <summary>Something that one analytic lacked, and on how many devices.</summary>
/// <param name="Analytic">Uid of the analytic.</param>
/// <param name="What">Id of the stage, or name of the contribution.</param>
/// <param name="Title">What it is, in words.</param>
/// <param name="Why">What it lacked, in words.</param>
/// <param name="Devices">Devices on which it lacked it.</param>
public sealed record LostSight(string Analytic, string What, string Title, string Why, int Devices);

/// <summary>Are we covered for a strategy on a platform, since when, how do we know, and what can it not see? Computed from the telemetry of a run.</summary>
public sealed record StrategyAnswer
{
    /// <summary>Detection strategy; the analytic's own id where it has none.</summary>
    public required string Strategy { get; init; }

    public required string? Name { get; init; }

    public required Platform Platform { get; init; }

    /// <summary>Its analytics for the platform that were loaded, by uid.</summary>
    public required IReadOnlyList<Analytic> Analytics { get; init; }

    /// <summary>The devices of the platform, by uid.</summary>
    public required IReadOnlyList<DeviceAnswer> Devices { get; init; }

    /// <summary>Devices of unknown platform: they may be of this one, and were assessed by nothing.</summary>
    public required int Unknown { get; init; }

    /// <summary>Events of the devices by the data components that the analytics ask for; 0 where none came.</summary>
    public required IReadOnlyList<(DataComponents Component, long Events, int Devices)> Telemetry { get; init; }

    /// <summary>How complete the fields that decide were, over the devices.</summary>
    public required IReadOnlyList<FieldCompleteness> Fields { get; init; }

    /// <summary>The log sources that gave that telemetry, by name; an empty name stands for records that state none.</summary>
    public required IReadOnlyList<string> LogSources { get; init; }

    /// <summary>Stages that could not be seen, and contributions that nothing could have earned.</summary>
    public required IReadOnlyList<LostSight> Lost { get; init; }

    /// <summary>What was missing, and who could supply it.</summary>
    public required IReadOnlyList<MissingTelemetry> Missing { get; init; }

    /// <summary>Findings that were reported.</summary>
    public required int Findings { get; init; }

    /// <summary>Findings that exceptions hid.</summary>
    public required int Hidden { get; init; }

    public AnswerDays Days => field ??= Devices.Aggregate(AnswerDays.None, (sum, device) => sum.Plus(device.Days));

    /// <summary>A device that may be of the platform and was not assessed keeps the answer from being full.</summary>
    public Covered Covered => Days.Covered == Covered.Fully && Unknown > 0 ? Covered.InPart : Days.Covered;

    /// <summary>The first day on which a finding was possible on any device; null when there is none.</summary>
    public DateOnly? Since => Devices.Min(device => device.First);

    /// <summary>The first day by which a finding had been possible on every device; null when one never was.</summary>
    public DateOnly? SinceOnAll => Devices.Count == 0 || Unknown > 0 || Devices.Any(device => device.First is null) ? null : Devices.Max(device => device.First);

    /// <summary>The last day on which a finding was possible on any device.</summary>
    public DateOnly? Until => Devices.Max(device => device.Last);

    /// <summary>One per strategy and platform of the loaded analytics, in order of both.</summary>
    public static IReadOnlyList<StrategyAnswer> Of(EvidencePack pack)
    {
        ArgumentNullException.ThrowIfNull(pack);
        var strategies = pack.Analytics.GroupBy(analytic => analytic.Attack.Strategy ?? analytic.Uid, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal);
        return [.. strategies.SelectMany(strategy => strategy.SelectMany(analytic => analytic.Platforms).Distinct().Order(),
            (strategy, platform) => Of(pack, strategy.Key, platform, [.. strategy.Where(analytic => analytic.Platforms.Contains(platform)).OrderBy(analytic => analytic.Uid, StringComparer.Ordinal)]))];
    }

    private static StrategyAnswer Of(EvidencePack pack, string strategy, Platform platform, IReadOnlyList<Analytic> analytics)
    {
        var summary = pack.Result.Summary;
        var uids = analytics.Select(analytic => analytic.Uid).ToHashSet(StringComparer.Ordinal);
        DeviceAccount[] devices = [.. summary.Devices.Where(device => device.Device.Platform == platform)
            .Select(device => device with { Checks = [.. device.Checks.Where(check => uids.Contains(check.Analytic))] })];
        var asked = analytics.SelectMany(analytic => analytic.StageInfos).Aggregate(DataComponents.None, (sum, stage) => sum | stage.Components);
        var here = devices.Select(device => device.Device.Uid).ToHashSet(StringComparer.Ordinal);
        return new StrategyAnswer
        {
            Strategy = strategy,
            Name = analytics.Select(analytic => analytic.StrategyName).FirstOrDefault(name => name is not null),
            Platform = platform,
            Analytics = analytics,
            Devices = [.. devices.Select(device => Of(summary, device, uids))],
            Unknown = summary.Devices.Count(device => device.Device.Platform == Platform.Unknown),
            Telemetry = [.. asked.Bits().ToArray().Select(bit => TelemetryOf(devices, (DataComponents)(1 << bit)))],
            Fields = FieldsOf(devices),
            LogSources = [.. devices.SelectMany(device => device.Telemetry.LogSources).Where(source => (source.Components & asked) != 0).Select(source => source.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Lost = LostIn(analytics, devices),
            Missing = MissingTelemetry.Of(summary with { Devices = devices }),
            Findings = pack.Result.Findings.Count(IsOfThis),
            Hidden = pack.Hidden.Count(IsOfThis),
        };

        bool IsOfThis(Finding finding) => uids.Contains(finding.Analytic.Uid) && here.Contains(finding.Device.Uid);
    }

    private static DeviceAnswer Of(RunSummary summary, DeviceAccount device, HashSet<string> uids)
    {
        var counts = new int[3];
        var (first, last, least) = ((DateOnly?)null, (DateOnly?)null, int.MaxValue);
        foreach (var day in device.Telemetry.Days)
        {
            DeviceCheck[] checks = [.. day.Checks.Where(check => uids.Contains(check.Analytic))];
            var state = checks.Length == 0 ? CheckState.Blind : checks.Min(check => check.State);
            counts[(int)state]++;
            if (state == CheckState.Blind) continue;
            (first, last) = (first ?? day.Day, day.Day);
            least = Math.Min(least, checks.Max(check => check.ReachableScore));
        }
        return new DeviceAnswer(device, new AnswerDays(counts[0], counts[1], counts[2], DaySpans.Silent(summary, device)), first, last, first is null ? 0 : least);
    }

    private static (DataComponents, long, int) TelemetryOf(DeviceAccount[] devices, DataComponents component)
    {
        var arrived = devices.SelectMany(device => device.Telemetry.Components).Where(item => item.Component == component).ToList();
        return (component, arrived.Sum(item => item.Events), arrived.Count);
    }

    private static List<FieldCompleteness> FieldsOf(DeviceAccount[] devices) =>
        [.. devices.SelectMany(device => device.Telemetry.Fields).GroupBy(item => item.Field).OrderBy(group => group.Key)
            .Select(group => new FieldCompleteness(group.Key, group.Sum(item => item.Events), group.Sum(item => item.Complete)))];

    private static List<LostSight> LostIn(IReadOnlyList<Analytic> analytics, DeviceAccount[] devices)
    {
        var lost = new List<LostSight>();
        foreach (var analytic in analytics)
        {
            var days = devices.Select(device => device.Telemetry.Days.SelectMany(day => day.Checks).Where(check => check.Analytic == analytic.Uid).ToList()).Where(checks => checks.Count > 0).ToList();
            foreach (var stage in analytic.StageInfos)
            {
                Add(stage.Id, stage.Title, $"it needs {stage.Components.Describe()}", check => check.BlindStages.Contains(stage.Id));
                foreach (var lack in Enum.GetValues<TelemetryLack>())
                    Add(stage.Id, stage.Title, Sinks.SinkWords.Say(lack), check => check.Obstacles.Contains(new StageObstacle(stage.Id, lack)));
            }
            foreach (var addition in analytic.AdditionInfos)
                Add(addition.Name, addition.Reason, "nothing could have earned it", check => check.BlindContributions.Contains(addition.Name));

            void Add(string what, string title, string why, Func<DeviceCheck, bool> isLost)
            {
                var count = days.Count(checks => checks.Any(isLost));
                if (count > 0) lost.Add(new LostSight(analytic.Uid, what, title, why, count));
            }
        }
        return lost;
    }
}

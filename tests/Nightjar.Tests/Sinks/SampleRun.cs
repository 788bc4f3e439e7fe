using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks;

namespace Nightjar.Tests.Sinks;

/// <summary>A run over the invented fleet, with silence of every kind to explain.</summary>
internal static class SampleRun
{
    private const DataComponents Network = DataComponents.NetworkTrafficContent | DataComponents.NetworkTrafficFlow | DataComponents.NetworkConnectionCreation;
    private const DataComponents Files = DataComponents.FileCreation | DataComponents.FileModification;
    private const DataComponents Code = DataComponents.ModuleLoad | DataComponents.OsApiExecution;

    public static RunResult Result() => new(Summary(), SampleFindings.All());

    /// <summary>The same run under a policy and over ten days, on some of which a device was blind or told nothing.</summary>
    public static RunResult Governed()
    {
        var first = new DateOnly(2026, 3, 5);
        return Result() with
        {
            Summary = Summary() with
            {
                Period = (first, first.AddDays(9)),
                Devices = [.. Summary().Devices.Select((device, i) => device with { Telemetry = new DeviceTelemetry { Days = [.. Days(device, first, i + 3)] } })],
                Policy = new("field-fleet", "policy.yml", new string('b', 64), 3,
                [
                    new("torch-messages", "Support chat of the trial.", "governance@example.org", FindingBuilder.Noon - TimeSpan.FromDays(13)) { MissedAfterExpiry = 1, LastMissed = FindingBuilder.Noon },
                    new("torch-trial", "The trial brings its skins from its maker.", "governance@example.org", FindingBuilder.Noon + TimeSpan.FromDays(30)) { Hidden = 3, HiddenAlone = 2, LastHidden = FindingBuilder.Noon },
                ]),
            },
        };
    }

    private static IEnumerable<TelemetryDay> Days(DeviceAccount device, DateOnly first, int rhythm) =>
        from day in Enumerable.Range(0, 10)
        where day % rhythm != 2
        let checks = device.Checks.Select(check => day % rhythm == 1 ? check with { State = CheckState.Blind } : check)
        select new TelemetryDay(first.AddDays(day), 100, FindingBuilder.Noon, FindingBuilder.Noon, device.Components, [.. checks]);

    /// <summary>A run in which nothing was found and everything could be seen.</summary>
    public static RunResult Quiet() => new(Summary() with
    {
        Devices = [new(SampleFindings.Pixel, 400, 3, Network | Files | Code, [new("AN1677", CheckState.Runnable, [], DataComponents.None, 100)])],
        Files = [File("pixel.ndjson")],
        Unattributed = 0,
        Duplicates = 0,
        PartialsGivenUp = 0,
    }, []);

    /// <summary>A run in which nothing could be read.</summary>
    public static RunResult Empty() => new(new RunSummary
    {
        Files = [], Devices = [], Events = 0, Duplicates = 0, Unattributed = 0, PartialsGivenUp = 0, Span = null, Analytics = [],
    }, []);

    public static RunSummary Summary() => new()
    {
        Files =
        [
            File("logs/d-7f3a1c.ndjson") with { State = FileState.ReadInPart, Reason = "the last line is cut off", Anomalies = [new(AnomalyKind.Truncated, 1, 9_114, "the line ends inside a text"), new(AnomalyKind.UnknownField, 212, 3, "attribute vendor_score is not known")] },
            File("logs/d-19b2e0.ndjson"),
            File("logs/zeek/conn.log.gz!/conn.log") with { Reader = "zeek-tsv", Events = 88_120, Bytes = 19_400_200 },
            File("logs/adb/logcat.txt") with { Reader = "logcat", TimeBasis = TimeBasis.Assumed },
            new("logs/export.pcapng", FileState.Unrecognised, null, 90_000_000, 0, [], null, null, "no reader recognises the file"),
            new("logs/vault.zip", FileState.Unreadable, null, 0, 0, [new(AnomalyKind.Corrupt, 1, 0, "the central directory is damaged")], null, null, "the archive is damaged"),
        ],
        Devices =
        [
            new(SampleFindings.Galaxy, 61_022, 44, Network, [Blind("AN1677", "write", "load"), Check("AN1762", CheckState.Degraded, DataComponents.OsApiExecution, 55, "key"), Check("AN1770", CheckState.Degraded, DataComponents.OsApiExecution, 85, "packages")]),
            new(SampleFindings.Pixel, 30_418, 61, Network | Files | Code, [Check("AN1677", CheckState.Runnable, DataComponents.None, 100), Check("AN1762", CheckState.Runnable, DataComponents.None, 100), Check("AN1770", CheckState.Runnable, DataComponents.None, 100)]),
            new(SampleFindings.Phone, 5_530, 12, Network, [Check("AN1849", CheckState.Degraded, Files, 60, "artifact")]),
            new(new("d-d11111", Platform.IOS), 210, 2, DataComponents.ApplicationPermission, [Check("AN1849", CheckState.Blind, Network | Files, 0, "retrieval", "artifact")]),
            new(new("kiosk-3", Platform.Unknown), 17, 1, Network, []),
        ],
        Events = 97_197,
        Duplicates = 1_204,
        Unattributed = 388,
        PartialsGivenUp = 0,
        Span = (FindingBuilder.Noon + TimeSpan.FromHours(-6), FindingBuilder.Noon + TimeSpan.FromHours(13.25)),
        Analytics = [SampleFindings.CodeLoad, SampleFindings.Crypto, SampleFindings.Relay, SampleFindings.IngressIos],
    };

    private static FileAccount File(string path) => new(
        path, FileState.Read, "ocsf-ndjson", 4_120_331, 9_113, [],
        (FindingBuilder.Noon + TimeSpan.FromHours(-6), FindingBuilder.Noon + TimeSpan.FromHours(13.25)), TimeBasis.Stated, null);

    private static DeviceCheck Blind(string analytic, params string[] stages) => Check(analytic, CheckState.Blind, Files | Code, 0, stages);

    private static DeviceCheck Check(string analytic, CheckState state, DataComponents missing, int reachable, params string[] stages) =>
        new(analytic, state, stages, missing, reachable);
}

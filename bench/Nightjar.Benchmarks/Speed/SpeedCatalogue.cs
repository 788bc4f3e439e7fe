using Nightjar.Benchmarks.Speed.Works;
using Nightjar.Benchmarks.Whole;

namespace Nightjar.Benchmarks.Speed;

/// <summary>Everything that is measured: a work is a file and a line here, a target a line.</summary>
internal static class SpeedCatalogue
{
    /// <summary>How an answer begins that is known to be wrong.</summary>
    public const string Wrong = "WRONG";

    private const string Simdjson = "simdjson loop (C++)";
    private const string Utf8Json = "Utf8JsonReader loop";
    private const string OneAnalytic = "scan, one analytic";
    private const string Scan = "scan";
    private const string ScanElapsed = "scan, one thread, elapsed";
    private const string Scan2 = "scan, two, elapsed";
    private const string Reader = "reader alone";
    private const string Intake = "reading";
    private const string Jittered = "reading, 5 s of disorder";
    private const string Start = "start with 100 analytics";

    private static readonly string[] Formats = [FormatText.Zeek, FormatText.Logcat, FormatText.PrivacyReport, FormatText.Strace];

    public static IReadOnlyList<ISpeedWork> Works { get; } =
    [
        new YardstickWork(new SimdjsonLoop(Repository.Root)),
        new YardstickWork(new Utf8JsonLoop()),
        new SessionWork(Reader, "ocsf-ndjson", input => input.InOrder),
        new ReadingWork(Intake, input => input.InOrder),
        new ReadingWork(Jittered, input => input.Disordered),
        new ScanWork(Scan, analytics: null, threads: 1),
        new ScanWork(OneAnalytic, analytics: "AN1677", threads: 1),
        new ScanWork(ScanElapsed, analytics: null, threads: 1) { IsElapsed = true },
        new ScanWork(Scan2, analytics: null, threads: 2) { IsElapsed = true },
        new StartWork(Start, analytics: 100),
        .. Formats.Select(format => new SessionWork($"read {format}", format, input => input.Of(format))),
        .. Formats.Select(format => new CountLinesWork($"wc -l of {format}", input => input.Of(format))),
    ];

    public static IReadOnlyList<SpeedTarget> Targets { get; } =
    [
        new(1, "NDJSON to findings, all analytics, to simdjson", "0.35", [Scan, Simdjson], m => Ratio(m, Scan, Simdjson), value => value >= 0.35) { Unit = "x" },
        new(1, "  of that the reader alone", "", [Reader, Simdjson], m => Ratio(m, Reader, Simdjson), _ => true) { Unit = "x" },
        new(1, "  of that reading: reader, order, clocks, joins", "", [Intake, Simdjson], m => Ratio(m, Intake, Simdjson), _ => true) { Unit = "x" },
        new(2, "NDJSON to findings, all analytics, to Utf8JsonReader", "2", [Scan, Utf8Json], m => Ratio(m, Scan, Utf8Json), value => value >= 2) { Unit = "x" },
        new(2, "  of that the reader alone", "", [Reader, Utf8Json], m => Ratio(m, Reader, Utf8Json), _ => true) { Unit = "x" },
        new(5, "all analytics, NDJSON, to one", "0.8", [Scan, OneAnalytic], m => Ratio(m, Scan, OneAnalytic), value => value >= 0.8) { Unit = "x" },
        new(6, "cost of putting 5 s of disorder in order", "25 % or less", [Intake, Jittered], m => 100 * (m.Seconds(Jittered) / m.Seconds(Intake) - 1), value => value <= 25) { Unit = "%", SameAnswer = true },
        new(7, "start, 100 analytics, first event in", "0.5 s", [Start], m => m.Seconds(Start), value => value < 0.5) { Unit = "s" },
        new(10, "two threads, NDJSON to findings, to one", "1.8", [ScanElapsed, Scan2], m => Ratio(m, Scan2, ScanElapsed), value => value >= 1.8) { Unit = "x", SameAnswer = true },
        .. Formats.Select(format => new SpeedTarget(
            11, $"{format}, MB/s", "200", [$"read {format}", $"wc -l of {format}"], m => m.BytesPerSecond($"read {format}") / 1e6, value => value >= 200) { Unit = "MB/s" }),
    ];

    private static double Ratio(SpeedMedians medians, string work, string yardstick) => medians.BytesPerSecond(work) / medians.BytesPerSecond(yardstick);
}

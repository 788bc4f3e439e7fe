using System.Text;
using Nightjar.Analytics;
using Nightjar.Analytics.Tuning;
using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Knowledge;
using Nightjar.Sources;
using Xunit;

namespace Nightjar.Conformance.Sigma;

/// <summary>Runs rules as a scan does: the loader, the reader of OCSF NDJSON, the engine.</summary>
internal static class SigmaBench
{
    private const long Start = 1_772_445_600_000;

    /// <summary>An event of the invented fleet, as a line of OCSF.</summary>
    /// <param name="seconds">From the start.</param>
    /// <param name="attributes">Further members of the object.</param>
    /// <param name="eventClass">Its class.</param>
    /// <param name="activity">Its activity.</param>
    /// <param name="app">Null: the record names none.</param>
    /// <param name="device">Its device.</param>
    public static string Line(double seconds, string attributes, int eventClass = 4002, int activity = 3, string? app = "com.example.torch", string device = "phone-1")
    {
        var actor = app is null ? "" : $",\"actor\":{{\"app_uid\":\"{app}\"}}";
        var more = attributes.Length == 0 ? "" : "," + attributes;
        return FormattableString.Invariant(
            $"{{\"time\":{Start + (long)(seconds * 1000)},\"class_uid\":{eventClass},\"activity_id\":{activity},\"device\":{{\"uid\":\"{device}\",\"os\":{{\"type_id\":201}}}}{actor}{more}}}");
    }

    public static AnalyticSet Load(string rules, SymbolTable symbols, ITuning? tuning = null) => Load([new AnalyticSource("rules.yml", rules)], symbols, tuning);

    public static AnalyticSet Load(IEnumerable<AnalyticSource> sources, SymbolTable symbols, ITuning? tuning = null) =>
        AnalyticLoader.Load(sources, symbols, ReferenceData.Shipped, tuning ?? DefaultTuning.Instance);

    /// <summary>The findings of rules without an error.</summary>
    public static IReadOnlyList<Finding> Run(string rules, IEnumerable<string> lines, ITuning? tuning = null) => Run([new AnalyticSource("rules.yml", rules)], lines, tuning);

    public static IReadOnlyList<Finding> Run(IEnumerable<AnalyticSource> sources, IEnumerable<string> lines, ITuning? tuning = null)
    {
        var symbols = new SymbolTable();
        var set = Load(sources, symbols, tuning);
        Assert.Empty(set.Diagnostics.Where(item => item.Severity == DiagnosticSeverity.Error).Select(item => item.ToString()));
        var engine = new DetectionEngine(new EngineOptions(), set.Analytics, symbols, (_, position) => $"events.ndjson:{position}");
        foreach (var batch in Read(lines, symbols)) engine.Process(batch);
        engine.Complete();
        return engine.TakeFindings();
    }

    private static IEnumerable<EventBatch> Read(IEnumerable<string> lines, SymbolTable symbols)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
        var reader = SourceCatalog.Recognise(new SourceHead(bytes.AsMemory(0, Math.Min(bytes.Length, SourceHead.Size)), bytes.Length <= SourceHead.Size, "events.ndjson"));
        Assert.NotNull(reader);
        var file = new SourceFile(1, "events.ndjson", reader.Format.Id, reader.Format.PositionKind);
        using var session = reader.Open(new SourceInput { Stream = new MemoryStream(bytes), File = file, FileTime = Instant.FromMillis(Start) });
        var batch = new EventBatch(symbols);
        for (var more = true; more;)
        {
            batch.Clear();
            more = session.Read(batch, TestContext.Current.CancellationToken);
            Assert.Empty(batch.Anomalies.Select(anomaly => anomaly.ToString()));
            yield return batch;
        }
    }
}

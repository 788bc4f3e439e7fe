using Nightjar.Analytics;
using Nightjar.Analytics.Tuning;
using Nightjar.Calibration;
using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Tests.Engine;

namespace Nightjar.Tests.Calibration;

/// <summary>Studies a small analytic over a few events.</summary>
internal sealed class StudyBench
{
    public const string Analytic = """
        title: Small
        status: test
        level: high
        logsource: {product: android}
        analytic:
          uid: T1
          version: 1.0.0
          within: Window
          tunables:
            Window: {type: duration, default: 60s, min: 1s, max: 1h, description: How long.}
            Least: {type: bytes, default: 1000, min: 1, max: 1MiB, description: How much.}
            Many: {type: count, default: 2, min: 1, max: 9, description: How often.}
            Even: {type: ratio, default: 0.1, description: How even.}
            Idle: {type: duration, default: 5m, min: 10s, max: 1h, description: How long unused.}
            Opaque: {type: number, default: 7, min: 0, max: 8, description: How dense.}
            Strict: {type: boolean, default: "false", description: Whether locked devices only.}
            Quiet: {type: duration, default: 1h, description: How long one finding goes on.}
          suppress: Quiet
          stages:
            - id: flow
              title: the app downloads
              detection: {s: {class_uid: 4001}, condition: s}
              where: traffic.bytes_in >= Least and dst_endpoint.hostname != 'good.example'
            - id: write
              title: the app writes
              detection: {s: {class_uid: 1001, activity_id: 1}, condition: s}
              where: code_like(Opaque)
            - id: load
              title: the app loads
              optional: true
              score: 10
              detection: {s: {class_uid: 1005, activity_id: 1}, condition: s}
          allow:
            - {name: not_locked, reason: Strict., stages: [flow], where: Strict and maybe(not is_device_locked)}
          score:
            base: 40
            low: 30
            medium: 50
            high: 60
            add:
              - {name: many, points: 15, reason: often, stage: flow, at_least: Many}
              - {name: even, points: 5, reason: even, stage: flow, variation: {of: traffic.bytes_in, at_most: Even}}
              - {name: idle, points: 5, reason: nobody was there, at: flow, when: idle(Idle)}
          finding: {title: "{app}", description: "{state}"}
        """;

    private readonly AnalyticSource _source;

    public StudyBench(string text = Analytic) => _source = new AnalyticSource("android/small/analytic.yml", text);

    public SymbolTable Symbols { get; } = new();

    public EventLine Line() => new(Symbols);

    /// <summary>The analytic with values laid over its defaults: <c>Least=2000</c>.</summary>
    public AnalyticSet Load(params string[] settings) => AnalyticLoader.Load([_source], Symbols, ReferenceData.Shipped, new Settings(settings));

    public IReadOnlyList<TunableStudy> Study(StudyOptions options, AnalyticSet? inForce, params EventBatch[] batches)
    {
        var study = new ThresholdStudy((inForce ?? Load()).Analytics, Compile, Symbols, options);
        while (study.Next())
        {
            foreach (var batch in batches) study.Process(batch);
            study.Complete();
        }
        return study.Results();
    }

    /// <summary>What the engine finds with one value, by a run of its own.</summary>
    public string Counted(EventBatch batch, params string[] settings)
    {
        var engine = new DetectionEngine(new EngineOptions(), Load(settings).Analytics, Symbols, (_, _) => "");
        engine.Process(batch);
        engine.Complete();
        var findings = engine.TakeFindings();
        return $"{findings.Count} {findings.Select(item => item.Device.Uid).Distinct().Count()} {findings.Select(item => item.App).Distinct().Count()} {string.Join('/', Enumerable.Range(1, 3).Select(level => findings.Count(item => (int)item.Confidence == level)))}";
    }

    public static string Told(ValueCount value) =>
        value.Count is { } count ? $"{count.Findings} {count.Devices} {count.Apps} {count.Low}/{count.Medium}/{count.High}" : value.Refusal;

    private AnalyticSet Compile(ITuning tuning) => AnalyticLoader.Load([_source], Symbols, ReferenceData.Shipped, tuning);

    private sealed class Settings(string[] settings) : ITuning
    {
        public TunableSetting? Find(string analytic, string name) =>
            settings.FirstOrDefault(item => item.StartsWith(name + "=", StringComparison.Ordinal)) is { } set ? new TunableSetting([set[(name.Length + 1)..]], "test") : null;
    }
}

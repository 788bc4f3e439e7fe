using System.Text;
using Nightjar.Analytics;
using Nightjar.Analytics.Tuning;
using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Policies;
using Nightjar.Policies.Reading;
using Nightjar.Preview;
using Nightjar.Scenarios;
using Nightjar.Tests.Engine;
using Xunit;

namespace Nightjar.Tests.Preview;

/// <summary>Three small analytics, the scenarios of two of them, and events to judge by policies.</summary>
internal sealed class PreviewBench
{
    public const string A = "com.example.a";
    public const string B = "com.example.b";

    public static readonly SuggestionDates Dates = new(DateText.Parse("2026-01-01")!.Value, DateText.Parse("2027-01-01")!.Value);

    public static readonly IReadOnlyList<AnalyticSource> Sources =
    [
        Source("P1", "{class_uid: 4001}", "traffic.bytes_in >= Least"), Source("P2", "{class_uid: 1001}", "file.size >= Least"), Source("P3", "{class_uid: 1007}", "1 >= 0"),
    ];

    public static readonly IReadOnlyList<ScenarioSource> Scenarios =
    [
        Scenario("P1", "fires-elsewhere", "+0 flow dst_endpoint.hostname=drop.example traffic.bytes_in=50KiB"),
        Scenario("P1", "fires-same-host", "+0 flow dst_endpoint.hostname=x.example traffic.bytes_in=50KiB"),
        Scenario("P1", "quiet-little", "+0 flow dst_endpoint.hostname=x.example traffic.bytes_in=5"),
        Scenario("P2", "fires-own-folder", "+0 file_create file.path=/data/data/com.evil/files/part-1 file.size=50KiB"),
        Scenario("P3", "fires-any", "+0 process process.name=sh"),
    ];

    private readonly List<Action<EventLine>> _events = [];

    public PreviewBench Flow(double at, string app, string host, long bytes = 20_000, string device = "phone-1", params (FieldId, object)[] more) =>
        Add(line => line.Add(device, at, EventClass.NetworkActivity, 6, app, "NSM:Flow", [(FieldId.BytesIn, bytes), (FieldId.DstHostname, host), .. more]));

    public PreviewBench Write(double at, string app, string path, string device = "phone-1") =>
        Add(line => line.Add(device, at, EventClass.FileActivity, 1, app, "EDR:file", (FieldId.FilePath, path), (FieldId.FileSize, 20_000L)));

    public PreviewBench Start(double at, string app, string device = "phone-1") => Add(line => line.Add(device, at, EventClass.ProcessActivity, 1, app, "EDR:process"));

    public PreviewBench Signed(string app, string signer, string device = "phone-1") =>
        Add(line => line.Add(device, -60, EventClass.ApplicationLifecycle, 1, app, "android:MDMLog", (FieldId.AppSigner, signer)));

    /// <summary>What a policy, without its first line, makes of the events; null for none.</summary>
    public JudgedRun Judge(string? policy = null, int threads = 1)
    {
        var symbols = new SymbolTable();
        var line = new EventLine(symbols);
        foreach (var add in _events) add(line);
        var (analytics, inForce) = Load(policy, symbols);
        var trial = new PolicyTrial(new EngineOptions(), threads, analytics, symbols, (file, position) => $"{file}:{position}", inForce);
        trial.Process(line.Batch());
        return trial.Complete();
    }

    public PolicyComparison Compare(string? before, string? after, int threads = 1) =>
        PolicyComparison.Between(Judge(before, threads), Judge(after, threads), AnalyticLoader.Load(Sources, new SymbolTable(), ReferenceData.Shipped, DefaultTuning.Instance).Analytics, ReferenceData.Shipped);

    public static SuggestionReport Suggest(JudgedRun run, Func<Findings.Finding, bool> isChosen) =>
        new SuggestionStudy(run, Dates, ReferenceData.Shipped).Suggest([.. run.Reported.Where(isChosen)], Scenarios, Sources);

    /// <summary>A policy that holds suggestions as somebody would finish them.</summary>
    public static string Finished(SuggestionReport report) => "exceptions:\n" + string.Concat(report.Suggestions.Select(item => item.Yaml))
        .Replace("# reason: why this is expected", "reason: known", StringComparison.Ordinal).Replace("# owner: who answers for it", "owner: us", StringComparison.Ordinal);

    public static string Exception(string id, string rest, string expires = "2027-01-01") => $"- {{id: {id}, {rest}, reason: known, owner: us, created: 2026-01-01, expires: '{expires}'}}\n";

    private static (IReadOnlyList<Analytic>, PolicyInForce?) Load(string? policy, SymbolTable symbols)
    {
        if (policy is null) return (AnalyticLoader.Load(Sources, symbols, ReferenceData.Shipped, DefaultTuning.Instance).Analytics, null);
        var reading = PolicyReader.Read(new PolicySource("policy.yml", Encoding.UTF8.GetBytes("policy: test\n" + policy)), ReferenceData.Shipped);
        Assert.True(reading.Policy is not null, string.Join('\n', reading.Diagnostics));
        var load = PolicyLoader.Load(reading.Policy, Sources, symbols, ReferenceData.Shipped);
        Assert.True(load.InForce is not null, string.Join('\n', load.Diagnostics.Concat(load.Analytics.Diagnostics)));
        return (load.Analytics.Analytics, load.InForce);
    }

    private PreviewBench Add(Action<EventLine> add)
    {
        _events.Add(add);
        return this;
    }

    private static AnalyticSource Source(string uid, string selection, string where) => new($"{uid}/analytic.yml",
        $$"""
        title: Much of {{uid}}
        status: test
        level: high
        logsource: {product: android}
        analytic:
          uid: {{uid}}
          version: 1.0.0
          key: [device, app]
          within: 10s
          suppress: 1m
          tunables:
            Least: {type: bytes, default: 10KiB, description: How much.}
          stages:
            - id: it
              detection: {s: {{selection}}, condition: s}
              where: ["{{where}}", maybe(not permitted(destination)), "Least >= 0"]
          score:
            base: 60
            add:
              - {name: browser, points: 7, reason: it is a browser, when: "roles(app) in [browser]"}
          finding: {title: "{app}", description: "{state}"}
        """);

    private static ScenarioSource Scenario(string uid, string name, string events) =>
        new($"{uid}/scenarios/{name}.yml", $"title: {name}\ndefaults: {{app: com.evil}}\nevents: |\n  {events}\n");
}

using Nightjar.Events;

namespace Nightjar.Tests.Inquiry;

/// <summary>Draws cases from a seed: analytics that hold every construct of the language, and streams in which they nearly or really match.</summary>
internal sealed class Drawing(int seed)
{
    private static readonly string[] Kinds =
    [
        "class_uid: 4001", "class_uid: 1001, activity_id: 1", "class_uid: 1005, activity_id: 1", "class_uid: 1001, activity_id: [2, 4]",
        "class_uid: 1001", "class_uid: 99901001", "class_uid: [5020, 6002]",
    ];

    private static readonly string[] Fields = ["dst_endpoint.hostname", "file.path", "module.file.path", "file.path", "file.path", "sensor", "app.signer"];

    private static readonly string[] Spans = ["1s", "4s", "20s", "60s"];

    private const int OfApps = 6;

    private readonly Random _random = new(seed);

    // What is about installed apps has a chance of its own, or all other cases would be others.
    private readonly Random _apps = new(~seed);

    public CaseModel Case()
    {
        var analytic = Analytic();
        return new CaseModel(analytic, Stream(analytic));
    }

    private bool Chance(int percent) => _random.Next(100) < percent;

    private T Of<T>(params T[] items) => items[_random.Next(items.Length)];

    private bool AppChance(int percent) => _apps.Next(100) < percent;

    private T AppOf<T>(params T[] items) => items[_apps.Next(items.Length)];

    private int Kind()
    {
        var kind = _random.Next(OfApps);
        return AppChance(8) ? OfApps : kind;
    }

    private AnalyticModel Analytic()
    {
        var count = 1 + _random.Next(5);
        var kinds = Enumerable.Range(0, count).Select(_ => Kind()).ToArray();
        var stages = Enumerable.Range(0, count).Select(index => Stage(index, kinds)).ToArray();
        if (stages.All(stage => stage.Optional is not null || stage.Absent is not null)) stages[0] = stages[0] with { Optional = null, Absent = null };
        var isPlain = Chance(25);
        if (isPlain) stages = [.. stages.Select(stage => stage with { App = "same" })];
        var perApp = Chance(80);
        string[] plain = [.. stages.Where(stage => stage.Optional is null && stage.Absent is null).Select(stage => stage.Id)];
        return new AnalyticModel
        {
            PerApp = perApp, CountsUnnamed = isPlain && perApp && Chance(50), IsTumbling = isPlain && Chance(50), Group = Chance(12) ? Of("metadata.log_name", "device.uid") : null,
            Within = Of(Spans), Suppress = Of("1ms", "10s", "1m", "1h"), Partials = isPlain || Chance(85) ? 64 : 1 + _random.Next(4), Low = Chance(80) ? 20 : 45,
            Stages = stages, OrderedByDefault = Chance(60), Select = Chance(75) ? "first" : Of("each", "all"),
            Chains = Chance(45) ? [] : [.. Enumerable.Range(0, 1 + _random.Next(2)).Select(index => Chain(index, plain, kinds))],
            Allow = Chance(75) ? [] : [Allow(kinds, plain)],
            Additions = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => Measure(Of(Ids(count)), kinds, isOptional: false))],
            Conditions = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => (Of("unattended(30s)", "attended(5m)", "is_device_locked", "not unattended(30s)", "in_background()"), Chance(40) ? Of(plain) : null)), .. DriftConditions(plain)],
        };
    }

    private IEnumerable<(string, string?)> DriftConditions(string[] plain)
    {
        if (!AppChance(30)) yield break;
        yield return (AppOf("drifted_within(20s)", "drifted_within(1s, 'signer')", "drifted_within(1h, 'version', 'reinstalled')", "not drifted_within(10s, 'permission')"), AppChance(40) ? AppOf(plain) : null);
    }

    private static string[] Ids(int count) => [.. Enumerable.Range(0, count).Select(index => $"s{index}")];

    private StageModel Stage(int index, int[] kinds)
    {
        var others = Enumerable.Range(0, kinds.Length).Where(other => other != index).ToArray();
        var stage = new StageModel($"s{index}", Kinds[kinds[index]])
        {
            Where = kinds[index] == 0 && Chance(30) ? [Of("traffic.bytes_in >= Least", "maybe(traffic.bytes_in >= Least)")]
                : kinds[index] == OfApps && AppChance(60) ? [AppOf("drifts()", "drifts('signer')", "drifts('version', 'permission')", "not drifts('reinstalled')")] : [],
            App = Chance(70) ? "same" : Of("same_or_unnamed", "same_or_unnamed", "other"),
            Join = others.Length > 0 && Chance(50) ? Join(index, Of(others), kinds) : null,
        };
        if (kinds.Length < 2 || Chance(70)) return stage;
        if (Chance(40)) return stage with { Absent = (Chance(40) ? $"s{Of(others)}" : null, Chance(40) ? $"s{Of(others)}" : null) };
        return stage with { Optional = Measure($"s{index}", kinds, isOptional: true) };
    }

    private (string, string) Join(int index, int other, int[] kinds) => (Of(
        $"{Fields[kinds[index]]} == s{other}.{Fields[kinds[other]]}",
        $"{Fields[kinds[index]]} == s{other}.{Fields[kinds[other]]}",
        $"stem({Fields[kinds[index]]}) == stem(s{other}.{Fields[kinds[other]]})",
        $"not_after(s{other})",
        $"maybe({Fields[kinds[index]]} == s{other}.{Fields[kinds[other]]})",
        $"not {Fields[kinds[index]]} == s{other}.{Fields[kinds[other]]} or present({Fields[kinds[index]]}) and not_after(s{other})"), $"s{other}");

    private MeasureModel Measure(string stage, int[] kinds, bool isOptional)
    {
        var index = int.Parse(stage[1..], System.Globalization.CultureInfo.InvariantCulture);
        var other = _random.Next(kinds.Length);
        List<string> keys = [];
        if (!isOptional && other != index && Chance(30)) keys.Add($"where: \"{Fields[kinds[index]]} == s{other}.{Fields[kinds[other]]}\"");
        if (Chance(25)) keys.Add($"over: {Of("5s", "30s", "2m", "1h")}");
        if (Chance(50)) keys.Add($"at_least: {1 + _random.Next(3)}");
        if (Chance(10)) keys.Add("plus: 1");
        if (Chance(12)) keys.Add($"with_chain: {Of("true", "false")}");
        if (Chance(15)) keys.Add($"distinct: {{of: {Fields[kinds[index]]}, at_least: {1 + _random.Next(3)}}}");
        if (kinds[index] == 0 && Chance(20)) keys.Add($"sum: {{of: traffic.bytes_in, at_least: {Of(0, 1024, 5000)}}}");
        if (kinds[index] == 0 && Chance(15)) keys.Add($"ratio: {{of: traffic.bytes_in, to: traffic.bytes_out, at_least: {Of(0, 2, 1024)}}}");
        if (Chance(10)) keys.Add($"count: {{{Limits(1, 2, 3)}}}");
        if (kinds[index] == 0 && Chance(10)) keys.Add($"average: {{of: traffic.bytes_in, {Limits(1000, 1024, 2000)}}}");
        if (kinds[index] == 0 && Chance(10)) keys.Add($"percentile: {{of: traffic.bytes_in, at: {Of(50, 90)}, {Limits(1000, 1024, 4096)}}}");
        if (Chance(10)) keys.Add($"per: {Of("1s", "5s", "20s")}");
        if (kinds[index] == 0 && Chance(25)) keys.Add($"variation: {{of: traffic.bytes_in, at_most: {Of("0.1", "0.75", "2")}}}");
        if (Chance(12)) keys.Add($"period: {{tolerance: {Of("0.1", "0.4")}}}");
        if (Chance(15)) keys.Add($"rate: {{at_least: {1 + _random.Next(3)}, per: {Of("0s", "2s", "10s")}}}");
        return new MeasureModel(stage) { After = Chance(25) ? $"s{_random.Next(kinds.Length)}" : null, Before = Chance(25) ? $"s{_random.Next(kinds.Length)}" : null, Keys = [.. keys] };
    }

    private string Limits(params int[] figures) => $"{Of("at_least", "at_least", "at_most", "more_than", "less_than", "exactly", "not")}: {Of(figures)}";

    private ChainModel Chain(int index, string[] plain, int[] kinds)
    {
        string[] stages = [.. plain.OrderBy(_ => _random.Next()).Take(1 + _random.Next(plain.Length))];
        string[] rest = [.. Ids(kinds.Length).Except(stages)];
        return new ChainModel($"chain{index}", stages, Chance(60), 25 + _random.Next(40))
        {
            Blind = rest.Length > 0 && Chance(20) ? [Of(rest)] : [],
            Unless = rest.Length > 0 && Chance(25) ? [Of(rest)] : [],
            Require = Chance(25) ? [Measure(Of(Ids(kinds.Length)), kinds, isOptional: false)] : [],
        };
    }

    private (string, string[]) Allow(int[] kinds, string[] plain)
    {
        var stage = Of(plain);
        var field = Fields[kinds[stage[1] - '0']];
        return ($"stages: [{stage}], where: \"{Of("app == 'com.b'", "attended(5m)", "dst_endpoint.hostname in Known", $"{field} contains 'known'")}\"", [stage]);
    }

    private StreamModel Stream(AnalyticModel analytic)
    {
        List<EventModel> events = [];
        for (var i = _random.Next(3); i >= 0; i--) events.AddRange(Story(analytic));
        for (var i = _random.Next(10); i > 0; i--) events.Add(Noise());
        if (Chance(20)) events.AddRange(Beat(analytic));
        if (AppChance(35)) events.InsertRange(0, Enumerable.Range(0, 2 + _apps.Next(4)).Select(_ => OfAnApp() with { At = _apps.Next(60) * 1_000_000L, Device = AppOf("d1", "d1", "d2"), App = AppOf("com.a", "com.a", "com.b") }));
        if (Chance(15)) events = [.. events.Select((item, i) => i < events.Count / 2 ? item : item with { At = item.At + Of(3_600_000_000L, 90_000_000_000L) })];
        EventModel[] numbered = [.. events.Take(24).Select((item, i) => item with { Id = i })];
        if (Chance(25)) numbered[^1] = numbered[0] with { At = numbered[0].At + Of(0L, 1_000_000L, 130_000_000L) };
        return new StreamModel(numbered, 1 + _random.Next(3), Chance(30) ? _random.Next(numbered.Length + 1) : -1, Chance(80) ? 100 : 1 + _random.Next(3));
    }

    // Whole seconds make ties, and a microsecond beside them finds bounds that are off by one.
    private long Moment() => _random.Next(60) * 1_000_000L + (Chance(15) ? Of(1, -1) : 0);

    private IEnumerable<EventModel> Story(AnalyticModel analytic)
    {
        var stages = analytic.Chains.Length > 0 && Chance(80) ? Of(analytic.Chains).Stages : [.. analytic.Stages.Where(stage => stage.Absent is null).Select(stage => stage.Id)];
        var (device, app, text, at) = (Of("d1", "d1", "d2"), Of("com.a", "com.a", "com.b"), Of("/x/a.dex", "/x/b.jar"), Moment());
        foreach (var id in stages)
        {
            var stage = analytic.Stages.First(item => item.Id == id);
            at += Of(0L, 0L, 1_000_000L, 1_000_000L, 3_000_000L, 4_000_000L, 8_000_000L, -2_000_000L, 1L);
            var kind = Array.IndexOf(Kinds, stage.Detection);
            yield return Event(kind) with
            {
                Device = device, App = stage.App switch { "other" => "com.c", "same_or_unnamed" when Chance(50) => "", _ => app }, At = at, Text = Chance(85) ? text : Of("/x/a.jar", "known.example"),
            };
        }
    }

    private IEnumerable<EventModel> Beat(AnalyticModel analytic)
    {
        var (kind, at, step) = (Array.IndexOf(Kinds, Of(analytic.Stages).Detection), Moment(), Of(2_000_000L, 3_000_000L));
        for (var i = 0; i < 6; i++) yield return Event(kind) with { At = at + i * step + (Chance(20) ? 300_000 : 0), Text = "/x/a.dex" };
    }

    private EventModel Noise()
    {
        if (Chance(25))
        {
            return new EventModel
            {
                Class = EventClass.MobileState, Activity = 1 + _random.Next(4), At = Moment(), App = Of("com.a", "com.b", ""), Device = Of("d1", "d2"),
                State = Of(AppState.Unknown, AppState.Foreground, AppState.Background), Delay = _random.Next(100_000_000),
            };
        }
        return Event(Kind()) with { At = Moment(), Device = Of("d1", "d1", "d2"), App = Of("com.a", "com.a", "com.b", "com.c", ""), Text = Of("", "/x/a.dex", "/x/b.jar", "known.example") };
    }

    private EventModel OfAnApp() => new()
    {
        Class = AppOf(EventClass.SoftwareInfo, EventClass.ApplicationLifecycle), Activity = AppOf(1, 2, 8), Text = AppOf("", "/x/a.dex", "/x/b.jar"),
        Version = AppOf("", "1.9", "1.10", "2"), Permission = AppChance(40) ? AppOf("p", "q") : "", Log = AppOf("", "MobileEDR:telemetry"), Delay = _apps.Next(100_000_000),
    };

    private EventModel Event(int kind) => kind == OfApps ? OfAnApp() : new()
    {
        Class = kind switch { 0 => EventClass.NetworkActivity, 2 => EventClass.ModuleActivity, 5 => EventClass.SensorUse, _ => EventClass.FileActivity },
        Activity = kind is 3 ? Of(2, 4) : kind is 4 ? Of(1, 2, 3) : kind is 0 ? Of(1, 6) : 1,
        Length = Chance(20) ? Of(1_000_000L, 10_000_000L, 70_000_000L, 4_000_000_000L) : 0,
        Sequence = Chance(75) ? 0 : 1 + _random.Next(3),
        Log = Of("", "NSM:Flow", "MobileEDR:telemetry"),
        Connection = kind == 0 && Chance(25) ? Of("c1", "c2") : "",
        Bytes = kind == 0 && Chance(80) ? Of(0L, 1000L, 1024L, 1100L, 4096L) : -1,
        State = Chance(80) ? AppState.Unknown : Of(AppState.Foreground, AppState.Background),
        Delay = _random.Next(100_000_000),
    };
}

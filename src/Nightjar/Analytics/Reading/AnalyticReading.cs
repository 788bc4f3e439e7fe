using Nightjar.Analytics.Plan;
using Nightjar.Analytics.Tuning;
using Nightjar.Analytics.Where;
using Nightjar.Events;
using Nightjar.Knowledge;

namespace Nightjar.Analytics.Reading;

/// <summary>Reads one analytic file from top to bottom.</summary>
internal static class AnalyticReading
{
    /// <summary>Sigma's levels.</summary>
    public static readonly string[] Levels = ["informational", "low", "medium", "high", "critical"];

    /// <summary>Sigma's statuses.</summary>
    public static readonly string[] Statuses = ["experimental", "test", "stable", "deprecated", "unsupported"];

    /// <summary>Which matches may be taken.</summary>
    public static readonly string[] Selections = ["first", "each", "all"];

    /// <summary>Whether windows may overlap.</summary>
    public static readonly string[] Windows = ["sliding", "tumbling"];

    // Sigma's own keys that Nightjar shows nowhere but must not call unknown.
    private static readonly string[] SigmaKeys =
        ["id", "name", "author", "date", "modified", "license", "related", "fields", "taxonomy", "scope", "tests", "detection", "correlation"];

    /// <summary>Null when there is no body; otherwise an analytic that may be used only if there is no error.</summary>
    public static Analytic? Read(YamlMap top, LoadContext context, Mistakes mistakes)
    {
        var body = top.Map("analytic");
        if (body is null)
        {
            mistakes.Add(Rules.MissingKey, top.Node, "`analytic` is missing.");
            return null;
        }
        var uid = body.RequireText("uid");
        var tunables = TunableReading.Read(body.Map("tunables"), uid, context.Tuning, mistakes);
        var drafts = StageReading.Drafts(body, mistakes);
        var names = new Names(context.Symbols, context.Facts, context.Normal, tunables, [.. drafts.Select(draft => draft.Id)], _ => false);
        var analytic = Build(top, body, uid, drafts, names, context.Reference, mistakes);
        foreach (var draft in drafts) draft.Close(mistakes);
        body.Close();
        top.Close(SigmaKeys);
        AnalyticChecks.Check(analytic, names, drafts, body, context.Reference, mistakes);
        return analytic;
    }

    private static Analytic Build(
        YamlMap top, YamlMap body, string uid, List<StageReading.Draft> drafts, Names names, ReferenceData reference, Mistakes mistakes)
    {
        var attack = Attack(body);
        var (isPerApp, countsUnnamed) = Key(body, mistakes);
        var group = GroupReading.Of(body, names, drafts, mistakes);
        var stageReading = new StageReading(names, group, mistakes);
        stageReading.ReadAllow(body);
        var score = body.Map("score");
        var scoreReading = new ScoreReading(names, drafts, mistakes);
        var analytic = new Analytic
        {
            Uid = uid, Title = top.RequireText("title"),
            Description = top.Text("description") ?? "",
            Version = body.RequireText("version"),
            File = mistakes.File,
            Status = OneOf(top, "status", Statuses, "experimental", mistakes),
            Level = OneOf(top, "level", Levels, "medium", mistakes),
            Attack = attack,
            StrategyName = AttackChecks.StrategyName(attack, reference),
            Techniques = AttackChecks.Techniques(attack, reference),
            Platforms = PlatformsOf(top, body, mistakes),
            IsPerApp = isPerApp, CountsUnnamed = countsUnnamed,
            Window = Span(body, "within", TimeSpan.FromMinutes(1), names, mistakes), WindowTunable = TunableOf(body, "within", names),
            IsTumbling = OneOf(body, "windows", Windows, Windows[0], mistakes) == Windows[1],
            Suppress = Span(body, "suppress", TimeSpan.FromHours(1), names, mistakes),
            PartialsPerKey = Limit(body),
            Select = Selection(body, mistakes),
            Tunables = names.Tunables,
            Allow = stageReading.Allow,
            Thresholds = ScoreReading.Thresholds(score, body, mistakes),
            Texts = Texts(top, body, mistakes),
            Stages = [.. drafts.Select(stageReading.Read)],
            Chains = scoreReading.Chains(body, score),
            Absences = scoreReading.Absences(),
            Additions = scoreReading.Additions(score),
        };
        score?.Close();
        return analytic;
    }

    private static AttackMapping Attack(YamlMap body)
    {
        var map = body.Map("attack");
        var result = new AttackMapping(map?.RequireText("release") ?? "", map?.Text("strategy"), map?.Texts("techniques") ?? []);
        map?.Close();
        return result;
    }

    // `platforms` is for rules whose log source is of no one platform.
    private static Platform[] PlatformsOf(YamlMap top, YamlMap body, Mistakes mistakes)
    {
        var map = top.Map("logsource");
        var product = map?.Text("product");
        map?.Close("category", "service", "definition");
        var named = body.Get("platforms") is null;
        IReadOnlyList<string> products = named ? [product ?? ""] : body.Texts("platforms");
        var platforms = products.SelectMany(PlatformsOf).Distinct().ToArray();
        if (platforms.Length > 0 && products.All(item => PlatformsOf(item).Length > 0)) return platforms;
        var node = named ? (map ?? top).Node : body.Get("platforms");
        mistakes.Add(Rules.UnknownPlatform, node, $"`{(named ? "logsource.product" : "platforms")}` is `{string.Join(", ", products)}`.", "Write `android` or `ios`.");
        return [];
    }

    private static Platform[] PlatformsOf(string product) => product switch
    {
        "android" => [Platform.Android],
        "ios" => [Platform.IOS, Platform.IPadOS],
        _ => [],
    };

    private static (bool IsPerApp, bool CountsUnnamed) Key(YamlMap body, Mistakes mistakes)
    {
        var key = body.Texts("key");
        if (key is ["device", "app_or_none"]) return (true, true);
        if (key is [] or ["device", "app"]) return (true, false);
        if (key is not ["device"]) mistakes.Add(Rules.BadValue, body.Get("key"), "`key` is [device, app], [device, app_or_none] or [device].");
        return (false, false);
    }

    private static string? TunableOf(YamlMap body, string key, Names names) => body.Text(key) is { } text ? names.Tunable(text)?.Name : null;

    private static TimeSpan Span(YamlMap body, string key, TimeSpan missing, Names names, Mistakes mistakes)
    {
        if (body.Text(key) is not { } text) return missing;
        var place = mistakes.Place(body.Get(key)!);
        if (Binder.Constant(text, place, names, mistakes) is not { } seconds) return missing;
        if (seconds is >= 0.001 and <= 604_800) return TimeSpan.FromMicroseconds(Math.Round(seconds * 1e6));
        mistakes.Add(Rules.BadWindow, place, $"`{key}` is {seconds} s.");
        return missing;
    }

    private static MatchSelection Selection(YamlMap body, Mistakes mistakes) => OneOf(body, "select", Selections, "first", mistakes) switch
    {
        "each" => MatchSelection.Each,
        "all" => MatchSelection.All,
        _ => MatchSelection.First,
    };

    private static int Limit(YamlMap body)
    {
        var limits = body.Map("limits");
        var result = limits?.Whole("partials_per_key", 1, 10_000) ?? 64;
        limits?.Close();
        return result;
    }

    private static FindingTexts Texts(YamlMap top, YamlMap body, Mistakes mistakes)
    {
        var map = body.Map("finding");
        if (map is null) mistakes.Add(Rules.MissingKey, body.Node, "`finding` is missing.", "Give `title` and `description` of the finding.");
        var texts = new FindingTexts(
            map?.RequireText("title") ?? "", map?.RequireText("description") ?? "",
            body.Texts("cannot_see"), top.Texts("falsepositives"), body.Texts("next_steps"), top.Texts("references"));
        map?.Close();
        top.Get("tags");
        return texts;
    }

    private static string OneOf(YamlMap map, string key, string[] allowed, string missing, Mistakes mistakes)
    {
        var text = map.Text(key) ?? missing;
        if (allowed.Contains(text, StringComparer.Ordinal)) return text;
        mistakes.Add(Rules.BadValue, map.Get(key), $"`{text}` is no {key}.", Nearest.Hint(text, allowed));
        return missing;
    }
}

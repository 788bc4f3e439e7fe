using System.Globalization;
using Nightjar.Analytics.Reading;
using Nightjar.Findings;
using Nightjar.Knowledge;
using YamlMap = Nightjar.Knowledge.YamlMap;

namespace Nightjar.Scenarios.Reading;

/// <summary>Reads what a scenario says of the outcome: why it is quiet, or what is found.</summary>
internal sealed class JudgementReading(ScenarioFile file)
{
    /// <summary>Most reasons of one scenario; each is proved by a run.</summary>
    public const int MaxReasons = 10;

    /// <summary>Keys of <c>because</c> with what each of them names.</summary>
    public static readonly IReadOnlyDictionary<string, QuietReasonKind> ReasonKeys = new Dictionary<string, QuietReasonKind>(StringComparer.Ordinal)
    {
        ["exception"] = QuietReasonKind.Exception, ["missing"] = QuietReasonKind.Missing, ["seen"] = QuietReasonKind.Seen, ["blind"] = QuietReasonKind.Blind, ["too_few"] = QuietReasonKind.TooFew,
        ["condition"] = QuietReasonKind.Condition, ["score"] = QuietReasonKind.Score, ["time"] = QuietReasonKind.Time, ["tunable"] = QuietReasonKind.Tunable,
    };

    /// <summary>Values of <c>time</c>.</summary>
    public static readonly string[] Times = [QuietReason.Window, QuietReason.Order];

    /// <summary>Keys of <c>expect</c>.</summary>
    public static readonly string[] ExpectKeys = ["findings", "score", "level", "stages", "adds", "title"];

    /// <summary>Words of <c>level</c>.</summary>
    public static readonly string[] Levels = ["low", "medium", "high"];

    public IReadOnlyList<QuietReason> Because(YamlMap map, ScenarioKind? kind)
    {
        if (file.MapOf(map, "because") is not { } because) return [];
        if (kind == ScenarioKind.Fires) file.Report(ScenarioRules.BadValue, because, "`because` says why a scenario is quiet, and this one fires.", "Say what is found under `expect`.");
        file.Expect(because, [.. ReasonKeys.Keys]);
        var reasons = new List<QuietReason>();
        foreach (var (key, value) in because.Entries)
        {
            if (!ReasonKeys.TryGetValue(key.Text, out var reason)) continue;
            foreach (var name in file.Scalars(value)) reasons.Add(new QuietReason(reason, OneLine(name.Text), name.Line, name.Column));
        }
        foreach (var reason in reasons.Where(reason => !IsValue(reason)))
            file.Report(ScenarioRules.BadValue, because, $"`{YamlText.Excerpt(reason.Name)}` is no {ReasonKeys.First(key => key.Value == reason.Kind).Key}.",
                reason.Kind == QuietReasonKind.Time ? $"Write {string.Join(" or ", Times)}." : "Write the score that it comes to, from 0 to 100.");
        if (reasons.Count > MaxReasons) file.Report(ScenarioRules.TooLarge, because, $"`because` names {reasons.Count} things; at most {MaxReasons} are proved.");
        if (reasons.Count == 0) file.Report(ScenarioRules.WrongShape, because, "`because` names nothing.");
        return reasons;
    }

    /// <summary>Null when nothing is said; one inside an analytic that fires has no golden text and must say something.</summary>
    public Expectation? Expected(YamlMap map, ScenarioKind? kind, bool isInline)
    {
        if (file.MapOf(map, "expect") is not { } expect)
        {
            if (isInline && kind == ScenarioKind.Fires) file.Missing(map, "expect", "Say what is found, for example expect: {score: 65, stages: [write, load]}.");
            return null;
        }
        if (kind == ScenarioKind.Quiet) file.Report(ScenarioRules.BadValue, expect, "`expect` says what is found, and this one is quiet.", "Say why under `because`.");
        file.Expect(expect, ExpectKeys);
        if (expect.Entries.Count == 0) file.Report(ScenarioRules.WrongShape, expect, "`expect` says nothing.");
        return new Expectation(Whole(expect, "findings", 1000), Whole(expect, "score", 100), Level(expect), Texts(expect, "stages"), Texts(expect, "adds"), file.TextOf(expect, "title"), expect.Line, expect.Column);
    }

    private static bool IsValue(QuietReason reason) => reason.Kind switch
    {
        QuietReasonKind.Time => Times.Contains(reason.Name, StringComparer.Ordinal),
        QuietReasonKind.Score => int.TryParse(reason.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var score) && score <= 100,
        _ => true,
    };

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private int? Whole(YamlMap map, string key, int most)
    {
        if (file.TextOf(map, key) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most) return number;
        file.Report(ScenarioRules.BadValue, map[key]!, $"`{key}` must be a whole number from 0 to {most}.");
        return null;
    }

    private IReadOnlyList<string>? Texts(YamlMap map, string key) => map[key] is { } value ? file.Texts(value) : null;

    private Confidence? Level(YamlMap map)
    {
        if (file.TextOf(map, "level") is not { } text) return null;
        if (Array.IndexOf(Levels, text) is >= 0 and var index) return (Confidence)(index + (int)Confidence.Low);
        file.Report(ScenarioRules.BadValue, map["level"]!, $"`{YamlText.Excerpt(text)}` is no level.", Nearest.Hint(text, Levels));
        return null;
    }
}

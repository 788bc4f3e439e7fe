using Nightjar.Events;
using Nightjar.Knowledge;
using YamlMap = Nightjar.Knowledge.YamlMap;

namespace Nightjar.Scenarios.Reading;

/// <summary>Reads scenarios, from a file of their own or from the <c>tests</c> of an analytic, and reports all mistakes at once.</summary>
/// <remarks>Whatever the text, it returns.</remarks>
internal sealed class ScenarioReading(ScenarioFile file)
{
    /// <summary>Largest file, in characters.</summary>
    public const int MaxLength = 512 * 1024;

    /// <summary>Most scenarios inside one analytic.</summary>
    public const int MaxInline = 200;

    /// <summary>Keys of a scenario; one inside an analytic has a <c>name</c> too.</summary>
    public static readonly string[] Keys = ["title", "reason", "because", "expect", "defaults", "tunables", "baseline", "reviewed", "permitted", "approved", "events"];

    /// <summary>Keys of <c>defaults</c>.</summary>
    public static readonly string[] DefaultKeys = ["device", "platform", "app", "start", "log"];

    /// <summary>The scenario of a file; null when there is a mistake.</summary>
    public static Scenario? Read(ScenarioSource source, ICollection<Diagnostic> diagnostics)
    {
        var file = new ScenarioFile(source.Path, source.Text);
        var scenario = new ScenarioReading(file).OfFile();
        file.TellTo(diagnostics);
        return file.HasMistakes ? null : scenario;
    }

    /// <summary>The scenarios inside an analytic; those with a mistake are left out.</summary>
    public static IReadOnlyList<Scenario> ReadInline(string path, string text, ICollection<Diagnostic> diagnostics)
    {
        if (!text.Contains("tests:", StringComparison.Ordinal)) return [];
        var file = new ScenarioFile(path, text);
        // A file that is not YAML is told of as an analytic.
        if (YamlText.Parse(path, text, []) is not YamlMap top || top["tests"] is not { } tests) return [];
        var scenarios = new ScenarioReading(file).OfAnalytic(tests);
        file.TellTo(diagnostics);
        return scenarios;
    }

    private Scenario? OfFile()
    {
        var name = ScenarioPaths.NameOf(file.Path);
        if (KindOf(name) is null) file.Diagnostics.Add(ScenarioRules.BadFileName.At(file.Path, 1, 1, $"`{name}` is neither fires-… nor quiet-…."));
        if (file.Text.Length > MaxLength)
        {
            file.Diagnostics.Add(ScenarioRules.TooLarge.At(file.Path, 1, 1, $"The file has {file.Text.Length} characters; at most {MaxLength} are read."));
            return null;
        }
        if (file.Top() is not { } top) return null;
        file.Expect(top, Keys);
        return One(top, Path.GetFileNameWithoutExtension(name), isInline: false);
    }

    private List<Scenario> OfAnalytic(YamlNode tests)
    {
        var scenarios = new List<Scenario>();
        if (tests is not YamlList list)
        {
            file.Report(ScenarioRules.WrongShape, tests, $"`tests` is {tests.Shape} where a list is expected.");
            return scenarios;
        }
        if (list.Items.Count > MaxInline) file.Report(ScenarioRules.TooLarge, list, $"There are {list.Items.Count} tests; at most {MaxInline} are read.");
        foreach (var item in list.Items.Take(MaxInline))
        {
            var before = file.Diagnostics.Count;
            if (item is not YamlMap map) file.Report(ScenarioRules.WrongShape, item, $"This is {item.Shape} where a mapping is expected.");
            else if (Inline(map) is { } scenario && file.Diagnostics.Count == before) scenarios.Add(scenario);
        }
        return scenarios;
    }

    private Scenario? Inline(YamlMap map)
    {
        file.Expect(map, [.. Keys, "name"]);
        var name = file.TextOf(map, "name") ?? file.Missing(map, "name", "Call it fires-<what> or quiet-<what>.");
        if (name.Length > 0 && KindOf(name) is null)
            file.Report(ScenarioRules.BadFileName, map["name"]!, $"`{YamlText.Excerpt(name)}` is neither fires-… nor quiet-….");
        return One(map, name, isInline: true);
    }

    private Scenario One(YamlMap map, string name, bool isInline)
    {
        var kind = KindOf(name);
        var start = Instant.FromMillis(1_772_445_600_000);
        var defaults = Defaults(map, ref start);
        var reason = file.TextOf(map, "reason") ?? "";
        if (kind == ScenarioKind.Quiet && reason.Length == 0) file.Missing(map, "reason", "Say in one sentence why this is not the behaviour.");
        return new Scenario
        {
            File = file.Path,
            Name = name,
            IsInline = isInline,
            Kind = kind ?? ScenarioKind.Quiet,
            Title = file.TextOf(map, "title") ?? file.Missing(map, "title", "Say in a few words what happens."),
            Reason = reason,
            Start = start,
            Because = new JudgementReading(file).Because(map, kind),
            Expected = new JudgementReading(file).Expected(map, kind, isInline),
            Tunables = [.. Tunables(map)],
            Baseline = Lists(map, "baseline"),
            Reviewed = Lists(map, "reviewed"),
            Permitted = Lists(map, "permitted"),
            Approved = Approved(map),
            Events = Events(map, defaults),
        };
    }

    private static ScenarioKind? KindOf(string name) =>
        name.StartsWith("fires-", StringComparison.Ordinal) ? ScenarioKind.Fires : name.StartsWith("quiet-", StringComparison.Ordinal) ? ScenarioKind.Quiet : null;

    private ScenarioDefaults Defaults(YamlMap top, ref Instant start)
    {
        var map = file.MapOf(top, "defaults");
        if (map is not null) file.Expect(map, DefaultKeys);
        var platform = Platform.Unknown;
        if (map is not null && file.TextOf(map, "platform") is { } name && (platform = Platforms.Parse(name)) == Platform.Unknown)
            file.Report(ScenarioRules.BadValue, map["platform"]!, $"`{name}` is no platform.", "Write android, ios or ipados.");
        if (map is not null && file.TextOf(map, "start") is { } time)
        {
            if (TimeText.TryParse(System.Text.Encoding.UTF8.GetBytes(time), TimeSpan.Zero, out var read, out var basis) && basis == TimeBasis.Stated) start = read;
            else file.Report(ScenarioRules.BadValue, map["start"]!, $"`{time}` is no time.", "Write 2026-03-02T10:00:00Z.");
        }
        return new ScenarioDefaults(
            map is null ? "phone-1" : file.TextOf(map, "device") ?? "phone-1", map is null ? "" : file.TextOf(map, "app") ?? "", platform,
            map is null ? "MobileEDR:telemetry" : file.TextOf(map, "log") ?? "MobileEDR:telemetry");
    }

    private IEnumerable<ScenarioTunable> Tunables(YamlMap top)
    {
        foreach (var (key, value) in file.MapOf(top, "tunables")?.Entries ?? [])
            yield return new ScenarioTunable(key.Text, file.Texts(value), key.Line, key.Column);
    }

    private Dictionary<string, IReadOnlyList<string>> Lists(YamlMap top, string key) =>
        (file.MapOf(top, key)?.Entries ?? []).ToDictionary(entry => entry.Key.Text, entry => file.Texts(entry.Value), StringComparer.Ordinal);

    private Dictionary<string, IReadOnlyList<string>> Approved(YamlMap top)
    {
        foreach (var (key, value) in file.MapOf(top, "approved")?.Entries ?? [])
        {
            if (value is not YamlScalar { Text: "yes" or "no" }) file.Report(ScenarioRules.BadValue, value, $"Whether `{YamlText.Excerpt(key.Text)}` is approved is neither yes nor no.", "Write yes or no.");
        }
        return Lists(top, "approved");
    }

    private List<ScenarioEvent> Events(YamlMap top, ScenarioDefaults defaults)
    {
        if (top["events"] is not YamlScalar { Text.Length: > 0 } block)
        {
            file.Missing(top, "events", "Write `events: |` and one event a line.");
            return [];
        }
        var line = file.Lines[Math.Min(block.Line, file.Lines.Length) - 1];
        if (block.Column > line.Length || line[block.Column - 1] != '|')
        {
            file.Report(ScenarioRules.WrongShape, block, "The events are no literal block.", "Write `events: |` and one event a line, indented.");
            return [];
        }
        var before = file.Diagnostics.Count;
        var events = new EventLines(defaults, file.Path, file.Lines, file.Diagnostics).Read(block.Text, block.Line + 1);
        if (events.Count == 0 && file.Diagnostics.Count == before) file.Report(ScenarioRules.WrongShape, block, "There is no event.");
        return events;
    }
}

using Nightjar.Analytics.Reading;
using Nightjar.Events;
using Nightjar.Knowledge;
using YamlMap = Nightjar.Knowledge.YamlMap;

namespace Nightjar.Scenarios.Reading;

/// <summary>Reads one scenario file and reports all its mistakes at once. Whatever the text, it returns.</summary>
internal sealed class ScenarioReading
{
    /// <summary>Largest file, in characters.</summary>
    public const int MaxLength = 512 * 1024;

    private const int MaxDiagnostics = 100;

    /// <summary>Keys of a scenario file.</summary>
    public static readonly string[] Keys = ["title", "reason", "defaults", "tunables", "baseline", "reviewed", "events"];

    private readonly string _file;
    private readonly string[] _lines;
    private readonly List<Diagnostic> _diagnostics = [];

    private ScenarioReading(ScenarioSource source)
    {
        _file = source.Path;
        _lines = source.Text.Split('\n');
    }

    /// <summary>The scenario; null when there is a mistake.</summary>
    public static Scenario? Read(ScenarioSource source, ICollection<Diagnostic> diagnostics)
    {
        var reading = new ScenarioReading(source);
        var scenario = reading.Read(source.Text);
        foreach (var diagnostic in reading._diagnostics.Order().Take(MaxDiagnostics)) diagnostics.Add(diagnostic);
        return reading._diagnostics.Count == 0 ? scenario : null;
    }

    private Scenario? Read(string text)
    {
        var kind = KindOf(ScenarioPaths.NameOf(_file));
        if (kind is null) _diagnostics.Add(ScenarioRules.BadFileName.At(_file, 0, 0, $"`{ScenarioPaths.NameOf(_file)}` is neither fires-… nor quiet-…."));
        if (text.Length > MaxLength)
        {
            _diagnostics.Add(ScenarioRules.TooLarge.At(_file, 0, 0, $"The file has {text.Length} characters; at most {MaxLength} are read."));
            return null;
        }
        if (Top(text) is not { } top) return null;
        Expect(top, Keys);
        var start = Instant.FromMillis(1_772_445_600_000);
        var defaults = Defaults(top, ref start);
        var reason = Text(top, "reason") ?? "";
        if (kind == ScenarioKind.Quiet && reason.Length == 0) Missing(top, "reason", "Say in one sentence why this is not the behaviour.");
        return new Scenario
        {
            File = _file,
            Kind = kind ?? ScenarioKind.Quiet,
            Title = Text(top, "title") ?? Missing(top, "title", "Say in a few words what happens."),
            Reason = reason,
            Start = start,
            Tunables = [.. Tunables(top)],
            Baseline = Lists(top, "baseline"),
            Reviewed = Lists(top, "reviewed"),
            Events = Events(top, defaults),
        };
    }

    private static ScenarioKind? KindOf(string name) =>
        name.StartsWith("fires-", StringComparison.Ordinal) ? ScenarioKind.Fires : name.StartsWith("quiet-", StringComparison.Ordinal) ? ScenarioKind.Quiet : null;

    private YamlMap? Top(string text)
    {
        var found = new List<Diagnostic>();
        var root = YamlText.Parse(_file, text, found);
        _diagnostics.AddRange(found.Select(item => ScenarioRules.NotYaml.At(item.File, item.Line, item.Column, item.Reason, item.Hint)));
        if (root is YamlMap map) return map;
        if (found.Count == 0) _diagnostics.Add(ScenarioRules.WrongShape.At(_file, 1, 1, $"The file is {root?.Shape ?? "empty"} where a mapping is expected."));
        return null;
    }

    private ScenarioDefaults Defaults(YamlMap top, ref Instant start)
    {
        var map = Map(top, "defaults");
        if (map is not null) Expect(map, ["device", "platform", "app", "start", "log"]);
        var platform = Platform.Unknown;
        if (map is not null && Text(map, "platform") is { } name && (platform = Platforms.Parse(name)) == Platform.Unknown)
            Report(ScenarioRules.BadValue, map["platform"]!, $"`{name}` is no platform.", "Write android, ios or ipados.");
        if (map is not null && Text(map, "start") is { } time)
        {
            if (TimeText.TryParse(System.Text.Encoding.UTF8.GetBytes(time), TimeSpan.Zero, out var read, out var basis) && basis == TimeBasis.Stated) start = read;
            else Report(ScenarioRules.BadValue, map["start"]!, $"`{time}` is no time.", "Write 2026-03-02T10:00:00Z.");
        }
        return new ScenarioDefaults(
            map is null ? "phone-1" : Text(map, "device") ?? "phone-1", map is null ? "" : Text(map, "app") ?? "", platform,
            map is null ? "MobileEDR:telemetry" : Text(map, "log") ?? "MobileEDR:telemetry");
    }

    private IEnumerable<ScenarioTunable> Tunables(YamlMap top)
    {
        foreach (var (key, value) in Map(top, "tunables")?.Entries ?? [])
            yield return new ScenarioTunable(key.Text, Texts(value), key.Line, key.Column);
    }

    private Dictionary<string, IReadOnlyList<string>> Lists(YamlMap top, string key) =>
        (Map(top, key)?.Entries ?? []).ToDictionary(entry => entry.Key.Text, entry => (IReadOnlyList<string>)Texts(entry.Value), StringComparer.Ordinal);

    private List<ScenarioEvent> Events(YamlMap top, ScenarioDefaults defaults)
    {
        if (top["events"] is not YamlScalar { Text.Length: > 0 } block)
        {
            Missing(top, "events", "Write `events: |` and one event a line.");
            return [];
        }
        var line = _lines[Math.Min(block.Line, _lines.Length) - 1];
        if (block.Column > line.Length || line[block.Column - 1] != '|')
        {
            Report(ScenarioRules.WrongShape, block, "The events are no literal block.", "Write `events: |` and one event a line, indented.");
            return [];
        }
        var events = new EventLines(defaults, _file, _lines, _diagnostics).Read(block.Text, block.Line + 1);
        if (events.Count == 0 && _diagnostics.Count == 0) Report(ScenarioRules.WrongShape, block, "There is no event.");
        return events;
    }

    private string? Text(YamlMap map, string key)
    {
        var value = map[key];
        if (value is null or YamlScalar { Text.Length: > 0 }) return (value as YamlScalar)?.Text;
        Report(ScenarioRules.WrongShape, value, $"`{key}` is {value.Shape} where a text is expected.");
        return "";
    }

    private YamlMap? Map(YamlMap parent, string key)
    {
        var value = parent[key];
        if (value is not null and not YamlMap) Report(ScenarioRules.WrongShape, value, $"`{key}` is {value.Shape} where a mapping is expected.");
        return value as YamlMap;
    }

    private List<string> Texts(YamlNode node)
    {
        if (node is YamlScalar one) return [one.Text];
        if (node is YamlList list && list.Items.All(item => item is YamlScalar)) return [.. list.Items.Cast<YamlScalar>().Select(item => item.Text)];
        Report(ScenarioRules.WrongShape, node, "This is neither a text nor a list of texts.");
        return [];
    }

    private void Expect(YamlMap map, string[] keys)
    {
        foreach (var (key, _) in map.Entries.Where(entry => !keys.Contains(entry.Key.Text, StringComparer.Ordinal)))
            Report(ScenarioRules.UnknownKey, key, $"`{YamlText.Excerpt(key.Text)}` is not known here.", Nearest.Hint(key.Text, keys));
    }

    private string Missing(YamlMap map, string key, string hint)
    {
        _diagnostics.Add(ScenarioRules.MissingKey.At(_file, map.Line, map.Column, $"`{key}` is missing.", hint));
        return "";
    }

    private void Report(DiagnosticRule rule, YamlNode at, string reason, string? hint = null) =>
        _diagnostics.Add(rule.At(_file, at.Line, at.Column, reason, string.IsNullOrEmpty(hint) ? null : hint));
}

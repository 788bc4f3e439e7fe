using System.Globalization;
using Nightjar.Analytics.Reading;
using Nightjar.Events;
using Nightjar.Knowledge;

namespace Nightjar.Scenarios.Reading;

/// <summary>Reads the events of a scenario: one a line, <c>+12.5 file_create file.path=/data/… file.magic=dex  # why</c>.</summary>
internal sealed class EventLines(ScenarioDefaults defaults, string file, string[] raw, List<Diagnostic> diagnostics)
{
    /// <summary>Most events of one scenario, repeats counted.</summary>
    public const int MaxEvents = 2000;

    /// <summary><c>app=-</c>: the record names no app.</summary>
    public const string NoApp = "-";

    private const int MaxLine = 4000;

    /// <summary>Names for fields that stand in many lines.</summary>
    public static readonly IReadOnlyDictionary<string, FieldId> ShortFields = new Dictionary<string, FieldId>(StringComparer.Ordinal)
    {
        ["device"] = FieldId.DeviceUid, ["app"] = FieldId.AppUid, ["log"] = FieldId.LogName, ["id"] = FieldId.EventUid, ["state"] = FieldId.AppStateName,
        ["locked"] = FieldId.IsDeviceLocked, ["screen"] = FieldId.IsScreenOn, ["managed"] = FieldId.IsManagedDevice,
        ["managed_app"] = FieldId.IsManagedApp, ["supervised"] = FieldId.IsSupervised,
    };

    /// <summary>Names for what is no field.</summary>
    public static readonly IReadOnlyDictionary<string, ShortKey> ShortKeys = new Dictionary<string, ShortKey>(StringComparer.Ordinal)
    {
        ["platform"] = ShortKey.Platform, ["for"] = ShortKey.For, ["every"] = ShortKey.Every, ["times"] = ShortKey.Times, ["seq"] = ShortKey.Sequence,
    };

    private readonly List<ScenarioEvent> _events = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    private int _line;
    private int _indent;

    /// <summary>The events of a block whose first line has this number.</summary>
    public List<ScenarioEvent> Read(string block, int firstLine)
    {
        var lines = block.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var content = lines[i].TrimEnd('\r');
            _line = firstLine + i;
            _indent = _line <= raw.Length ? Math.Max(0, raw[_line - 1].TrimEnd('\r').Length - content.Length) : 0;
            if (content.Length > MaxLine) Report(ScenarioRules.TooLarge, 1, $"The line has {content.Length} characters; at most {MaxLine} are read.");
            else One(content);
            if (_events.Count <= MaxEvents) continue;
            Report(ScenarioRules.TooLarge, 1, $"There are more than {MaxEvents} events.");
            break;
        }
        return _events;
    }

    private void One(string content)
    {
        var tokens = EventTokens.Of(content, out var open);
        if (open > 0) Report(ScenarioRules.BadPair, open, "A quote is never closed.");
        if (open > 0 || tokens.Count == 0) return;
        var offset = tokens[0].Value is null ? Offsets.Parse(tokens[0].Key) : null;
        if (offset is null) Report(ScenarioRules.BadOffset, tokens[0].Column, $"`{Cut(tokens[0].Key)}` is no time from the start.");
        if (tokens.Count < 2 || tokens[1].Value is not null || EventWords.Parse(tokens[1].Key) is not { } kind)
        {
            var word = tokens.Count < 2 ? "" : tokens[1].Key;
            Report(ScenarioRules.UnknownWord, tokens.Count < 2 ? content.Length + 1 : tokens[1].Column,
                word.Length == 0 ? "The kind of event is missing." : $"`{Cut(word)}` is no kind of event.", Hint(word));
            return;
        }
        var draft = new EventDraft(defaults, kind.Class, kind.Activity);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var token in tokens.Skip(2)) Pair(draft, token, seen);
        if (offset is { } time) Add(draft, time);
    }

    private void Add(EventDraft draft, TimeSpan offset)
    {
        for (var i = 0; i < draft.Times && _events.Count <= MaxEvents; i++)
        {
            var id = draft.Id.Length == 0 ? string.Create(CultureInfo.InvariantCulture, $"event {_events.Count + 1}")
                : i == 0 ? draft.Id : string.Create(CultureInfo.InvariantCulture, $"{draft.Id} {i + 1}");
            if (!_ids.Add(id)) Report(ScenarioRules.Twice, 1, $"`{Cut(id)}` is the id of another event too.");
            _events.Add(draft.Build(_line, offset + draft.Every * i, id));
        }
    }

    private void Pair(EventDraft draft, EventToken token, HashSet<string> seen)
    {
        if (token.Value is not { } value)
        {
            Report(ScenarioRules.BadPair, token.Column, $"`{Cut(token.Key)}` has no value.", "Write key=value; one event stands on one line, and the block begins with `events: |`.");
            return;
        }
        string? problem;
        string name;
        if (ShortKeys.TryGetValue(token.Key, out var key)) (name, problem) = (token.Key, draft.SetShort(key, value));
        else if (FieldOf(token.Key) is { } field) (name, problem) = (field.Path, draft.Set(field, value));
        else
        {
            Report(ScenarioRules.UnknownField, token.Column, $"`{Cut(token.Key)}` is no field.",
                Nearest.Hint(token.Key, FieldCatalog.All.Select(info => info.Path).Concat(ShortFields.Keys).Concat(ShortKeys.Keys)));
            return;
        }
        if (!seen.Add(name)) Report(ScenarioRules.Twice, token.Column, $"`{token.Key}` is given twice.");
        if (problem is not null) Report(ScenarioRules.BadFieldValue, token.Column, $"`{token.Key}` cannot be `{Cut(value)}`.", problem);
    }

    private static FieldInfo? FieldOf(string key) =>
        ShortFields.TryGetValue(key, out var id) ? FieldCatalog.Of(id) : FieldCatalog.Find(key);

    private static string Hint(string word)
    {
        var nearest = Nearest.Hint(word, EventWords.All);
        return nearest.Length > 0 ? nearest : "Known are " + string.Join(", ", EventWords.All) + ", and class/activity such as 4001/6.";
    }

    private void Report(DiagnosticRule rule, int column, string reason, string? hint = null) =>
        diagnostics.Add(rule.At(file, _line, _indent + column, reason, string.IsNullOrEmpty(hint) ? null : hint));

    private static string Cut(string text) => text.Length <= 80 ? text : text[..80] + "…";
}

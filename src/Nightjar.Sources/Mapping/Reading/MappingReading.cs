using System.Text;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Sources.Identity;
using Nightjar.Sources.Mapping.Plan;
using Nightjar.Sources.Mapping.Records;

namespace Nightjar.Sources.Mapping.Reading;

/// <summary>A mapping that was read, with what is compared between mappings.</summary>
/// <param name="Source">Its file.</param>
/// <param name="Name">Where its name stands.</param>
/// <param name="Plan">What to read by.</param>
/// <param name="Keys">What every record must have, as written.</param>
/// <param name="Demands">What the values of every record must be.</param>
internal sealed record ReadMapping(MappingSource Source, YamlScalar Name, MappingPlan Plan, IReadOnlyList<string> Keys, Demands Demands);

/// <summary>Reads one mapping file: every mistake at once, and a plan where there is none.</summary>
internal sealed class MappingReading
{
    private static readonly string[] Formats = ["json", "csv", "key-value"];

    private readonly MappingSource _source;
    private readonly AuthorMistakes _mistakes;
    private readonly AuthorMap _map;
    private readonly PathTable _recordPaths = new();
    private readonly PathTable _outerPaths = new();

    private MappingReading(MappingSource source, YamlMap root, AuthorMistakes mistakes)
    {
        _source = source;
        _mistakes = mistakes;
        _map = new AuthorMap(root, mistakes);
    }

    /// <summary>Reads a file; null when it has errors, which are reported.</summary>
    public static ReadMapping? Read(MappingSource source, List<Diagnostic> diagnostics)
    {
        var mistakes = new AuthorMistakes(source.Path, diagnostics, MappingRules.Maps);
        var before = diagnostics.Count;
        if (YamlText.Parse(source.Path, source.Text, diagnostics, MappingRules.Yaml) is not YamlMap root)
        {
            if (diagnostics.Count == before) diagnostics.Add(MappingRules.WrongShape.At(source.Path, 1, 1, "The file is no map."));
            return null;
        }
        var hasErrors = diagnostics.Skip(before).Any(item => item.Severity == DiagnosticSeverity.Error);
        var mapping = new MappingReading(source, root, mistakes).Read();
        return mistakes.Errors == 0 && !hasErrors ? mapping : null;
    }

    private ReadMapping Read()
    {
        var name = Name();
        var layout = FormatOf();
        var records = RecordsPath(layout);
        foreach (var path in _map.Texts("json-texts")) _recordPaths.Add(path.Text, holdsJson: true);
        foreach (var path in _map.Texts("unread")) _recordPaths.AddUnread(path.Text);
        var meaning = new Meaning(_map.Texts("meaningless").Select(word => word.Text));
        var tables = new TableShelf(_map.Map("tables"), _mistakes);
        var paths = new PathScope(layout, records.Length > 0, _recordPaths, _outerPaths, null, _mistakes);
        var conditions = new ConditionReading(paths, meaning, _mistakes);
        var (recognition, keys, demands) = Recognise(layout, paths, conditions);
        var ignored = new AnyOf([.. _map.Maps("ignore").Select(item => Ignored(item, conditions))]);
        var isOneDevice = _map.Flag("one-device");
        var events = new EventReading(_map, paths, tables, meaning, isOneDevice, demands, _mistakes).ReadAll();
        tables.Close();
        var plan = new MappingPlan
        {
            Format = Format(name, layout, isOneDevice, events),
            Layout = layout,
            Separator = Character("separator", layout == Layout.KeyValue ? ' ' : ','),
            Assign = Character("assign", '='),
            Columns = [.. _map.Texts("columns").Select(column => Encoding.UTF8.GetBytes(column.Text))],
            RecordsPath = records,
            RecordPaths = _recordPaths,
            OuterPaths = _outerPaths,
            Recognition = recognition,
            Events = events,
            Ignored = ignored,
            Meaning = meaning,
            LogName = Encoding.UTF8.GetBytes(_map.RequireText("log-name")),
            Product = Encoding.UTF8.GetBytes(_map.RequireText("product")),
        };
        _map.Close();
        return new ReadMapping(_source, name, plan, keys, demands);
    }

    private YamlScalar Name()
    {
        var name = _map.Require("mapping") as YamlScalar ?? new YamlScalar("", true, _map.Node.Line, _map.Node.Column);
        if (name.Text.Length > 60 || !name.Text.Split('-').All(part => part.Length > 0 && part.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))))
            _mistakes.Add(MappingRules.BadValue, name, $"`{YamlText.Excerpt(name.Text)}` is no name of a mapping.", "Write lower case letters, digits and hyphens, such as acme-mtd.");
        return name;
    }

    private Layout FormatOf()
    {
        if (_map.Text("format") is not { } text) return Layout.Json;
        var index = Array.IndexOf(Formats, text.Text);
        if (index < 0) _mistakes.Add(MappingRules.BadValue, text, $"`{YamlText.Excerpt(text.Text)}` is no format.", $"Known are: {string.Join(", ", Formats)}.");
        return (Layout)Math.Max(0, index);
    }

    private string[] RecordsPath(Layout layout)
    {
        if (_map.Text("records") is not { } text) return [];
        var names = text.Text.Split('.');
        if (layout == Layout.Json && names[^1].EndsWith("[]", StringComparison.Ordinal) && !text.Text[..^2].Contains("[]", StringComparison.Ordinal) && names.All(name => name.Length > 0 && name != "[]"))
        {
            names[^1] = names[^1][..^2];
            // The first path around the records is that of the records: without it, the object is a record itself.
            _outerPaths.Add(string.Join('.', names));
            return names;
        }
        _mistakes.Add(MappingRules.BadPath, text, $"`{YamlText.Excerpt(text.Text)}` does not lead to one array of records.", "Write it like value[] or data.items[]; for an array inside of each record use for-each.");
        return [];
    }

    private byte Character(string key, char otherwise)
    {
        if (_map.Text(key) is not { } text) return (byte)otherwise;
        var c = text.Text switch { "tab" or "\t" => '\t', "space" => ' ', [var single] => single, _ => '\0' };
        if (c is > '\0' and < (char)128 and not ('"' or '\n' or '\r')) return (byte)c;
        _mistakes.Add(MappingRules.BadValue, text, $"`{YamlText.Excerpt(text.Text)}` is no single character.", "Write one character, tab or space.");
        return (byte)otherwise;
    }

    private (Recognition, IReadOnlyList<string>, Demands) Recognise(Layout layout, PathScope paths, ConditionReading conditions)
    {
        if (_map.Map("recognise") is not { } map)
        {
            _mistakes.Add(MappingRules.NoRecognition, _map.Node, "Nothing stands under `recognise`.");
            return (new Recognition { Values = new AllOf([]) }, [], new Demands());
        }
        var keys = map.Texts("keys");
        var any = map.Texts("any");
        var values = conditions.Read(map.Get("values"));
        var demands = conditions.Demands;
        if (keys.Count == 0) _mistakes.Add(MappingRules.NoRecognition, map.Node, "`recognise` names no keys.");
        map.Close();
        var recognition = new Recognition
        {
            Keys = [.. keys.Select(paths.Find).OfType<ValuePath>()],
            Names = [.. keys.Select(key => NameIn(layout, key.Text))],
            Any = [.. any.Select(paths.Find).OfType<ValuePath>()],
            Values = values,
            // What more is asked for, the less likely it is that something else has it.
            Certainty = Math.Min(Recognition.MostCertain, 50 + 4 * keys.Count + (any.Count > 0 ? 2 : 0) + 10 * demands.All.Count()),
        };
        return (recognition, [.. keys.Select(key => key.Text)], demands);
    }

    private static byte[] NameIn(Layout layout, string path)
    {
        if (layout != Layout.Json) return Encoding.UTF8.GetBytes(path);
        var last = path.Replace("[]", "", StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(last[(last.LastIndexOf('.') + 1)..]);
    }

    private static RecordTest Ignored(AuthorMap item, ConditionReading conditions)
    {
        item.RequireText("reason");
        var test = conditions.Read(item.Require("when"));
        item.Close();
        return test;
    }

    private SourceFormat Format(YamlScalar name, Layout layout, bool isOneDevice, EventRule[] events)
    {
        var platform = Platform.Unknown;
        if (_map.Text("platform") is { } text && (platform = Platforms.Parse(text.Text)) == Platform.Unknown)
            _mistakes.Add(MappingRules.BadValue, text, $"`{YamlText.Excerpt(text.Text)}` is no platform.", "Write android, ios or ipados; leave it out where a file may speak of any.");
        _map.Text("documentation");
        _map.Texts("notes");
        return new SourceFormat(name.Text, _map.RequireText("title"), layout == Layout.Json ? PositionKind.Record : PositionKind.Line)
        {
            LogNames = [_map.RequireText("log-name")],
            Platform = platform,
            IsOneDevice = isOneDevice,
            Yields = [.. events.Select(rule => rule.Class).Distinct().Order()],
            SuppliesIdentity = events.Any(TellsOfAddresses),
            IsMapping = true,
        };
    }

    // An inventory that says which address a device had.
    private static bool TellsOfAddresses(EventRule rule) =>
        StatedAddresses.Classes.Contains(rule.Class.Uid()) && rule.Fields.Any(field => field.Field.Id == FieldId.DeviceUid)
        && rule.Fields.Any(field => field.Field.Id is FieldId.DeviceIp or FieldId.DeviceMac);
}

using System.Text;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Sources.Mapping.Plan;

namespace Nightjar.Sources.Mapping.Reading;

/// <summary>Reads how attributes get their values: a path, or a map that says more.</summary>
internal sealed class FieldReading(PathScope paths, TableShelf tables, AuthorMistakes mistakes)
{
    private static readonly FieldId[] Elsewhere = [FieldId.ClassUid, FieldId.ActivityId, FieldId.ModuleArgPath, FieldId.ModuleArgName];

    /// <summary>The attributes that are points in time.</summary>
    public static IReadOnlyList<FieldId> Times { get; } = [FieldId.Time, FieldId.EndTime, FieldId.LastUserInteraction];

    /// <summary>The same for the paths of an item.</summary>
    public FieldReading With(PathScope inside) => new(inside, tables, mistakes);

    /// <summary>The attributes that may be set.</summary>
    public static IEnumerable<FieldInfo> Settable => FieldCatalog.All.Where(info => !Elsewhere.Contains(info.Id));

    /// <summary>The rules of a map of attributes; wrong ones are reported and left out.</summary>
    public IEnumerable<FieldRule> ReadAll(AuthorMap? map)
    {
        foreach (var (key, value) in map?.Node.Entries ?? [])
        {
            var info = FieldCatalog.Find(key.Text);
            if (info is null)
                mistakes.Add(MappingRules.UnknownField, key, $"`{YamlText.Excerpt(key.Text)}` is no attribute of an event.", Nearest.Hint(key.Text, Settable.Select(item => item.Path)));
            else if (Elsewhere.Contains(info.Id))
                mistakes.Add(MappingRules.FieldElsewhere, key, $"`{key.Text}` is not set as a field.");
            else if (Read(info, value) is { } rule)
                yield return rule;
        }
    }

    /// <summary>The rule of one attribute; null, and reported, when it is wrong.</summary>
    public FieldRule? Read(FieldInfo info, YamlNode node)
    {
        var before = mistakes.Errors;
        var rule = node switch
        {
            YamlScalar { Text.Length: > 0 } path => paths.Find(path) is { } place ? new FieldRule { Field = info, From = [place], Forms = [.. Forms(info, [])] } : null,
            YamlMap map => Full(info, new AuthorMap(map, mistakes)),
            _ => Wrong(node),
        };
        return mistakes.Errors == before ? rule : null;
    }

    private FieldRule? Wrong(YamlNode node)
    {
        mistakes.Add(MappingRules.WrongShape, node, $"This is {node.Shape} where a path or a map is expected.");
        return null;
    }

    private FieldRule Full(FieldInfo info, AuthorMap map)
    {
        var from = map.Texts("from");
        var join = map.Texts("join");
        var constant = map.Text("constant");
        var sources = (from.Count > 0 ? 1 : 0) + (join.Count > 0 ? 1 : 0) + (constant is null ? 0 : 1);
        var orFileTime = info.Id == FieldId.Time && map.Flag("or-file-time");
        if (sources != 1 && !(sources == 0 && orFileTime)) mistakes.Add(MappingRules.MissingKey, map.Node, "A field needs one of `from`, `join` and `constant`.");
        var fallback = map.Text("default");
        var isTime = Times.Contains(info.Id);
        var rule = new FieldRule
        {
            Field = info,
            From = [.. (join.Count > 0 ? join : from).Select(paths.Find).OfType<ValuePath>()],
            IsJoined = join.Count > 0,
            Constant = constant is null ? null : Fitting(info, constant),
            Default = fallback is null ? null : Fitting(info, fallback),
            Steps = [.. Steps(map)],
            Table = tables.Find(map.Get("table"), row => Fitting(info, row)),
            Factor = Factor(info, map.Text("unit")),
            Times = map.Text("times") is { } times ? paths.Find(times) : null,
            Forms = isTime ? [.. Forms(info, map.Texts("format"))] : [],
            Zone = isTime ? Zone(map) : null,
            OrFileTime = orFileTime,
            Grade = info.Id == FieldId.AppUid ? Grade(map.Text("grade")) : AppGrade.Package,
        };
        map.Close();
        return rule;
    }

    private IEnumerable<Step> Steps(AuthorMap map)
    {
        var items = map.Get("take") switch { null => [], YamlList list => list.Items, var one => [one] };
        foreach (var item in items)
        {
            if (item is YamlScalar name && Step.Named.TryGetValue(name.Text, out var step)) yield return step;
            else if (item is YamlMap { Entries: [var entry] } && entry.Value is YamlScalar value && WithValue(entry.Key.Text, value) is { } cut) yield return cut;
            else mistakes.Add(MappingRules.UnknownStep, item, $"This is no step.",
                Nearest.Hint((item as YamlScalar)?.Text ?? "", Step.Named.Keys) is { Length: > 0 } hint ? hint : $"Known are: {string.Join(", ", Step.Named.Keys)}, and with a value before, after, match.");
        }
    }

    private Step? WithValue(string name, YamlScalar value) => name switch
    {
        "before" or "after" when value.Text.Length > 0 => new CutStep(value.Text, name == "after"),
        "match" => ConditionReading.Pattern(value, value.Text, mistakes) is { } pattern ? new MatchStep(pattern) : null,
        _ => null,
    };

    private List<TimeForm> Forms(FieldInfo info, IReadOnlyList<YamlScalar> names)
    {
        if (!Times.Contains(info.Id)) return [];
        if (names.Count == 0) return [TimeForm.Named("rfc3339")!];
        var forms = new List<TimeForm>();
        foreach (var name in names)
        {
            var reason = "";
            var looksNamed = !name.Text.Contains('y', StringComparison.Ordinal);
            if (TimeForm.Named(name.Text) is { } form) forms.Add(form);
            else if (!looksNamed && TimePattern.Parse(name.Text, out reason) is { } pattern) forms.Add(pattern);
            else mistakes.Add(MappingRules.UnknownTimeForm, name, $"`{YamlText.Excerpt(name.Text)}` is no form of time. {reason}".TrimEnd(), looksNamed ? Nearest.Hint(name.Text, TimeForm.Names) : "");
        }
        return forms;
    }

    private TimeSpan? Zone(AuthorMap map)
    {
        if (map.Text("zone") is not { } zone)
        {
            if (map.Texts("format").FirstOrDefault(name => TimePattern.Parse(name.Text, out _) is { StatesZone: false }) is { } pattern)
                mistakes.Add(MappingRules.NoZone, pattern, $"The times `{YamlText.Excerpt(pattern.Text)}` state no zone.");
            return null;
        }
        if (zone.Text == "assumed") return null;
        if (ZoneText.TryRead(zone.Text, out var offset)) return offset;
        mistakes.Add(MappingRules.BadValue, zone, $"`{YamlText.Excerpt(zone.Text)}` is no zone.", "Write UTC, an offset such as +02:00, or assumed.");
        return null;
    }

    private double Factor(FieldInfo info, YamlScalar? name)
    {
        if (name is null) return 1;
        var unit = Unit.All.FirstOrDefault(item => item.Name == name.Text);
        var quantity = Unit.Of(info.Id);
        if (unit is not null && unit.Quantity == quantity && quantity != Quantity.None) return unit.Factor;
        mistakes.Add(MappingRules.UnitMisuse, name, quantity == Quantity.None
            ? $"`{info.Path}` has no unit." : $"`{YamlText.Excerpt(name.Text)}` is no unit of `{info.Path}`.");
        return 1;
    }

    private AppGrade Grade(YamlScalar? name)
    {
        switch (name?.Text)
        {
            case null or "package": return AppGrade.Package;
            case "package-and-signer": return AppGrade.PackageAndSigner;
            case "uid": return AppGrade.Uid;
            case "process": return AppGrade.ProcessName;
            case "label": return AppGrade.Label;
            default:
                mistakes.Add(MappingRules.BadValue, name, $"`{YamlText.Excerpt(name.Text)}` is no grade.", "Write package-and-signer, package, uid, process or label.");
                return AppGrade.Package;
        }
    }

    // A constant, a default and the right side of a table are known now, so they are checked now.
    private byte[] Fitting(FieldInfo info, YamlScalar value)
    {
        var text = Encoding.UTF8.GetBytes(value.Text);
        if (Fits(info, text) is { } reason) mistakes.Add(MappingRules.TypeMismatch, value, $"`{YamlText.Excerpt(value.Text)}` does not fit `{info.Path}`: {reason}.");
        return text;
    }

    private static string? Fits(FieldInfo info, byte[] text)
    {
        var (min, max) = NumberText.RangeOf(info.Id);
        return info.Id switch
        {
            FieldId.OsTypeId => null,
            FieldId.AppStateName => StateNames.TryParse(text, out AppState _) ? null : "it is no state of an app",
            FieldId.InstallSourceName => StateNames.TryParse(text, out InstallSource _) ? null : "it is no source of installation",
            _ when Times.Contains(info.Id) => "a time comes from the record",
            _ => info.Kind switch
            {
                FieldKind.Integer => NumberText.TryRead(text, 1, out var number) && number >= min && number <= max ? null : "a whole number is expected",
                FieldKind.Number => double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _) ? null : "a number is expected",
                FieldKind.Flag => FlagText.TryRead(text, out _) ? null : "true or false is expected",
                FieldKind.Address => HostText.Address(Encoding.UTF8.GetString(text)) is not null ? null : "an address is expected",
                _ => null,
            },
        };
    }
}

using System.Globalization;
using Nightjar.Analytics.Plan;
using Nightjar.Analytics.Reading;
using Nightjar.Events;
using YamlDotNet.RepresentationModel;

namespace Nightjar.Analytics.Sigma;

/// <summary>Turns a Sigma <c>detection</c> block into a condition.</summary>
/// <param name="symbols">Where texts are interned.</param>
/// <param name="placeholders">The values of <c>%Name%</c> under <c>expand</c>; null when there is no such name.</param>
/// <param name="mistakes">Where mistakes go.</param>
internal sealed class SigmaCompiler(SymbolTable symbols, Func<string, IReadOnlyList<string>?> placeholders, Mistakes mistakes)
{
    /// <summary>Always gives a node; after a mistake it stands for nothing.</summary>
    public TruthNode Compile(YamlMap detection)
    {
        var selections = new Dictionary<string, TruthNode>(StringComparer.Ordinal);
        foreach (var (name, node) in detection.Entries)
        {
            if (name is not ("condition" or "timeframe")) selections[name] = Selection(node);
        }
        var conditions = detection.List("condition");
        if (conditions.Count == 0)
        {
            mistakes.Add(Rules.MissingKey, detection.Node, "`condition` is missing.");
            return ConstantTruth.True;
        }
        var used = new HashSet<string>(StringComparer.Ordinal);
        var parts = conditions.Select(item => SigmaCondition.Parse(item, selections, used, mistakes)).ToArray();
        foreach (var (name, node) in detection.Entries.Where(entry => selections.ContainsKey(entry.Key) && !used.Contains(entry.Key)))
            mistakes.Add(Rules.UnusedSelection, node, $"`{name}` is not used.");
        return AnyOf.Of(parts);
    }

    private TruthNode Selection(YamlNode node) => node switch
    {
        YamlMappingNode map => Items(map),
        YamlSequenceNode list => AnyOf.Of([.. list.Children.Select(item => item is YamlMappingNode map ? Items(map) : Keyword(item))]),
        _ => Keyword(node),
    };

    private TruthNode Items(YamlMappingNode map)
    {
        var items = new List<TruthNode>();
        foreach (var (key, value) in map.Children) items.Add(Item((key as YamlScalarNode)?.Value ?? "", key, value));
        return AllOf.Of([.. items]);
    }

    private TruthNode Keyword(YamlNode node) => Item("", node, node);

    private TruthNode Item(string key, YamlNode at, YamlNode value)
    {
        if (SigmaModifiers.Parse(key, at, mistakes) is not { } modifiers) return ConstantTruth.True;
        if (Values(value, modifiers) is not { } values) return ConstantTruth.True;
        // A placeholder that stands for nothing: somebody may set it.
        if (values.Count == 0) return new Setting(Tri.False);
        if (modifiers.Has("all") && value is not YamlSequenceNode { Children.Count: > 1 }) mistakes.Add(Rules.NoEffect, at, "`all` is for several values, and there is one.");
        var parts = values.Select(item => One(item, modifiers)).ToArray();
        var all = modifiers.Has("all") ? AllOf.Of(parts) : Merged(values, modifiers) ?? AnyOf.Of(parts);
        return modifiers.Has("neq") ? new Negation(all) : all;
    }

    private List<YamlScalarNode>? Values(YamlNode value, SigmaModifiers modifiers)
    {
        var nodes = value is YamlSequenceNode list ? list.Children : [value];
        var result = new List<YamlScalarNode>();
        foreach (var node in nodes)
        {
            if (node is not YamlScalarNode scalar)
            {
                mistakes.Add(Rules.WrongShape, node, modifiers.Field is null ? "A selection is a map, a list of maps, or a list of texts." : "A value is a text, a number, a boolean or null.");
                return null;
            }
            if (modifiers.Has("expand")) result.AddRange(Expand(scalar));
            else result.Add(scalar);
        }
        if (nodes.Count > 0) return result;
        mistakes.Add(Rules.BadValue, value, "The list of values is empty.");
        return null;
    }

    private IEnumerable<YamlScalarNode> Expand(YamlScalarNode scalar)
    {
        if (Placeholders.Expand(scalar.Value ?? "", placeholders, out var unknown) is { } values) return values.Select(text => new YamlScalarNode(text));
        mistakes.Add(Rules.UnknownTunable, scalar, $"`{unknown}` is no tunable of this analytic.");
        return [];
    }

    // Several values of one interned field are one question, answered once per distinct text.
    private TruthNode? Merged(List<YamlScalarNode> values, SigmaModifiers modifiers)
    {
        if (modifiers.Field is not { } field || !(field.Kind.IsSymbol() || field.Kind == FieldKind.SymbolList)) return null;
        if (values.Count < 2 || values.Any(value => IsAbsence(value, modifiers)) || modifiers.Has("exists") || modifiers.Has("fieldref")) return null;
        var tests = values.Select(item => SigmaValues.TextTest(item.Value!, modifiers, item, new Mistakes(mistakes.File))).OfType<Func<string, bool>>().ToArray();
        return Ask(field, text => Array.Exists(tests, test => test(text)));
    }

    // Null, and an empty text: events hold none.
    private static bool IsAbsence(YamlScalarNode node, SigmaModifiers modifiers)
    {
        if (node.Style == YamlDotNet.Core.ScalarStyle.Plain && node.Value is (null or "" or "null" or "Null" or "NULL" or "~")) return true;
        return string.IsNullOrEmpty(node.Value) && !modifiers.Contains && !modifiers.Has("startswith") && !modifiers.Has("endswith") && !modifiers.Has("re");
    }

    private TruthNode One(YamlScalarNode value, SigmaModifiers modifiers)
    {
        if (modifiers.Field is not { } field) return KeywordOf(value, modifiers);
        if (modifiers.Has("exists")) return Exists(value, field);
        if (IsAbsence(value, modifiers)) return new PresenceItem(field.Id, false);
        if (modifiers.Has("fieldref")) return Reference(value, modifiers, field);
        if (modifiers.TimePart is { } part) return TimePart(value, part, modifiers, field);
        return field.Kind switch
        {
            FieldKind.Integer or FieldKind.Number => Number(value, modifiers, field),
            FieldKind.Flag => Flag(value, field),
            _ => SigmaValues.TextTest(value.Value ?? "", modifiers, value, mistakes) is { } test ? Ask(field, test) : ConstantTruth.True,
        };
    }

    private TruthNode KeywordOf(YamlScalarNode value, SigmaModifiers modifiers)
    {
        if (string.IsNullOrEmpty(value.Value))
        {
            mistakes.Add(Rules.BadValue, value, "A keyword is a text.");
            return ConstantTruth.True;
        }
        return SigmaValues.TextTest(value.Value, modifiers, value, mistakes) is { } test ? new KeywordItem(test, symbols) : ConstantTruth.True;
    }

    private TruthNode Exists(YamlScalarNode value, FieldInfo field)
    {
        if (bool.TryParse(value.Value, out var expected)) return new PresenceItem(field.Id, expected);
        mistakes.Add(Rules.BadValue, value, "`exists` is true or false.");
        return ConstantTruth.True;
    }

    private TruthNode Ask(FieldInfo field, Func<string, bool> test) => field.Kind switch
    {
        FieldKind.SymbolList => new ListItem(field.Id, new SymbolMemo(symbols, test)),
        FieldKind.Text => new TextItem(field.Id, test),
        FieldKind.Word => new WordItem(field.Id, test),
        _ => new SymbolItem(field.Id, new SymbolMemo(symbols, test)),
    };

    private TruthNode Flag(YamlScalarNode value, FieldInfo field)
    {
        if (bool.TryParse(value.Value, out var expected)) return new FlagItem(field.Id, expected);
        mistakes.Add(Rules.BadValue, value, $"`{field.Path}` is true or false.");
        return ConstantTruth.True;
    }

    private TruthNode Number(YamlScalarNode value, SigmaModifiers modifiers, FieldInfo field)
    {
        var isText = modifiers.Contains || modifiers.Has("startswith") || modifiers.Has("endswith");
        if (!modifiers.IsComparison && !isText && field.Kind == FieldKind.Integer && long.TryParse(value.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return new IntegerItem(field.Id, [whole]);
        if (!isText && double.TryParse(value.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return new NumberItem(field.Id, Compare(modifiers, number));
        if (modifiers.IsComparison)
        {
            mistakes.Add(Rules.BadValue, value, $"`{value.Value}` is no number.", "Values that are tuned belong under `where`.");
            return ConstantTruth.True;
        }
        var test = SigmaValues.TextTest(value.Value ?? "", modifiers, value, mistakes);
        return test is null ? ConstantTruth.True : new NumberItem(field.Id, actual => test(actual.ToString(CultureInfo.InvariantCulture)));
    }

    private static Func<double, bool> Compare(SigmaModifiers modifiers, double number)
    {
        if (modifiers.Has("lt")) return actual => actual < number;
        if (modifiers.Has("lte")) return actual => actual <= number;
        if (modifiers.Has("gt")) return actual => actual > number;
        return modifiers.Has("gte") ? actual => actual >= number : actual => actual == number;
    }

    private TruthNode Reference(YamlScalarNode value, SigmaModifiers modifiers, FieldInfo field)
    {
        var other = FieldCatalog.Find(value.Value ?? "");
        if (other is null)
        {
            mistakes.Add(Rules.UnknownField, value, $"`{value.Value}` is no field.", Nearest.Hint(value.Value ?? "", FieldCatalog.All.Select(info => info.Path)));
            return ConstantTruth.True;
        }
        var comparison = modifiers.Has("cased") ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        Func<string, string, bool> same = modifiers.Has("startswith") ? (a, b) => a.StartsWith(b, comparison)
            : modifiers.Has("endswith") ? (a, b) => a.EndsWith(b, comparison)
            : modifiers.Contains ? (a, b) => a.Contains(b, comparison)
            : (a, b) => string.Equals(a, b, comparison);
        return new FieldReference(field.Id, other.Id, same, symbols);
    }

    // In UTC, as events have no other zone.
    private TruthNode TimePart(YamlScalarNode value, string part, SigmaModifiers modifiers, FieldInfo field)
    {
        if (!int.TryParse(value.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var expected))
        {
            mistakes.Add(Rules.BadValue, value, $"`{value.Value}` is no whole number.");
            return ConstantTruth.True;
        }
        var test = Compare(modifiers, expected);
        return new NumberItem(field.Id, millis => test(Part(Instant.FromMillis((long)millis).ToDateTimeOffset(), part)));
    }

    private static int Part(DateTimeOffset time, string part) => part switch
    {
        "minute" => time.Minute,
        "hour" => time.Hour,
        "day" => time.Day,
        "week" => ISOWeek.GetWeekOfYear(time.UtcDateTime),
        "month" => time.Month,
        _ => time.Year,
    };
}

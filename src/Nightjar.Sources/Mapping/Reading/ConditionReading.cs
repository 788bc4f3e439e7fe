using System.Globalization;
using System.Net;
using Nightjar.Knowledge;
using Nightjar.Sources.Mapping.Plan;

namespace Nightjar.Sources.Mapping.Reading;

/// <summary>Reads conditions: a map of paths with what is expected there, all of which must hold, or a list of such maps, of which one must.</summary>
internal sealed class ConditionReading(PathScope paths, Meaning meaning, AuthorMistakes mistakes)
{
    /// <summary>The comparisons.</summary>
    public static IReadOnlyList<string> Words { get; } = ["is", "not", "exists", "contains", "starts-with", "ends-with", "matches", "cidr", "local", "above", "below"];

    /// <summary>What the conditions of one event demand of each path, for finding contradictions.</summary>
    public Demands Demands { get; private set; } = new();

    /// <summary>The condition of a node; without one, every record meets it.</summary>
    public RecordTest Read(YamlNode? node)
    {
        Demands = new Demands();
        switch (node)
        {
            case null:
                return new AllOf([]);
            case YamlMap map:
                return All(map, Demands);
            case YamlList list:
                return new AnyOf([.. list.Items.Select(Alternative)]);
            default:
                mistakes.Add(MappingRules.WrongShape, node, $"A condition is {node.Shape} where a map or a list of maps is expected.");
                return new AllOf([]);
        }
    }

    private RecordTest Alternative(YamlNode node)
    {
        if (node is YamlMap map) return All(map, new Demands());
        mistakes.Add(MappingRules.WrongShape, node, $"A condition is {node.Shape} where a map is expected.");
        return new AllOf([]);
    }

    private AllOf All(YamlMap map, Demands demands)
    {
        var tests = new List<RecordTest>();
        foreach (var (key, value) in map.Entries)
        {
            if (paths.Find(key) is not { } path) continue;
            var demand = demands.Of(path, key.Text);
            if (value is YamlMap operators) tests.AddRange(operators.Entries.Select(entry => Operator(path, entry.Key, entry.Value, demand)).OfType<RecordTest>());
            else if (Texts(value) is { Count: > 0 } words) tests.Add(Is(path, words, demand));
        }
        if (demands.Contradiction is { } contradiction) mistakes.Add(MappingRules.Unreachable, map, contradiction);
        return new AllOf([.. tests]);
    }

    private static ValueTest Is(ValuePath path, IReadOnlyList<string> words, Demand demand)
    {
        demand.Only(words);
        return new ValueTest(path, new WordCheck(words, WordPlace.Whole));
    }

    private RecordTest? Operator(ValuePath path, YamlScalar name, YamlNode value, Demand demand)
    {
        switch (name.Text)
        {
            case "is":
                return Texts(value) is { Count: > 0 } words ? Is(path, words, demand) : null;
            case "not":
                var unwanted = Texts(value);
                demand.Not(unwanted);
                return new NotTest(new ValueTest(path, new WordCheck(unwanted, WordPlace.Whole)));
            case "exists":
                if (Flag(value) is not { } exists) return null;
                demand.Exists(exists);
                return new ExistsTest(path, exists, meaning);
            case "contains" or "starts-with" or "ends-with":
                var place = name.Text == "contains" ? WordPlace.Anywhere : name.Text == "starts-with" ? WordPlace.Start : WordPlace.End;
                return new ValueTest(path, new WordCheck(Texts(value), place));
            case "matches":
                return Texts(value) is [var text] && Pattern(value, text, mistakes) is { } pattern ? new ValueTest(path, new PatternCheck(pattern)) : null;
            case "cidr":
                return new ValueTest(path, new RangeCheck(Ranges(value)));
            case "local":
                return Flag(value) is { } local ? new ValueTest(path, new LocalCheck(local)) : null;
            case "above" or "below":
                return Bound(path, name.Text, value, demand);
            default:
                mistakes.Add(MappingRules.UnknownKey, name, $"`{YamlText.Excerpt(name.Text)}` is no comparison.", Nearest.Hint(name.Text, Words));
                return null;
        }
    }

    private ValueTest? Bound(ValuePath path, string name, YamlNode value, Demand demand)
    {
        if (Texts(value) is not [var text] || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound) || !double.IsFinite(bound))
        {
            mistakes.Add(MappingRules.BadValue, value, $"`{name}` is compared with a number.");
            return null;
        }
        demand.Bound(name == "above" ? bound : double.NegativeInfinity, name == "below" ? bound : double.PositiveInfinity);
        return new ValueTest(path, name == "above" ? new NumberCheck(bound, double.PositiveInfinity) : new NumberCheck(double.NegativeInfinity, bound));
    }

    /// <summary>An expression that never goes back; null, and reported, when it cannot be one.</summary>
    public static SafeRegex? Pattern(YamlNode at, string text, AuthorMistakes mistakes)
    {
        try
        {
            return SafeRegex.Of(text);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            mistakes.Add(MappingRules.BadPattern, at, $"`{YamlText.Excerpt(text)}` is no expression that can be used: {YamlText.Excerpt(error.Message)}");
            return null;
        }
    }

    private List<IPNetwork> Ranges(YamlNode value)
    {
        var ranges = new List<IPNetwork>();
        foreach (var text in Texts(value))
        {
            if (IPNetwork.TryParse(text, out var range)) ranges.Add(range);
            else mistakes.Add(MappingRules.BadRange, value, $"`{YamlText.Excerpt(text)}` is no address range.");
        }
        return ranges;
    }

    private bool? Flag(YamlNode value)
    {
        if (value is YamlScalar { Text: "true" or "false" } flag) return flag.Text == "true";
        mistakes.Add(MappingRules.BadValue, value, "This is true or false.");
        return null;
    }

    private List<string> Texts(YamlNode value)
    {
        if (value is YamlScalar { Text.Length: > 0 } one) return [one.Text];
        if (value is YamlList list && list.Items.All(item => item is YamlScalar)) return [.. list.Items.Cast<YamlScalar>().Select(item => item.Text)];
        mistakes.Add(MappingRules.WrongShape, value, $"This is {value.Shape} where a text or a list of texts is expected.");
        return [];
    }
}

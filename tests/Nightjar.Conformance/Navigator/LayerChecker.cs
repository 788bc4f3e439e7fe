using System.Text.Json;
using System.Text.RegularExpressions;

namespace Nightjar.Conformance.Navigator;

/// <summary>Checks a layer of the ATT&amp;CK Navigator against format 4.5: required properties, types, allowed values, nothing unknown.</summary>
internal sealed partial class LayerChecker
{
    private static readonly string[] Platforms = ["Android", "iOS"];

    private readonly List<string> _complaints = [];

    [GeneratedRegex(@"^T\d{4}(\.\d{3})?$", RegexOptions.NonBacktracking)]
    private static partial Regex TechniqueId { get; }

    [GeneratedRegex(@"^#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?$", RegexOptions.NonBacktracking)]
    private static partial Regex Colour { get; }

    /// <summary>Everything that is wrong with it.</summary>
    public static IReadOnlyList<string> Check(JsonElement layer)
    {
        var checker = new LayerChecker();
        checker.Layer(layer);
        return checker._complaints;
    }

    private void Layer(JsonElement layer) => Object("layer", layer, new()
    {
        ["name"] = (true, Text), ["domain"] = (true, OneOf("mobile-attack")), ["versions"] = (true, Versions), ["description"] = (false, Text), ["customDataURL"] = (false, Text),
        ["filters"] = (false, Filters), ["sorting"] = (false, Sorting), ["layout"] = (false, Layout), ["hideDisabled"] = (false, Flag), ["techniques"] = (false, Each(Technique)),
        ["gradient"] = (false, Gradient), ["legendItems"] = (false, Each(Legend)), ["showTacticRowBackground"] = (false, Flag), ["tacticRowBackground"] = (false, Matching(Colour)),
        ["selectTechniquesAcrossTactics"] = (false, Flag), ["selectSubtechniquesWithParent"] = (false, Flag), ["selectVisibleTechniques"] = (false, Flag),
        ["metadata"] = (false, Each(Metadata)), ["links"] = (false, Each(Link)),
    });

    private void Versions(string path, JsonElement value) => Object(path, value, new()
    {
        ["attack"] = (false, Text), ["layer"] = (true, OneOf("4.5")),
        ["navigator"] = (true, (at, item) => Require(at, item.ValueKind == JsonValueKind.String && Version.TryParse(item.GetString(), out var version) && version >= new Version(4, 9, 0), "a version of at least 4.9.0")),
    });

    private void Filters(string path, JsonElement value) => Object(path, value, new() { ["platforms"] = (false, Each(OneOf(Platforms))) });

    private void Sorting(string path, JsonElement value) => Require(path, value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var sorting) && sorting is >= 0 and <= 3, "0 to 3");

    private void Layout(string path, JsonElement value) => Object(path, value, new()
    {
        ["layout"] = (false, OneOf("side", "flat", "mini")), ["showID"] = (false, Flag), ["showName"] = (false, Flag), ["showAggregateScores"] = (false, Flag), ["countUnscored"] = (false, Flag),
        ["aggregateFunction"] = (false, OneOf("average", "min", "max", "sum")), ["expandedSubtechniques"] = (false, OneOf("none", "all", "annotated")),
    });

    private void Technique(string path, JsonElement value) => Object(path, value, new()
    {
        ["techniqueID"] = (true, Matching(TechniqueId)), ["tactic"] = (false, Text), ["comment"] = (false, Text), ["enabled"] = (false, Flag), ["score"] = (false, Number),
        ["color"] = (false, Matching(Colour)), ["metadata"] = (false, Each(Metadata)), ["links"] = (false, Each(Link)), ["showSubtechniques"] = (false, Flag),
    });

    private void Gradient(string path, JsonElement value)
    {
        Object(path, value, new() { ["colors"] = (true, Each(Matching(Colour))), ["minValue"] = (true, Number), ["maxValue"] = (true, Number) });
        if (value.ValueKind != JsonValueKind.Object) return;
        if (value.TryGetProperty("colors", out var colours) && colours.ValueKind == JsonValueKind.Array) Require($"{path}.colors", colours.GetArrayLength() >= 2, "at least two colours");
        if (value.TryGetProperty("minValue", out var least) && value.TryGetProperty("maxValue", out var most) && least.ValueKind == JsonValueKind.Number && most.ValueKind == JsonValueKind.Number)
            Require($"{path}.maxValue", most.GetDouble() > least.GetDouble(), "above minValue");
    }

    private void Legend(string path, JsonElement value) => Object(path, value, new() { ["label"] = (true, Text), ["color"] = (true, Matching(Colour)) });

    private void Metadata(string path, JsonElement value) => OrDivider(path, value, new() { ["name"] = (true, Text), ["value"] = (true, Text) });

    private void Link(string path, JsonElement value) => OrDivider(path, value, new()
    {
        ["label"] = (true, Text),
        ["url"] = (true, (at, item) => Require(at, item.ValueKind == JsonValueKind.String && Uri.TryCreate(item.GetString(), UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http", "an absolute URL")),
    });

    private void OrDivider(string path, JsonElement value, Dictionary<string, (bool IsRequired, Action<string, JsonElement> Check)> properties)
    {
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("divider", out _)) Object(path, value, new() { ["divider"] = (true, Flag) });
        else Object(path, value, properties);
    }

    private void Object(string path, JsonElement value, Dictionary<string, (bool IsRequired, Action<string, JsonElement> Check)> properties)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            _complaints.Add($"{path} is no object.");
            return;
        }
        foreach (var property in value.EnumerateObject())
        {
            if (properties.TryGetValue(property.Name, out var known)) known.Check($"{path}.{property.Name}", property.Value);
            else _complaints.Add($"{path}.{property.Name} is not known.");
        }
        foreach (var (name, _) in properties.Where(item => item.Value.IsRequired && !value.TryGetProperty(item.Key, out _))) _complaints.Add($"{path}.{name} is missing.");
    }

    private Action<string, JsonElement> Each(Action<string, JsonElement> check) => (path, value) =>
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            _complaints.Add($"{path} is no list.");
            return;
        }
        var index = 0;
        foreach (var item in value.EnumerateArray()) check($"{path}[{index++}]", item);
    };

    private Action<string, JsonElement> OneOf(params string[] words) =>
        (path, value) => Require(path, value.ValueKind == JsonValueKind.String && words.Contains(value.GetString()), string.Join(" or ", words));

    private Action<string, JsonElement> Matching(Regex form) =>
        (path, value) => Require(path, value.ValueKind == JsonValueKind.String && form.IsMatch(value.GetString()!), form.ToString());

    private void Text(string path, JsonElement value) => Require(path, value.ValueKind == JsonValueKind.String, "a text");

    private void Number(string path, JsonElement value) => Require(path, value.ValueKind == JsonValueKind.Number, "a number");

    private void Flag(string path, JsonElement value) => Require(path, value.ValueKind is JsonValueKind.True or JsonValueKind.False, "true or false");

    private void Require(string path, bool holds, string wanted)
    {
        if (!holds) _complaints.Add($"{path} must be {wanted}.");
    }
}

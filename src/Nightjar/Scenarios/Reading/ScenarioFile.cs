using Nightjar.Analytics.Reading;
using Nightjar.Knowledge;
using YamlMap = Nightjar.Knowledge.YamlMap;

namespace Nightjar.Scenarios.Reading;

/// <summary>A file with scenarios while it is read. Each question for a value reports what is wrong with it and goes on.</summary>
/// <param name="path">The file's name.</param>
/// <param name="text">Its whole text.</param>
internal sealed class ScenarioFile(string path, string text)
{
    private const int MaxDiagnostics = 100;

    public string Path => path;

    public string Text => text;

    public string[] Lines { get; } = text.Split('\n');

    public List<Diagnostic> Diagnostics { get; } = [];

    public bool HasMistakes => Diagnostics.Count > 0;

    /// <summary>The first mistakes in order of place.</summary>
    public void TellTo(ICollection<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in Diagnostics.Order().Take(MaxDiagnostics)) diagnostics.Add(diagnostic);
    }

    /// <summary>The top mapping; null, and reported, when there is none.</summary>
    public YamlMap? Top()
    {
        var found = new List<Diagnostic>();
        var root = YamlText.Parse(path, text, found);
        Diagnostics.AddRange(found.Select(item => ScenarioRules.NotYaml.At(item.File, item.Line, item.Column, item.Reason, item.Hint)));
        if (root is YamlMap map) return map;
        if (found.Count == 0) Diagnostics.Add(ScenarioRules.WrongShape.At(path, 1, 1, $"The file is {root?.Shape ?? "empty"} where a mapping is expected."));
        return null;
    }

    public string? TextOf(YamlMap map, string key)
    {
        var value = map[key];
        if (value is null or YamlScalar { Text.Length: > 0 }) return (value as YamlScalar)?.Text;
        Report(ScenarioRules.WrongShape, value, $"`{key}` is {value.Shape} where a text is expected.");
        return "";
    }

    public YamlMap? MapOf(YamlMap parent, string key)
    {
        var value = parent[key];
        if (value is not null and not YamlMap) Report(ScenarioRules.WrongShape, value, $"`{key}` is {value.Shape} where a mapping is expected.");
        return value as YamlMap;
    }

    /// <summary>The texts of a list; a single text counts as a list of one.</summary>
    public IReadOnlyList<YamlScalar> Scalars(YamlNode node)
    {
        if (node is YamlScalar one) return [one];
        if (node is YamlList list && list.Items.All(item => item is YamlScalar)) return [.. list.Items.Cast<YamlScalar>()];
        Report(ScenarioRules.WrongShape, node, "This is neither a text nor a list of texts.");
        return [];
    }

    public IReadOnlyList<string> Texts(YamlNode node) => [.. Scalars(node).Select(item => item.Text)];

    /// <summary>Reports every key of the mapping that is not one of these.</summary>
    public void Expect(YamlMap map, IReadOnlyCollection<string> keys)
    {
        foreach (var (key, _) in map.Entries.Where(entry => !keys.Contains(entry.Key.Text, StringComparer.Ordinal)))
            Report(ScenarioRules.UnknownKey, key, $"`{YamlText.Excerpt(key.Text)}` is not known here.", Nearest.Hint(key.Text, keys));
    }

    public string Missing(YamlMap map, string key, string hint)
    {
        Diagnostics.Add(ScenarioRules.MissingKey.At(path, map.Line, map.Column, $"`{key}` is missing.", hint));
        return "";
    }

    public void Report(DiagnosticRule rule, YamlNode at, string reason, string? hint = null) =>
        Diagnostics.Add(rule.At(path, at.Line, at.Column, reason, string.IsNullOrEmpty(hint) ? null : hint));
}

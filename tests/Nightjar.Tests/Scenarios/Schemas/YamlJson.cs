using System.Globalization;
using System.Text.Json.Nodes;
using Nightjar.Knowledge;

namespace Nightjar.Tests.Scenarios.Schemas;

/// <summary>YAML as an editor sees it: plain scalars have the types of the core schema.</summary>
internal static class YamlJson
{
    public static JsonNode? Read(string text)
    {
        var diagnostics = new List<Diagnostic>();
        var root = YamlText.Parse("t.yml", text, diagnostics);
        Assert(diagnostics);
        return root is null ? null : Of(root);
    }

    private static void Assert(List<Diagnostic> diagnostics) => Xunit.Assert.Empty(diagnostics.Select(item => item.ToString()));

    private static JsonNode? Of(YamlNode node) => node switch
    {
        YamlMap map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Text, Of(entry.Value)))),
        YamlList list => new JsonArray([.. list.Items.Select(Of)]),
        YamlScalar { IsPlain: true, Text: "true" or "false" } flag => flag.Text == "true",
        YamlScalar { IsPlain: true, Text: "" or "null" or "~" } => null,
        YamlScalar { IsPlain: true } plain when long.TryParse(plain.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
        YamlScalar { IsPlain: true } plain when double.TryParse(plain.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        YamlScalar scalar => scalar.Text,
        _ => throw new InvalidOperationException(node.Shape),
    };
}

using Nightjar.Analytics.Reading;
using Nightjar.Knowledge;
using YamlDotNet.RepresentationModel;
using YamlNode = YamlDotNet.RepresentationModel.YamlNode;

namespace Nightjar.Analytics.Translation;

/// <summary>Turns a Sigma rule about single events into an analytic of one stage.</summary>
internal static class RuleTranslation
{
    /// <summary>Id of the only stage.</summary>
    public const string Stage = "event";

    public static YamlMappingNode Translate(SigmaRule rule, IReadOnlyList<SigmaRule> filters, AttackCatalog catalog)
    {
        var head = new RuleHead(rule, catalog);
        head.Complain("detection", "action");
        if (rule.Node.Get("action") is { } action)
            rule.Mistakes.Add(Rules.GivenUpSyntax, action, "`action` is of the rule collections of Sigma 1.", "Write the rule out in a document of its own.");
        var blocks = new DetectionBlocks(rule.Mistakes);
        var detection = blocks.Of(rule);
        var placeholders = new SortedSet<string>(blocks.Placeholders, StringComparer.Ordinal);
        YamlNode[] allow = [.. FilterTranslation.Allow(filters, Stage, placeholders)];
        var body = YamlTree.Map(
            ("uid", YamlTree.Text(rule.Uid)),
            ("version", YamlTree.Text(head.Version)),
            ("attack", head.Attack([])),
            ("platforms", Platforms(rule)),
            ("key", YamlTree.Texts(["device", "app_or_none"])),
            ("within", YamlTree.Text("1s")),
            ("tunables", head.Tunables(placeholders)),
            ("stages", YamlTree.List([YamlTree.Map(("id", YamlTree.Text(Stage)), ("title", YamlTree.Text(rule.Title.Length > 0 ? rule.Title : rule.Label)), ("detection", detection))])),
            ("allow", allow.Length == 0 ? null : YamlTree.List(allow)),
            ("score", YamlTree.Map(("base", new YamlScalarNode(RuleHead.Score(head.Level).ToString(System.Globalization.CultureInfo.InvariantCulture))))),
            ("finding", head.Finding(isPerApp: true, Stage)));
        return head.Analytic(head.Level, body);
    }

    /// <summary>The platforms of a rule whose log source names none; null when it names one.</summary>
    public static YamlNode? Platforms(SigmaRule rule) => Product(rule) is null ? YamlTree.Texts(["android", "ios"]) : null;

    /// <summary>The product of the log source; null when it names none.</summary>
    public static string? Product(SigmaRule rule) => (rule.Node.Get("logsource") as YamlMappingNode)?.TextOf("product");
}

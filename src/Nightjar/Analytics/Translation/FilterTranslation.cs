using YamlDotNet.RepresentationModel;

namespace Nightjar.Analytics.Translation;

/// <summary>Turns Sigma filters into the exceptions of the analytics whose rules they name.</summary>
internal static class FilterTranslation
{
    /// <summary>The filters that name a rule.</summary>
    public static IReadOnlyList<SigmaRule> For(SigmaRule rule, IEnumerable<SigmaRule> filters) =>
        [.. filters.Where(filter => References(filter).Any(reference => reference == "any" || rule.IsCalled(reference)))];

    /// <summary>What a filter names.</summary>
    public static IReadOnlyList<string> References(SigmaRule filter) => filter.Top.Map("filter")?.Texts("rules") ?? [];

    /// <summary>The exceptions of a stage.</summary>
    /// <param name="filters">The filters of its rule.</param>
    /// <param name="stage">Its id.</param>
    /// <param name="placeholders">Takes the names of placeholders.</param>
    public static IEnumerable<YamlNode> Allow(IReadOnlyList<SigmaRule> filters, string stage, ISet<string> placeholders)
    {
        foreach (var filter in filters)
        {
            var blocks = new DetectionBlocks(filter.Mistakes);
            var detection = blocks.Of(filter);
            placeholders.UnionWith(blocks.Placeholders);
            yield return YamlTree.Map(
                ("name", YamlTree.Text($"{stage}_{SigmaText.Identifier(filter.Name ?? filter.Title, "filter")}")),
                ("reason", YamlTree.Text(SigmaText.Escaped(filter.Node.TextOf("description") ?? filter.Title))),
                ("stages", YamlTree.Texts([stage])),
                ("detection", detection));
        }
    }
}

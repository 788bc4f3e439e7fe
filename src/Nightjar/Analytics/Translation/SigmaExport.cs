using Nightjar.Analytics.Plan;
using Nightjar.Analytics.Reading;
using YamlDotNet.RepresentationModel;

namespace Nightjar.Analytics.Translation;

/// <summary>What an analytic is in Sigma.</summary>
/// <param name="Uid">Its uid.</param>
/// <param name="Type"><c>rule</c>, or the type of the correlation that it would be.</param>
/// <param name="Text">The rules, with the correlation over them where there is one; null when it is not portable.</param>
/// <param name="Reasons">Why it is not portable; none when it is.</param>
/// <param name="Remarks">What Sigma has no place for; it does not decide whether something is found.</param>
public sealed record SigmaExportResult(string Uid, string Type, string? Text, IReadOnlyList<string> Reasons, IReadOnlyList<string> Remarks)
{
    public bool IsPortable => Reasons.Count == 0;
}

/// <summary>Writes analytics as rules and correlations of Sigma, where Sigma can say what they say.</summary>
public static class SigmaExport
{
    /// <summary>The analytics of a file. Rules of Sigma in it are passed over: they are portable as they stand.</summary>
    public static IReadOnlyList<SigmaExportResult> Export(AnalyticSource source)
    {
        var documents = YamlReading.Parse(source.Text, new Mistakes(source.Path));
        return [.. documents.Select(document => document.Node).Where(node => node.Get("analytic") is YamlMappingNode).Select(One)];
    }

    private static SigmaExportResult One(YamlMappingNode top)
    {
        var portability = new Portability(top);
        var uid = (top.Get("analytic") as YamlMappingNode)?.TextOf("uid") ?? "";
        var text = portability.Reasons.Count == 0 ? YamlTree.Write([.. new ExportedRules(top, uid, portability).Documents()]) : null;
        return new SigmaExportResult(uid, portability.Type, text, portability.Reasons, portability.Remarks);
    }
}

/// <summary>The documents of one portable analytic.</summary>
internal sealed class ExportedRules(YamlMappingNode top, string uid, Portability portability)
{
    private static readonly string[] Head = ["title", "id", "related", "status", "description", "license", "references", "author", "date", "modified", "tags"];
    private static readonly string[] Tail = ["falsepositives", "level"];
    private static readonly string[] Words = ["gte", "lte", "gt", "lt", "eq", "neq"];

    private readonly YamlMappingNode _body = (YamlMappingNode)top.Get("analytic")!;

    public IEnumerable<YamlNode> Documents()
    {
        if (portability.Type == "rule")
        {
            yield return Rule();
        }
        else
        {
            yield return Correlation();
            foreach (var (name, stage, block) in Ground()) yield return GroundRule(name, stage, block);
        }
        foreach (var allow in (_body.Get("allow") as YamlSequenceNode)?.Children.OfType<YamlMappingNode>() ?? []) yield return Filter(allow);
    }

    private YamlMappingNode Rule()
    {
        var stage = portability.Stages[0];
        return YamlTree.Map(
        [
            .. Kept(Head), ("name", YamlTree.Text(top.TextOf("name") ?? NameOf(stage, 0))), ("taxonomy", YamlTree.Text("ocsf")), ("logsource", LogSource()),
            ("detection", Named(Portability.Blocks(stage)[0])), ("fields", top.Get("fields")), .. Kept(Tail),
        ]);
    }

    // Sigma's rule is about records that name no app as well.
    private YamlMappingNode Named(YamlMappingNode block)
    {
        if (!portability.IsPerApp || block.Get("condition") is not YamlScalarNode { Value: { } condition }) return block;
        var named = YamlTree.Map(("_app", YamlTree.Map(("actor.app_uid|exists", new YamlScalarNode("true")))));
        foreach (var (key, value) in block.Children)
        {
            if (key is not YamlScalarNode { Value: "condition" }) named.Add(key, value);
        }
        named.Add("condition", $"_app and ({condition})");
        return named;
    }

    private IEnumerable<(string Name, YamlMappingNode Stage, YamlMappingNode Block)> Ground() =>
        portability.Stages.SelectMany(stage => Portability.Blocks(stage).Select((block, index) => (NameOf(stage, index), stage, block)));

    private YamlMappingNode GroundRule(string name, YamlMappingNode stage, YamlMappingNode block) => YamlTree.Map(
        ("title", YamlTree.Text(stage.TextOf("title") ?? stage.TextOf("id") ?? name)), ("name", YamlTree.Text(name)), ("taxonomy", YamlTree.Text("ocsf")),
        ("logsource", LogSource()), ("detection", block));

    private YamlMappingNode Correlation() => YamlTree.Map(
    [
        .. Kept(Head), ("taxonomy", YamlTree.Text("ocsf")),
        ("correlation", YamlTree.Map(
            ("type", YamlTree.Text(portability.Type)),
            ("rules", YamlTree.List(Ground().Select(item => YamlTree.Text(item.Name)))),
            ("group-by", YamlTree.List(GroupBy().Select(YamlTree.Text))),
            ("timespan", YamlTree.Text(portability.Timespan!)),
            ("aliases", Aliases()),
            ("condition", Condition()))),
        .. Kept(Tail),
    ]);

    private IEnumerable<string> GroupBy()
    {
        yield return "device.uid";
        if (portability.Key is not ["device"]) yield return "actor.app_uid";
        foreach (var item in (_body.Get("group") as YamlSequenceNode)?.Children ?? [])
            yield return item is YamlMappingNode map ? map.TextOf("name") ?? "" : (item as YamlScalarNode)?.Value ?? "";
    }

    private YamlMappingNode? Aliases()
    {
        var aliases = new YamlMappingNode();
        foreach (var map in (_body.Get("group") as YamlSequenceNode)?.Children.OfType<YamlMappingNode>() ?? [])
        {
            var fields = new YamlMappingNode();
            foreach (var stage in portability.Stages)
            {
                if ((map.Get("of") as YamlMappingNode)?.TextOf(stage.TextOf("id") ?? "") is { } field) fields.Add(NameOf(stage, 0), YamlTree.Text(field));
            }
            aliases.Add(map.TextOf("name") ?? "", fields);
        }
        return aliases.Children.Count == 0 ? null : aliases;
    }

    private YamlMappingNode? Condition()
    {
        if (portability.Stages.Count > 1) return null;
        if (portability.Require is not [var measure]) return YamlTree.Map(("gte", new YamlScalarNode("1")));
        var figure = measure.Children.Values.OfType<YamlMappingNode>().FirstOrDefault();
        // One of "at least one" asks for another beside the first.
        if (figure is null) return YamlTree.Map(("gte", new YamlScalarNode(portability.Resolved(measure.TextOf("at_least") ?? "1") is var least && least == "1" ? "2" : least)));
        var limits = Bounds.Words.Select((word, index) => (Words[index], figure.TextOf(word) is { } bound ? (YamlNode)new YamlScalarNode(portability.Resolved(bound)) : null));
        var fields = Portability.Texts(figure.Get("of"));
        YamlNode? field = fields.Count switch { 0 => null, 1 => YamlTree.Text(fields[0]), _ => YamlTree.Texts(fields) };
        var percentile = portability.Type == "value_percentile" ? new YamlScalarNode(portability.Resolved(figure.TextOf("at") ?? "50")) : null;
        return YamlTree.Map([("field", field), ("percentile", percentile), .. limits]);
    }

    private YamlMappingNode Filter(YamlMappingNode allow)
    {
        var stages = Portability.Texts(allow.Get("stages"));
        var rules = Ground().Where(item => stages.Count == 0 || stages.Contains(item.Stage.TextOf("id") ?? "", StringComparer.Ordinal)).Select(item => YamlTree.Text(item.Name));
        var filter = YamlTree.Map(("rules", YamlTree.List(portability.Type == "rule" ? [YamlTree.Text(top.TextOf("name") ?? NameOf(portability.Stages[0], 0))] : rules)));
        foreach (var (key, value) in (allow.Get("detection") as YamlMappingNode ?? []).Children) filter.Add(key, value);
        return YamlTree.Map(
            ("title", YamlTree.Text(allow.TextOf("name") ?? "Exception")), ("description", YamlTree.Text(allow.TextOf("reason") ?? "")), ("logsource", LogSource()), ("filter", filter));
    }

    private YamlMappingNode LogSource()
    {
        var source = top.Get("logsource") as YamlMappingNode ?? [];
        var platforms = Portability.Texts(_body.Get("platforms"));
        var product = platforms.Count switch { 0 => source.TextOf("product"), 1 => platforms[0], _ => null };
        // A log source that stands for a class would narrow detections that name none.
        var saysClass = portability.Stages.SelectMany(Portability.Blocks).All(block => Portability.Keys(block).Contains("class_uid", StringComparer.Ordinal));
        if (!saysClass && SigmaTerms.Selection(source) is not null) source = [];
        return YamlTree.Map(
            ("product", product is null ? null : YamlTree.Text(product)), ("category", source.Get("category")), ("service", source.Get("service")), ("definition", source.Get("definition")));
    }

    private IEnumerable<(string, YamlNode?)> Kept(string[] keys) => keys.Select(key => (key, top.Get(key)));

    private string NameOf(YamlMappingNode stage, int block) =>
        SigmaText.Slug($"{uid} {stage.TextOf("id")}{(block > 0 ? $" {block + 1}" : "")}", '_');
}

using Nightjar.Analytics.Plan;
using Nightjar.Analytics.Sigma;
using Nightjar.Analytics.Where;

namespace Nightjar.Analytics.Reading;

/// <summary>Reads the <c>stages</c> and <c>allow</c> of an analytic.</summary>
internal sealed class StageReading(Names names, GroupReading group, Mistakes mistakes)
{
    /// <summary>A stage as written, with what belongs to the chain and the score.</summary>
    public sealed record Draft(YamlMap Map, string Id, string Title, bool IsOptional, YamlMap? Absent)
    {
        /// <summary>Reports keys that are unknown, and those that only an optional stage has.</summary>
        public void Close(Mistakes mistakes)
        {
            string[] ofOptional = ["score", "reason", .. MeasureReading.Keys];
            Map.Close([.. ofOptional, "optional", "absent"]);
            if (IsOptional) return;
            foreach (var (key, value) in Map.Entries.Where(entry => ofOptional.Contains(entry.Key, StringComparer.Ordinal)))
                mistakes.Add(Rules.UnknownKey, value, $"`{key}` belongs to an optional stage, and `{Id}` is none.", "Add `optional: true`, or measure in `score.add` or `require`.");
        }
    }

    /// <summary>Whose events may count for a stage.</summary>
    public static readonly string[] Apps = ["same", "same_or_unnamed", "other"];

    private sealed record Exception(AllowEntry Entry, TruthNode Node);

    private readonly List<Exception> _exceptions = [];

    public IReadOnlyList<AllowEntry> Allow => [.. _exceptions.Select(item => item.Entry)];

    /// <summary>Ids and titles only; conditions follow when all ids are known.</summary>
    public static List<Draft> Drafts(YamlMap analytic, Mistakes mistakes)
    {
        var drafts = new List<Draft>();
        foreach (var map in analytic.Maps("stages"))
        {
            var id = map.RequireText("id");
            if (drafts.Any(draft => draft.Id == id)) mistakes.Add(Rules.DuplicateName, map.Node, $"`{id}` is the id of another stage too.");
            drafts.Add(new Draft(map, id, map.Text("title") ?? id, map.Flag("optional"), map.Map("absent")));
        }
        if (drafts.Count == 0) mistakes.Add(Rules.NoStage, analytic.Node, "There is no stage.");
        return drafts;
    }

    public void ReadAllow(YamlMap analytic)
    {
        foreach (var map in analytic.Maps("allow"))
        {
            var name = map.RequireText("name");
            var reason = map.Text("reason") ?? "";
            if (reason.Length == 0) mistakes.Add(Rules.MissingReason, map.Node, $"`{name}` has no reason.", "Say in one sentence why this is not the behaviour.");
            var stages = map.Texts("stages");
            foreach (var stage in stages.Where(stage => !names.Stages.Contains(stage)))
                mistakes.Add(Rules.UnknownStage, map.Node, $"`{stage}` is no stage.", Nearest.Hint(stage, names.Stages));
            var node = AllOf.Of([.. Parts(map, names.At(_ => true)).Select(part => part.Node)]);
            map.Close();
            _exceptions.Add(new Exception(new AllowEntry(name, reason, stages), new Negation(new IsTrue(node))));
        }
    }

    public Stage Read(Draft draft, int index)
    {
        var stage = new Stage
        {
            Id = draft.Id,
            Index = index,
            Title = draft.Title,
            Parts =
            [
                .. Parts(draft.Map, names.At(other => other != index)),
                .. group.Parts(index),
                .. _exceptions.Where(item => item.Entry.Stages.Count == 0 || item.Entry.Stages.Contains(draft.Id))
                    .Select(item => new StagePart(StagePartKind.Exception, item.Entry.Name, item.Node)),
            ],
            SameGroup = group.IsEmpty ? [] : [.. Enumerable.Range(0, names.Stages.Count).Select(other => group.Same(index, other))],
            App = App(draft.Map),
        };
        // Somebody may set a value for which a stage, or the whole analytic, is to see nothing.
        if (stage.Reach.IsEmpty && names.Tunables.All(item => item.Value == item.Default)) mistakes.Add(Rules.UnreachableStage, draft.Map.Node, $"No event can match `{draft.Id}`.");
        return stage;
    }

    private AppRule App(YamlMap map)
    {
        var text = map.Text("app") ?? "same";
        AppRule? rule = text switch { "same" => AppRule.Same, "same_or_unnamed" => AppRule.SameOrUnnamed, "other" => AppRule.Other, _ => null };
        if (rule is null) mistakes.Add(Rules.BadValue, map.Get("app"), $"`{text}` is not known.", "Write `same`, `same_or_unnamed` or `other`.");
        return rule ?? AppRule.Same;
    }

    // One Sigma block, or several of which one suffices.
    private TruthNode Detection(YamlMap map)
    {
        var blocks = map.Get("detection") is YamlDotNet.RepresentationModel.YamlSequenceNode ? map.Maps("detection") : map.Map("detection") is { } one ? [one] : [];
        TruthNode[] nodes = [.. blocks.Select(block => new SigmaCompiler(names.Symbols, names.Expand, mistakes).Compile(block))];
        return nodes.Length == 0 ? ConstantTruth.True : AnyOf.Of(nodes);
    }

    private List<StagePart> Parts(YamlMap map, Names place)
    {
        var parts = new List<StagePart>();
        if (map.Get("detection") is not null) parts.Add(new StagePart(StagePartKind.Detection, "detection", Detection(map)));
        foreach (var node in map.List("where"))
        {
            if (node is YamlDotNet.RepresentationModel.YamlScalarNode { Value: { } text })
                parts.Add(new StagePart(StagePartKind.Where, text, Binder.Condition(text, mistakes.Place(node), place, mistakes)));
        }
        if (parts.Count == 0) mistakes.Add(Rules.MissingKey, map.Node, "Neither `detection` nor `where` is there.");
        return parts;
    }
}

using Nightjar.Analytics.Plan;
using Nightjar.Analytics.Sigma;
using Nightjar.Analytics.Where;
using Nightjar.Events;

namespace Nightjar.Analytics.Reading;

/// <summary>Reads the <c>stages</c> and <c>allow</c> of an analytic.</summary>
internal sealed class StageReading(Names names, Mistakes mistakes)
{
    /// <summary>A stage as written, with what belongs to the chain and the score.</summary>
    public sealed record Draft(YamlMap Map, string Id, string Title, bool IsOptional, YamlMap? Absent);

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
            var node = Condition(map, names.At(_ => true), required: true);
            map.Close();
            _exceptions.Add(new Exception(new AllowEntry(name, reason, stages), new Negation(new IsTrue(node))));
        }
    }

    public Stage Read(Draft draft, int index)
    {
        var place = names.At(other => other != index);
        var whole = new List<TruthNode> { Condition(draft.Map, place, required: true) };
        whole.AddRange(_exceptions.Where(item => item.Entry.Stages.Count == 0 || item.Entry.Stages.Contains(draft.Id)).Select(item => item.Node));
        var parts = whole.SelectMany(node => node is AllOf all ? all.Parts : [node]).ToList();
        var own = AllOf.Of([.. parts.Where(part => part.Looks == 0)]);
        var join = parts.Where(part => part.Looks != 0).ToArray();
        return new Stage
        {
            Id = draft.Id,
            Index = index,
            Title = draft.Title,
            Own = own,
            Joins = join,
            App = App(draft.Map),
            Components = ComponentsOf(own, draft),
        };
    }

    private AppRule App(YamlMap map)
    {
        var text = map.Text("app") ?? "same";
        AppRule? rule = text switch { "same" => AppRule.Same, "same_or_unnamed" => AppRule.SameOrUnnamed, "other" => AppRule.Other, _ => null };
        if (rule is null) mistakes.Add(Rules.BadValue, map.Get("app"), $"`{text}` is not known.", "Write `same`, `same_or_unnamed` or `other`.");
        return rule ?? AppRule.Same;
    }

    private TruthNode Condition(YamlMap map, Names place, bool required)
    {
        var parts = new List<TruthNode>();
        if (map.Map("detection") is { } detection) parts.Add(new SigmaCompiler(names.Symbols, names.Expand, mistakes).Compile(detection));
        foreach (var node in map.List("where"))
        {
            if (node is YamlDotNet.RepresentationModel.YamlScalarNode { Value: { } text })
                parts.Add(Binder.Condition(text, YamlPlace.Of(mistakes.File, node), place, mistakes));
        }
        if (required && parts.Count == 0) mistakes.Add(Rules.MissingKey, map.Node, "Neither `detection` nor `where` is there.");
        return AllOf.Of([.. parts.SelectMany(part => part is AllOf all ? all.Parts : [part])]);
    }

    private DataComponents ComponentsOf(TruthNode own, Draft draft)
    {
        var components = DataComponents.None;
        var reachable = false;
        for (var eventClass = 0; eventClass < EventClasses.Count; eventClass++)
        {
            for (var activity = 0; activity <= 99; activity++)
            {
                if (own.Could((EventClass)eventClass, activity) == Tri.False) continue;
                reachable = true;
                components |= EventClasses.Components((EventClass)eventClass, activity);
            }
        }
        if (!reachable) mistakes.Add(Rules.UnreachableStage, draft.Map.Node, $"No event can match `{draft.Id}`.");
        return components;
    }
}

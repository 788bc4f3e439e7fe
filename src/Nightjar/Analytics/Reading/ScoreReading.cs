using Nightjar.Analytics.Plan;
using Nightjar.Analytics.Where;
using Nightjar.Events;
using YamlDotNet.RepresentationModel;

namespace Nightjar.Analytics.Reading;

/// <summary>Reads the <c>chains</c> and the <c>score</c> of an analytic.</summary>
internal sealed class ScoreReading(Names names, IReadOnlyList<StageReading.Draft> drafts, Mistakes mistakes)
{
    public static Thresholds Thresholds(YamlMap? score, YamlMap analytic, Mistakes mistakes)
    {
        var result = new Thresholds(score?.Whole("low", 1, 100) ?? 30, score?.Whole("medium", 1, 100) ?? 50, score?.Whole("high", 1, 100) ?? 75);
        if (result.Low > result.Medium || result.Medium > result.High)
            mistakes.Add(Rules.BadScore, (score ?? analytic).Node, "The thresholds low, medium and high must ascend.");
        return result;
    }

    /// <summary>The chains; without any, the required stages in their order are the one chain.</summary>
    public List<Chain> Chains(YamlMap analytic, YamlMap? score)
    {
        var chains = new List<Chain>();
        foreach (var map in analytic.Maps("chains"))
        {
            var stages = Indexes(map, "stages");
            if (stages.Length == 0) mistakes.Add(Rules.NoStage, map.Node, "A chain needs stages.");
            chains.Add(new Chain(map.RequireText("name"), stages, IsOrdered(map), map.Whole("score", 0, 100) ?? 0, Indexes(map, "when_blind"), Indexes(map, "unless")));
            map.Close();
        }
        var basis = score?.Whole("base", 0, 100);
        if (chains.Count > 0) return chains;
        int[] required = [.. Enumerable.Range(0, drafts.Count).Where(index => !drafts[index].IsOptional && drafts[index].Absent is null)];
        if (required.Length == 0) mistakes.Add(Rules.NoStage, analytic.Node, "Every stage is optional or absent.");
        return [new Chain("all", required, IsOrdered(analytic), basis ?? 0, [], [])];
    }

    public List<Absence> Absences() =>
        [.. drafts.Select((draft, index) => (draft, index)).Where(item => item.draft.Absent is not null).Select(item =>
        {
            var absence = new Absence(item.index, Index(item.draft.Absent!, "after"), Index(item.draft.Absent!, "before"));
            item.draft.Absent!.Close();
            return absence;
        })];

    public List<Addition> Additions(YamlMap? score)
    {
        var additions = new List<Addition>();
        for (var index = 0; index < drafts.Count; index++)
        {
            if (drafts[index].IsOptional && drafts[index].Map.Whole("score", 0, 100) is { } points) additions.Add(OfStage(index, points));
        }
        foreach (var map in score?.Maps("add") ?? [])
        {
            additions.Add(One(map));
            map.Close();
        }
        foreach (var twice in additions.GroupBy(item => item.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
            mistakes.Add(Rules.DuplicateName, score?.Node, $"`{twice.Key}` is added twice.");
        return additions;
    }

    private Addition OfStage(int index, int points)
    {
        var map = drafts[index].Map;
        return new Addition
        {
            Name = drafts[index].Id, Points = points, Reason = map.Text("reason") ?? drafts[index].Title, Stage = index,
            After = Index(map, "after"), Before = Index(map, "before"), AtLeast = map.Whole("at_least", 1, 1000) ?? 1,
        };
    }

    private Addition One(YamlMap map)
    {
        var when = map.Get("when");
        var join = map.Get("where");
        var stage = Index(map, "stage");
        var addition = new Addition
        {
            Name = map.RequireText("name"),
            Points = map.Whole("points", 0, 100) ?? 0,
            Reason = map.RequireText("reason"),
            When = Condition(when),
            At = map.Text("at") == "any" ? -1 : map.Get("at") is null ? -1 : Index(map, "at"),
            Stage = stage,
            Join = Condition(join),
            AtLeast = AtLeast(map),
            After = Index(map, "after"),
            Before = Index(map, "before"),
        };
        if (when is null == stage < 0) mistakes.Add(Rules.MissingKey, map.Node, "Either `when` or `stage` must be there.");
        return addition;
    }

    private int AtLeast(YamlMap map)
    {
        if (map.Text("at_least") is not { } text) return 1;
        var count = Binder.Constant(text, YamlPlace.Of(mistakes.File, map.Node), names, mistakes) ?? 1;
        if (count is >= 1 and <= 1000 && count == Math.Floor(count)) return (int)count;
        mistakes.Add(Rules.BadValue, map.Node, "`at_least` must be a whole number from 1 to 1000.");
        return 1;
    }

    private TruthNode? Condition(YamlNode? node) =>
        node is YamlScalarNode { Value: { } text } ? Binder.Condition(text, YamlPlace.Of(mistakes.File, node), names.At(_ => true), mistakes) : null;

    private bool IsOrdered(YamlMap map)
    {
        var order = map.Text("order") ?? "sequence";
        if (order is not ("sequence" or "any")) mistakes.Add(Rules.BadValue, map.Get("order"), $"`{order}` is not known.", "Write `sequence` or `any`.");
        return order != "any";
    }

    private int[] Indexes(YamlMap map, string key) =>
        [.. map.Texts(key).Select(name => Find(name, map)).Where(index => index >= 0)];

    private int Index(YamlMap map, string key) => map.Text(key) is { } name ? Find(name, map) : -1;

    private int Find(string name, YamlMap map)
    {
        for (var index = 0; index < drafts.Count; index++)
        {
            if (drafts[index].Id == name) return index;
        }
        mistakes.Add(Rules.UnknownStage, map.Node, $"`{name}` is no stage.", Nearest.Hint(name, names.Stages));
        return -1;
    }
}

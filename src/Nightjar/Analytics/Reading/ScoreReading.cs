using Nightjar.Analytics.Plan;
using Nightjar.Analytics.Where;
using Nightjar.Events;
using YamlDotNet.RepresentationModel;

namespace Nightjar.Analytics.Reading;

/// <summary>Reads the <c>chains</c> and the <c>score</c> of an analytic.</summary>
internal sealed class ScoreReading(Names names, IReadOnlyList<StageReading.Draft> drafts, Mistakes mistakes)
{
    /// <summary>Whether the order of stages matters.</summary>
    public static readonly string[] Orders = ["sequence", "any"];

    private readonly MeasureReading _measures = new(names, drafts, mistakes);

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
            chains.Add(new Chain(map.RequireText("name"), stages, IsOrdered(map), map.Whole("score", 0, 100) ?? 0, Indexes(map, "when_blind"), Indexes(map, "unless"), Require(map)));
            map.Close();
        }
        var basis = score?.Whole("base", 0, 100);
        if (chains.Count > 0) return chains;
        int[] required = [.. Enumerable.Range(0, drafts.Count).Where(index => !drafts[index].IsOptional && drafts[index].Absent is null)];
        if (required.Length == 0) mistakes.Add(Rules.NoStage, analytic.Node, "Every stage is optional or absent.");
        return [new Chain("all", required, IsOrdered(analytic), basis ?? 0, [], [], Require(analytic))];
    }

    public List<Absence> Absences()
    {
        var absences = new List<Absence>();
        for (var index = 0; index < drafts.Count; index++)
        {
            if (drafts[index].Absent is not { } map) continue;
            absences.Add(new Absence(index, Index(map, "after"), Index(map, "before")));
            map.Close();
        }
        return absences;
    }

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
            Name = drafts[index].Id, Points = points, Reason = map.Text("reason") ?? drafts[index].Title,
            Measure = _measures.Read(map, index),
        };
    }

    private Addition One(YamlMap map)
    {
        var when = map.Get("when");
        var addition = new Addition
        {
            Name = map.RequireText("name"),
            Points = map.Whole("points", 0, 100) ?? 0,
            Reason = map.RequireText("reason"),
            When = Condition(when),
            At = map.Get("at") is null || map.Text("at") == "any" ? -1 : Index(map, "at"),
            Measure = map.Get("stage") is null ? null : _measures.Read(map, Index(map, "stage")),
        };
        if (when is null == addition.Measure is null) mistakes.Add(Rules.MissingKey, map.Node, "Either `when` or `stage` must be there.");
        return addition;
    }

    private TruthNode? Condition(YamlNode? node) =>
        node is YamlScalarNode { Value: { } text } ? Binder.Condition(text, mistakes.Place(node), names.At(_ => true), mistakes) : null;

    private Measure[] Require(YamlMap map) =>
        [.. map.Maps("require").Select(item =>
        {
            var measure = _measures.Read(item, Index(item, "stage"));
            item.Close();
            return measure;
        }).Where(measure => measure.Stage >= 0)];

    private bool IsOrdered(YamlMap map)
    {
        var order = map.Text("order") ?? "sequence";
        if (!Orders.Contains(order, StringComparer.Ordinal)) mistakes.Add(Rules.BadValue, map.Get("order"), $"`{order}` is not known.", "Write `sequence` or `any`.");
        return order != "any";
    }

    private int[] Indexes(YamlMap map, string key) =>
        [.. map.Texts(key).Select(name => Find(name, map)).Where(index => index >= 0)];

    private int Index(YamlMap map, string key) => map.Text(key) is { } name ? Find(name, map) : -1;

    private int Find(string name, YamlMap map) => _measures.Find(name, map);
}

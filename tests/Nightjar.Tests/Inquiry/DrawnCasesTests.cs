using System.Text;
using Nightjar.Analytics;
using Nightjar.Analytics.Plan;
using Nightjar.Events;
using Nightjar.Inquiry;
using Xunit;

namespace Nightjar.Tests.Inquiry;

/// <summary>What is drawn is worth drawing: there are findings, and every construct of the language decides some of the cases.</summary>
public sealed class DrawnCasesTests
{
    private const int Cases = 3000;

    private readonly Bench _bench = new();
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

    [Fact]
    public void Every_construct_decides_some_of_the_cases()
    {
        for (var seed = 0; seed < Cases; seed++) Count(new Drawing(seed).Case());
        (string What, int Least)[] floors =
        [
            ("loaded", Cases * 9 / 10), ("finding", Cases / 4), ("ordered", 300), ("any order", 150), ("three stages", 60), ("device key", 60), ("several completions", 60), ("connection", 25), ("unnamed", 60), ("other app", 10),
            ("skew", 30), ("tie", 100), ("interval", 60), ("join", 100), ("blind chain", 8), ("blind stage", 60), ("absent", 20), ("unless", 10), ("require not met", 20), ("require met", 15),
            ("optional", 40), ("measure", 100), ("distinct", 10), ("sum", 5), ("ratio", 5), ("variation", 5), ("period", 3), ("rate", 10), ("over", 20), ("condition", 60), ("unknown condition", 60),
            ("allow", 15), ("limit", 15), ("below threshold", 5), ("folded", 60), ("several", 60), ("evidence cut", 20), ("repeat", 60), ("two devices", 100), ("saved", 300), ("shards", 600),
            ("count", 10), ("average", 3), ("percentile", 3), ("per", 10), ("group", 15), ("unnamed key", 10), ("tumbling", 60), ("window closed", 15),
        ];
        var told = new StringBuilder();
        foreach (var (what, least) in floors.Where(floor => _seen.GetValueOrDefault(floor.What) < floor.Least)) told.AppendLine($"{what}: {_seen.GetValueOrDefault(what)}, not {least}");
        Assert.True(told.Length == 0, told + "\n" + string.Join('\n', _seen.Select(pair => $"{pair.Key} {pair.Value}")));
    }

    private void Count(CaseModel item)
    {
        if (_bench.Load(item.Analytic, out _) is not { } analytic) return;
        var seen = new HashSet<string>(StringComparer.Ordinal) { "loaded" };
        if (item.Stream.SaveAt >= 0) seen.Add("saved");
        if (item.Stream.Shards > 1) seen.Add("shards");
        var rulings = _bench.Rulings(analytic, item.Stream);
        if (rulings.Count > 0) seen.Add("finding");
        if (rulings.Select(ruling => ruling.Device).Distinct().Count() > 1) seen.Add("two devices");
        if (rulings.Any(ruling => ruling.Stages.Any(stage => stage.State == Nightjar.Findings.StageState.NotObservable))) seen.Add("blind stage");
        if (rulings.Any(ruling => ruling.Count > ruling.Evidence.Count)) seen.Add("evidence cut");
        if (rulings.Count > 0 && item.Analytic.Allow.Length > 0 && rulings.Count != _bench.Rulings(_bench.Load(item.Analytic with { Allow = [] }, out _)!, item.Stream).Count) seen.Add("allow");
        foreach (var (_, evaluator) in _bench.Evaluators(analytic, item.Stream)) OfDevice(evaluator, seen);
        foreach (var what in seen) _seen[what] = _seen.GetValueOrDefault(what) + 1;
    }

    private static void OfDevice(Evaluator evaluator, HashSet<string> seen)
    {
        var analytic = evaluator.Analytic;
        if (evaluator.Memory.GivenUp > 0) seen.Add("limit");
        if (evaluator.Duplicates > 0) seen.Add("repeat");
        if (analytic.IsTumbling && evaluator.Apps.Any(app => evaluator.BeginningsOf(app).Count() < evaluator.Memory.Beginnings.Count(item => !analytic.CountsUnnamed || item.Seen.App == app))) seen.Add("window closed");
        foreach (var app in evaluator.Apps)
        {
            List<Weighed> matches = [.. evaluator.Matches(app)];
            foreach (var match in matches) OfMatch(analytic, match, evaluator.Reconstruct(evaluator.Analytic, app), seen);
            if (matches.Any(match => match.Score < analytic.Thresholds.Low)) seen.Add("below threshold");
            List<Case> cases = [.. evaluator.Cases(matches, app)];
            if (cases.Count > 1) seen.Add("several");
            if (cases.Any(item => item.Matches.Count > 1)) seen.Add("folded");
            foreach (var objection in Objections(evaluator, app)) seen.Add(objection.Measure is not null ? "require not met" : analytic.Absences.Any(item => item.Stage == objection.Stage) ? "absent" : "unless");
        }
    }

    private static IEnumerable<Objection> Objections(Evaluator evaluator, Symbol app)
    {
        var reconstruction = evaluator.Reconstruct(evaluator.Analytic, app);
        return from beginning in evaluator.Memory.Beginnings
               from chain in evaluator.Analytic.Chains
               where chain.IsOrdered ? chain.Stages[0] == beginning.Stage : chain.Stages.Contains(beginning.Stage)
               from way in reconstruction.Ways(chain, beginning).Take(4)
               from objection in reconstruction.Objections(way)
               select objection;
    }

    private static void OfMatch(Analytic analytic, Weighed match, Reconstruction reconstruction, HashSet<string> seen)
    {
        var (chain, events) = (match.Way.Chain, match.Way.InChain.ToList());
        seen.Add(chain.IsOrdered ? "ordered" : "any order");
        if (!analytic.IsPerApp) seen.Add("device key");
        if (analytic.IsTumbling) seen.Add("tumbling");
        if (analytic.CountsUnnamed && events.All(item => item.App.IsNone)) seen.Add("unnamed key");
        if (events.Count > 1 && chain.Stages.Any(stage => analytic.Stages[stage].SameGroup.Count > 0)) seen.Add("group");
        if (chain.Blind.Length > 0) seen.Add("blind chain");
        if (chain.Require.Length > 0) seen.Add("require met");
        if (events.Count > 2) seen.Add("three stages");
        if (analytic.IsPerApp && events.Any(item => item.App.IsNone)) seen.Add("unnamed");
        if (analytic.Select != MatchSelection.First && reconstruction.Matches(chain, match.Way.Beginning).Skip(1).Any()) seen.Add("several completions");
        if (match.Supporting.Any(item => item.Seen.Event.View.Has(FieldId.ConnectionUid))) seen.Add("connection");
        if (analytic.IsPerApp && chain.Stages.Any(stage => analytic.Stages[stage].App == AppRule.Other)) seen.Add("other app");
        if (chain.Stages.Any(stage => analytic.Stages[stage].Joins.Any(part => (part.Looks & ~chain.Bits) == 0))) seen.Add("join");
        if (events.Any(item => item.End > item.Time)) seen.Add("interval");
        foreach (var (earlier, later) in events.Zip(events.Skip(1)).Where(_ => chain.IsOrdered))
        {
            if (later.Time < earlier.Time) seen.Add("skew");
            if (later.Time == earlier.Time) seen.Add("tie");
        }
        foreach (var (addition, line) in analytic.Additions.Zip(match.Contributions.Skip(1)))
        {
            if (addition.Measure is { } measure && line.State == Tri.True) OfMeasure(addition.Name, measure, seen);
            else if (addition.Measure is null && line.State != Tri.False) seen.Add(line.State == Tri.True ? "condition" : "unknown condition");
        }
        foreach (var measure in chain.Require) OfMeasure("", measure, seen);
    }

    private static void OfMeasure(string name, Measure measure, HashSet<string> seen)
    {
        seen.Add(name.StartsWith('s') ? "optional" : "measure");
        if (measure.Distinct is not null) seen.Add("distinct");
        if (measure.Sum is not null) seen.Add("sum");
        if (measure.Ratio is not null) seen.Add("ratio");
        if (measure.Variation is not null) seen.Add("variation");
        if (measure.PeriodTolerance is not null) seen.Add("period");
        if (measure.Rate is not null) seen.Add("rate");
        if (measure.Over > TimeSpan.Zero) seen.Add("over");
        if (measure.Count is not null) seen.Add("count");
        if (measure.Average is not null) seen.Add("average");
        if (measure.Percentile is not null) seen.Add("percentile");
        if (measure.Per > TimeSpan.Zero) seen.Add("per");
    }
}

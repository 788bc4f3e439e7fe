using Nightjar.Analytics;
using Nightjar.Analytics.Plan;
using Nightjar.Findings;
using Nightjar.Scenarios.Running;

namespace Nightjar.Scenarios.Deriving;

/// <summary>The events by which one chain matched in a scenario, and every other that could have stood for them.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Stages">By position in the chain: the ids of the events.</param>
internal sealed record ChainEvents(Chain Chain, IReadOnlyList<IReadOnlySet<string>> Stages)
{
    private const int MaxRounds = 20;

    public IReadOnlySet<string> All { get; } = Stages.SelectMany(ids => ids).ToHashSet(StringComparer.Ordinal);

    /// <summary>The position in the chain of an event; −1 when it is none of the chain.</summary>
    public int PositionOf(string id)
    {
        for (var position = 0; position < Stages.Count; position++)
        {
            if (Stages[position].Contains(id)) return position;
        }
        return -1;
    }

    /// <summary>The analytic with this chain only, so that no other can explain what is left.</summary>
    public static Analytic Alone(Analytic analytic, Chain chain) => analytic with { Chains = [chain], Thresholds = new Thresholds(1, analytic.Thresholds.Medium, analytic.Thresholds.High) };

    /// <summary>The events of a chain in the making of a finding; null when the chain has no part in it.</summary>
    public static ChainEvents? Of(Stand stand, Analytic analytic, Chain chain, Trial trial, Finding about)
    {
        var alone = Alone(analytic, chain);
        var found = Found(stand, alone, trial, about);
        if (found.Count == 0) return null;
        return new ChainEvents(chain, [.. chain.Stages.Select(stage => Deepen(stand, alone, trial, about, analytic.Stages[stage].Id, Ids(found, analytic.Stages[stage].Id)))]);
    }

    // With the first one gone another may take its place; so on until nothing does.
    private static HashSet<string> Deepen(Stand stand, Analytic alone, Trial trial, Finding about, string stage, HashSet<string> ids)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var rest = trial with { Events = [.. trial.Events.Where(item => !ids.Contains(item.Id))] };
            var more = Ids(Found(stand, alone, rest, about), stage);
            if (more.Count == 0) break;
            ids.UnionWith(more);
        }
        return ids;
    }

    private static List<Finding> Found(Stand stand, Analytic alone, Trial trial, Finding about) =>
        [.. stand.Run(trial, alone).Where(item => item.Device.Uid == about.Device.Uid && item.App == about.App)];

    private static HashSet<string> Ids(IEnumerable<Finding> findings, string stage) =>
        findings.SelectMany(finding => finding.Evidence).Where(item => item.Stage == stage).Select(item => item.Event.Uid).ToHashSet(StringComparer.Ordinal);
}

using Nightjar.Analytics.Plan;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Engine;

/// <summary>One match of a chain: an event per stage, and what it is worth.</summary>
internal sealed class Match
{
    public required Chain Chain { get; init; }

    /// <summary>By index of stage; no event where the chain has none.</summary>
    public required Sighting[] Assigned { get; init; }

    /// <summary>The moment of decision: when the window of the first event closed.</summary>
    public required Instant Decided { get; init; }

    public int Score { get; set; }

    public List<Contribution> Contributions { get; } = [];

    /// <summary>Events that proved contributions, with the stage they are of.</summary>
    public List<(int Stage, StoredEvent Event)> Supporting { get; } = [];

    /// <summary>Begin of the earliest event of the chain.</summary>
    public Instant Start => Events.Min(item => item.Time);

    /// <summary>End of the latest event of the chain.</summary>
    public Instant End => Events.Max(item => item.End);

    /// <summary>The sightings of the chain, in its order.</summary>
    public IEnumerable<Sighting> Events => Chain.Stages.Select(stage => Assigned[stage]);
}

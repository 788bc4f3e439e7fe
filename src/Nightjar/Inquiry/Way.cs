using Nightjar.Analytics.Plan;
using Nightjar.Events;

namespace Nightjar.Inquiry;

/// <summary>One way to see a chain in the events: an event for each of its stages.</summary>
internal sealed class Way
{
    public Way(Chain chain, int stages, Beginning beginning, IEnumerable<(int Stage, SeenEvent Seen)> events)
    {
        Chain = chain;
        Beginning = beginning;
        Events = new SeenEvent?[stages];
        Stored = new StoredEvent?[stages];
        foreach (var (stage, seen) in events)
        {
            Events[stage] = seen;
            Stored[stage] = seen.Event;
        }
    }

    public Chain Chain { get; }

    public Beginning Beginning { get; }

    /// <summary>By index of stage; null where there is none.</summary>
    public SeenEvent?[] Events { get; }

    /// <summary>The same, for conditions that look at other stages.</summary>
    public StoredEvent?[] Stored { get; }

    /// <summary>The events in the order of the chain.</summary>
    public IEnumerable<SeenEvent> InChain => Chain.Stages.Select(stage => Events[stage]).OfType<SeenEvent>();

    public ulong Stages => Chain.Stages.Where(stage => Events[stage] is not null).Aggregate(0UL, (bits, stage) => bits | StageBit.Of(stage));

    /// <summary>The event that completes it: that of the last stage, or the last of all where no order is asked for.</summary>
    public SeenEvent Completion => Chain.IsOrdered ? Events[Chain.Stages[^1]]! : InChain.MaxBy(seen => seen.Number)!;

    public Instant Start => InChain.Min(seen => seen.Time);

    public Instant End => InChain.Max(seen => seen.End);

    /// <summary>The same with one event more.</summary>
    public Way With(int stage, SeenEvent seen) =>
        new(Chain, Events.Length, Beginning, Chain.Stages.Where(index => Events[index] is not null).Select(index => (index, Events[index]!)).Append((stage, seen)));
}

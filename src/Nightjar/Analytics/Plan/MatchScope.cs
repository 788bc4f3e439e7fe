using Nightjar.Events;

namespace Nightjar.Analytics.Plan;

/// <summary>What an expression may look at: the event, the moment, and the events that earlier stages took.</summary>
internal readonly ref struct MatchScope
{
    public readonly EventView Event;
    public readonly ref readonly Moment Moment;
    public readonly ReadOnlySpan<StoredEvent?> Stages;

    public MatchScope(EventView @event, ref readonly Moment moment, ReadOnlySpan<StoredEvent?> stages)
    {
        Event = @event;
        Moment = ref moment;
        Stages = stages;
    }
}

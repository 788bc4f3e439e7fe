using Nightjar.Events;

namespace Nightjar.Analytics.Plan;

/// <summary>What an expression may look at: the event, the moment, and the events that earlier stages took.</summary>
internal readonly ref struct MatchScope
{
    private readonly ref readonly Moment _moment;
    private readonly MomentSource? _source;

    public readonly EventView Event;
    public readonly ReadOnlySpan<StoredEvent?> Stages;

    public MatchScope(EventView @event, ref readonly Moment moment, ReadOnlySpan<StoredEvent?> stages)
    {
        Event = @event;
        _moment = ref moment;
        Stages = stages;
    }

    /// <summary>An event by itself, whose moment is made when it is first asked for.</summary>
    public MatchScope(EventView @event, MomentSource source)
    {
        Event = @event;
        _source = source;
        _moment = ref source.Moment;
    }

    /// <summary>What was known at the event.</summary>
    public ref readonly Moment Moment
    {
        get
        {
            _source?.Ensure(in Event);
            return ref _moment;
        }
    }
}

/// <summary>Makes the moment of an event when somebody asks for it: most events are of no stage, and most conditions do not look at the moment.</summary>
internal abstract class MomentSource
{
    private Moment _moment;
    private bool _isMade;

    /// <summary>The moment; what it holds counts once <see cref="Ensure"/> was called for the event.</summary>
    public ref Moment Moment => ref _moment;

    public void Ensure(in EventView view)
    {
        if (_isMade) return;
        _moment = Make(in view);
        _isMade = true;
    }

    protected abstract Moment Make(in EventView view);

    /// <summary>Another event is looked at.</summary>
    protected void Turn() => _isMade = false;
}

using Nightjar.Analytics.InForce;
using Nightjar.Analytics.Plan;
using Nightjar.Context;
using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>The event that the engine looks at: of whom it is, and its moment and its copy once somebody needs them.</summary>
internal sealed class EventAtHand : MomentSource
{
    private readonly int[] _places = [-1, -1, -1];
    private ValuesInForce _values = null!;

    public DeviceTrack Device { get; private set; } = null!;

    /// <summary>Null when the event names no app.</summary>
    public AppTrack? App { get; private set; }

    /// <summary>Its copy; null until a stage has taken it.</summary>
    public StoredEvent? Stored { get; set; }

    /// <summary>Which of the engine's events it is; −1 when none is at hand.</summary>
    public long Number { get; private set; } = -1;

    public void Take(DeviceTrack device, AppTrack? app, ValuesInForce values, long number)
    {
        Turn();
        (Device, App, _values) = (device, app, values);
        Leave();
        Number = number;
    }

    /// <summary>Nothing is at hand any more.</summary>
    public void Leave()
    {
        Number = -1;
        Stored = null;
        _places.AsSpan().Fill(-1);
    }

    /// <summary>Where its copy lies among the lone events of a span; −1 when there is none.</summary>
    public ref int PlaceIn(int span) => ref _places[span];

    protected override Moment Make(in EventView view)
    {
        var moment = Moments.Of(in view, Device, App);
        _values.Fill(ref moment);
        return moment;
    }
}

using Nightjar.Analytics.InForce;
using Nightjar.Analytics.Plan;
using Nightjar.Context;
using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>The event that the engine looks at: of whom it is, and its moment and its copy once somebody needs them.</summary>
internal sealed class EventAtHand : MomentSource
{
    private ValuesInForce _values = null!;

    public DeviceTrack Device { get; private set; } = null!;

    /// <summary>Null when the event names no app.</summary>
    public AppTrack? App { get; private set; }

    /// <summary>Its copy; null until a stage has taken it.</summary>
    public StoredEvent? Stored { get; set; }

    public void Take(DeviceTrack device, AppTrack? app, ValuesInForce values)
    {
        Turn();
        (Device, App, _values, Stored) = (device, app, values, null);
    }

    protected override Moment Make(in EventView view)
    {
        var moment = Moments.Of(in view, Device.Context, App?.Context);
        _values.Fill(ref moment);
        return moment;
    }
}

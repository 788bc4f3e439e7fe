using Nightjar.Analytics.InForce;
using Nightjar.Analytics.Plan;
using Nightjar.Context;
using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>An event that waited and is asked now: what was known at it, made once somebody needs it.</summary>
internal sealed class UnaskedAtHand : MomentSource
{
    private AppTrack _app = null!;
    private DeviceContext _device = null!;
    private MomentBox? _known;
    private ValuesInForce _values = null!;

    /// <param name="app">The app of the event.</param>
    /// <param name="known">What was known at the event; null where that is what is known of the app now.</param>
    /// <param name="device">What was known of its device.</param>
    /// <param name="values">What holds for its app.</param>
    public void Take(AppTrack app, MomentBox? known, DeviceContext device, ValuesInForce values)
    {
        Turn();
        (_app, _known, _device, _values) = (app, known, device, values);
    }

    protected override Moment Make(in EventView view)
    {
        if (_known is not null) return _known.Moment;
        var moment = Moments.Of(in view, _device, _app);
        _values.Fill(ref moment);
        return moment;
    }
}

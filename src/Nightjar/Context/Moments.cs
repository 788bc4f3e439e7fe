using Nightjar.Events;

namespace Nightjar.Context;

/// <summary>Joins what an event says of itself with what was known before it.</summary>
public static class Moments
{
    /// <summary>The moment of an event. What the event says wins; what nobody told stays unknown.</summary>
    /// <param name="view">The event.</param>
    /// <param name="device">Its device.</param>
    /// <param name="app">Its app; null when the event names none.</param>
    public static Moment Of(in EventView view, DeviceContext device, ApplicationContext? app)
    {
        var state = view.Header.State;
        var time = view.Header.Time;
        var moment = new Moment
        {
            Time = time,
            LastInteraction = device.LastInteraction,
            AppStateTold = state.AppState != AppState.Unknown ? time : app?.StateTold ?? Instant.Min,
            LockTold = state.IsDeviceLocked != Tri.Unknown ? time : device.LockTold,
            Installed = app?.Installed ?? Instant.Min,
            Updated = app?.Updated ?? Instant.Min,
            Drifts = app?.Drifts,
            Permissions = app?.Permissions,
            Version = Own(in view, FieldId.AppVersion, app?.Version ?? default),
            Category = Own(in view, FieldId.AppCategory, app?.Category ?? default),
            Signer = Own(in view, FieldId.AppSigner, app?.Signer ?? default),
        };
        if (state.IsDeviceLocked == Tri.Unknown) state.IsDeviceLocked = device.IsLocked;
        if (state.IsScreenOn == Tri.Unknown) state.IsScreenOn = device.IsScreenOn;
        if (state.IsManagedDevice == Tri.Unknown) state.IsManagedDevice = device.IsManaged;
        if (state.IsSupervised == Tri.Unknown) state.IsSupervised = device.IsSupervised;
        if (app is not null) Fill(ref state, app);
        moment.State = state;
        if (view.TryGetInteger(FieldId.LastUserInteraction, out var millis)) moment.LastInteraction = Later(moment.LastInteraction, Instant.FromMillis(millis));
        return moment;
    }

    private static void Fill(ref StateBits state, ApplicationContext app)
    {
        if (state.AppState == AppState.Unknown) state.AppState = app.State;
        if (state.IsManagedApp == Tri.Unknown) state.IsManagedApp = app.IsManaged;
        if (state.InstallSource == InstallSource.Unknown) state.InstallSource = app.Source;
    }

    private static Symbol Own(in EventView view, FieldId field, Symbol known) => view.Symbol(field) is { IsNone: false } own ? own : known;

    private static Instant Later(Instant a, Instant b) => a > b ? a : b;
}

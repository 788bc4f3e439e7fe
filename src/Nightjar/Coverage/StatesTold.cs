using Nightjar.Context;
using Nightjar.Events;

namespace Nightjar.Coverage;

/// <summary>Which facts of device and app an event tells, by the rules by which context is learned.</summary>
internal static class StatesTold
{
    // Activities of app lifecycle (contract §1).
    private const int Install = 1;
    private const int Stop = 4;
    private const int Update = 8;

    public static ToldFacts By(in EventView view)
    {
        ref readonly var header = ref view.Header;
        var told = header.State.Packed == 0 ? ToldFacts.None : OfState(header.State);
        if (view.Has(FieldId.LastUserInteraction)) told |= ToldFacts.Interaction;
        if (view.Has(FieldId.InstallerUid)) told |= ToldFacts.Installer;
        if (view.Has(FieldId.Permissions)) told |= ToldFacts.Permissions;
        return told | header.Class switch
        {
            EventClass.MobileState => OfMobileState(header.Activity),
            EventClass.ApplicationLifecycle => OfLifecycle(header.Activity),
            EventClass.UserAccess => ToldFacts.Permissions,
            _ => ToldFacts.None,
        };
    }

    /// <summary>True when the state of the event's app is known from now on; a state on another record holds for that record only.</summary>
    public static bool KeepsAppState(in EventHeader header) =>
        header.Class == EventClass.MobileState ? header.State.AppState != AppState.Unknown : header.Class == EventClass.ApplicationLifecycle && header.Activity == Stop;

    /// <summary>True when it is known from now on whether the device is locked.</summary>
    public static bool KeepsLock(in EventHeader header) =>
        header.Class == EventClass.MobileState && (header.Activity is MobileStateActivity.Lock or MobileStateActivity.Unlock || header.State.IsDeviceLocked != Tri.Unknown);

    private static ToldFacts OfState(StateBits state)
    {
        var told = ToldFacts.None;
        if (state.AppState != AppState.Unknown) told |= ToldFacts.AppState;
        if (state.IsDeviceLocked != Tri.Unknown) told |= ToldFacts.Lock;
        if (state.IsScreenOn != Tri.Unknown) told |= ToldFacts.Screen;
        if (state.IsManagedApp != Tri.Unknown) told |= ToldFacts.ManagedApp;
        if (state.IsManagedDevice != Tri.Unknown) told |= ToldFacts.ManagedDevice;
        if (state.IsSupervised != Tri.Unknown) told |= ToldFacts.Supervised;
        if (state.InstallSource != InstallSource.Unknown) told |= ToldFacts.InstallSource | ToldFacts.Installer;
        return told;
    }

    private static ToldFacts OfMobileState(int activity) => activity switch
    {
        MobileStateActivity.Lock => ToldFacts.Lock,
        MobileStateActivity.Unlock => ToldFacts.Lock | ToldFacts.Interaction,
        MobileStateActivity.UserInteraction => ToldFacts.Interaction,
        MobileStateActivity.ScreenOn or MobileStateActivity.ScreenOff => ToldFacts.Screen,
        _ => ToldFacts.None,
    };

    private static ToldFacts OfLifecycle(int activity) => activity switch
    {
        Install => ToldFacts.Installed,
        Update => ToldFacts.Updated,
        Stop => ToldFacts.AppState,
        _ => ToldFacts.None,
    };
}

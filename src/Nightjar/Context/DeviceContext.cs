using Nightjar.Events;

namespace Nightjar.Context;

/// <summary>The latest known state of one device, as of the last event taken.</summary>
public class DeviceContext
{
    /// <summary>Locked or not; unknown until told.</summary>
    public Tri IsLocked { get; private set; }

    public Tri IsScreenOn { get; private set; }

    public Tri IsManaged { get; private set; }

    public Tri IsSupervised { get; private set; }

    /// <summary>When the lock state was told; <see cref="Instant.Min"/> when never.</summary>
    public Instant LockTold { get; private set; } = Instant.Min;

    /// <summary>The latest interaction that was told; <see cref="Instant.Min"/> when none.</summary>
    public Instant LastInteraction { get; private set; } = Instant.Min;

    /// <summary>False when <see cref="Learn"/> would learn nothing new from such an event.</summary>
    internal bool IsToldBy(ref readonly EventHeader header) =>
        header.Class == EventClass.MobileState
        || header.State.IsManagedDevice != Tri.Unknown && header.State.IsManagedDevice != IsManaged
        || header.State.IsSupervised != Tri.Unknown && header.State.IsSupervised != IsSupervised;

    /// <summary>Learns from an event of this device. Events come in their order.</summary>
    public void Learn(in EventView view)
    {
        ref readonly var header = ref view.Header;
        if (header.State.IsManagedDevice != Tri.Unknown) IsManaged = header.State.IsManagedDevice;
        if (header.State.IsSupervised != Tri.Unknown) IsSupervised = header.State.IsSupervised;
        if (header.Class != EventClass.MobileState) return;
        LearnLock(in header);
        LearnInteraction(in view);
    }

    private void LearnLock(in EventHeader header)
    {
        var locked = header.Activity switch
        {
            MobileStateActivity.Lock => Tri.True,
            MobileStateActivity.Unlock => Tri.False,
            _ => header.State.IsDeviceLocked,
        };
        if (locked != Tri.Unknown)
        {
            IsLocked = locked;
            LockTold = header.Time;
        }
        IsScreenOn = header.Activity switch
        {
            MobileStateActivity.ScreenOn => Tri.True,
            MobileStateActivity.ScreenOff => Tri.False,
            _ => header.State.IsScreenOn == Tri.Unknown ? IsScreenOn : header.State.IsScreenOn,
        };
    }

    // To unlock is to interact.
    private void LearnInteraction(in EventView view)
    {
        if (view.Header.Activity is MobileStateActivity.UserInteraction or MobileStateActivity.Unlock) Advance(view.Header.Time);
        if (view.TryGetInteger(FieldId.LastUserInteraction, out var millis)) Advance(Instant.FromMillis(millis));

        void Advance(Instant time)
        {
            if (time > LastInteraction) LastInteraction = time;
        }
    }

    internal void CopyFrom(DeviceContext other) => Restore(other.IsLocked, other.IsScreenOn, other.IsManaged, other.IsSupervised, other.LockTold, other.LastInteraction);

    internal void Restore(Tri locked, Tri screenOn, Tri managed, Tri supervised, Instant lockTold, Instant lastInteraction)
    {
        IsLocked = locked;
        IsScreenOn = screenOn;
        IsManaged = managed;
        IsSupervised = supervised;
        LockTold = lockTold;
        LastInteraction = lastInteraction;
    }
}

/// <summary>Activities of <see cref="EventClass.MobileState"/> (contract §1).</summary>
public static class MobileStateActivity
{
    public const int AppState = 1;
    public const int Lock = 2;
    public const int Unlock = 3;
    public const int UserInteraction = 4;
    public const int ScreenOn = 5;
    public const int ScreenOff = 6;
}

using Nightjar.Events;

namespace Nightjar.Context;

/// <summary>The latest known state of one app on one device, beside what is known of it as an installed app, as of the last event taken.</summary>
public class ApplicationContext : Installation
{
    private const int Stop = 4;

    private static readonly (ulong Low, ulong High) Told = Mask(
        [FieldId.InstallerUid, FieldId.AppVersion, FieldId.AppSigner, FieldId.AppCategory, FieldId.Permissions, FieldId.Privileges]);

    public AppState State { get; private set; }

    /// <summary>When <see cref="State"/> was told; <see cref="Instant.Min"/> when never.</summary>
    public Instant StateTold { get; private set; } = Instant.Min;

    /// <summary>False when <see cref="Learn"/> would learn nothing of the app from such an event: what most events are, so that nothing need be held of most apps.</summary>
    internal static bool IsToldBy(in EventHeader header) =>
        (header.MaskLow & Told.Low | header.MaskHigh & Told.High) != 0 || header.State.IsManagedApp != Tri.Unknown || header.State.InstallSource != InstallSource.Unknown
        || header.Class is EventClass.MobileState or EventClass.ApplicationLifecycle or EventClass.SoftwareInfo;

    private static (ulong Low, ulong High) Mask(FieldId[] fields) =>
        (fields.Where(field => (int)field < 64).Aggregate(0UL, (sum, field) => sum | 1UL << (int)field), fields.Where(field => (int)field >= 64).Aggregate(0UL, (sum, field) => sum | 1UL << (int)field - 64));

    /// <inheritdoc/>
    public override bool Learn(in EventView view, DriftRules rules)
    {
        ref readonly var header = ref view.Header;
        var hasChanged = base.Learn(in view, rules);
        if (header.Class == EventClass.MobileState && header.State.AppState != AppState.Unknown) Tell(header.State.AppState, header.Time);
        else if (header.Class == EventClass.ApplicationLifecycle && header.Activity == Stop) Tell(AppState.NotRunning, header.Time);
        return hasChanged;
    }

    internal void Restore(AppState state, Instant told) => Tell(state, told);

    private void Tell(AppState state, Instant time)
    {
        State = state;
        StateTold = time;
    }
}

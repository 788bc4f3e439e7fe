using Nightjar.Events;

namespace Nightjar.Context;

/// <summary>The latest known state of one app on one device, as of the last event taken.</summary>
public sealed class ApplicationContext
{
    private const int Install = 1;
    private const int Stop = 4;
    private const int Update = 8;

    public AppState State { get; private set; }

    /// <summary>When <see cref="State"/> was told; <see cref="Instant.Min"/> when never.</summary>
    public Instant StateTold { get; private set; } = Instant.Min;

    public Tri IsManaged { get; private set; }

    public InstallSource InstallSource { get; private set; }

    /// <summary>When the app was installed; <see cref="Instant.Min"/> when unknown.</summary>
    public Instant Installed { get; private set; } = Instant.Min;

    /// <summary>When the app was last updated; <see cref="Instant.Min"/> when unknown.</summary>
    public Instant Updated { get; private set; } = Instant.Min;

    /// <summary>Learns from an event of this app. Events come in their order.</summary>
    public void Learn(in EventView view)
    {
        ref readonly var header = ref view.Header;
        if (header.State.IsManagedApp != Tri.Unknown) IsManaged = header.State.IsManagedApp;
        if (header.State.InstallSource != InstallSource.Unknown) InstallSource = header.State.InstallSource;
        switch (header.Class)
        {
            case EventClass.MobileState when header.State.AppState != AppState.Unknown:
                Tell(header.State.AppState, header.Time);
                break;
            case EventClass.ApplicationLifecycle when header.Activity == Stop:
                Tell(AppState.NotRunning, header.Time);
                break;
            case EventClass.ApplicationLifecycle when header.Activity == Install:
                Installed = header.Time;
                break;
            case EventClass.ApplicationLifecycle when header.Activity == Update:
                Updated = header.Time;
                break;
        }
    }

    private void Tell(AppState state, Instant time)
    {
        State = state;
        StateTold = time;
    }

    internal void Restore(AppState state, Instant told, Tri managed, InstallSource source, Instant installed, Instant updated)
    {
        State = state;
        StateTold = told;
        IsManaged = managed;
        InstallSource = source;
        Installed = installed;
        Updated = updated;
    }
}

namespace Nightjar.Events;

/// <summary>What was known of device and app at an event: the event's own word first, else the latest state event before it.</summary>
public struct Moment
{
    /// <summary>When.</summary>
    public Instant Time;

    /// <summary>States as of <see cref="Time"/>; unknown where nothing told.</summary>
    public StateBits State;

    /// <summary>Last user interaction at or before <see cref="Time"/>; <see cref="Instant.Min"/> when unknown.</summary>
    public Instant LastInteraction;

    /// <summary>When the app's state was told; <see cref="Instant.Min"/> when unknown.</summary>
    public Instant AppStateTold;

    /// <summary>When the lock state was told; <see cref="Instant.Min"/> when unknown.</summary>
    public Instant LockTold;

    /// <summary>When the app was installed; <see cref="Instant.Min"/> when unknown.</summary>
    public Instant Installed;

    /// <summary>When the app was last updated; <see cref="Instant.Min"/> when unknown.</summary>
    public Instant Updated;

    /// <summary>How the app was seen to drift; null when the event names no app.</summary>
    public Drifts? Drifts;

    /// <summary>Version of the app that is installed; none when unknown.</summary>
    public Symbol Version;

    /// <summary>Signer of the app that is installed; none when unknown.</summary>
    public Symbol Signer;

    /// <summary>Store category of the app; none when nothing told.</summary>
    public Symbol Category;

    /// <summary>True when no telemetry told whether the app is managed and the policy did.</summary>
    public bool IsManagedByPolicy;

    /// <summary>Permissions and special access that the app is known to hold; null when nothing told.</summary>
    public IReadOnlySet<Symbol>? Permissions;

    /// <summary>True when the app was not in the foreground; unknown stays unknown, and so does "not running".</summary>
    public readonly Tri InBackground => State.AppState switch
    {
        AppState.Foreground => Tri.False,
        AppState.Background or AppState.ForegroundService or AppState.Suspended => Tri.True,
        _ => Tri.Unknown,
    };

    /// <summary>True when the last interaction lies further back than <paramref name="window"/>.</summary>
    public readonly Tri IdleFor(TimeSpan window) =>
        LastInteraction == Instant.Min ? Tri.Unknown : TriLogic.Of(Time - LastInteraction > window);

    /// <summary>True when at least one sign says that nobody was using the app: background, locked, or idle.</summary>
    public readonly Tri Unattended(TimeSpan window) => InBackground.Or(State.IsDeviceLocked).Or(IdleFor(window));

    /// <summary>True when the app was in the foreground, the device unlocked and used inside the window, all of it known.</summary>
    public readonly Tri Attended(TimeSpan window) => Unattended(window).Not();

    /// <summary>Whether the app holds a permission; unknown when nothing told of its permissions.</summary>
    public readonly Tri Holds(Symbol permission) => Permissions is null ? Tri.Unknown : TriLogic.Of(Permissions.Contains(permission));

    /// <summary>True when the given time is known and lies less than <paramref name="span"/> back.</summary>
    public readonly Tri Within(Instant since, TimeSpan span) =>
        since == Instant.Min ? Tri.Unknown : TriLogic.Of(Time - since < span);
}

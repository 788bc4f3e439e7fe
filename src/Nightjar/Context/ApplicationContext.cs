using Nightjar.Events;

namespace Nightjar.Context;

/// <summary>The latest known state of one app on one device, as of the last event taken.</summary>
public sealed class ApplicationContext
{
    private const int Install = 1;
    private const int Assign = 1;
    private const int Revoke = 2;
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

    /// <summary>Who installed the app; none when unknown.</summary>
    public Symbol Installer { get; private set; }

    /// <summary>When installer or source were seen to change; <see cref="Instant.Min"/> when never.</summary>
    public Instant InstallerChanged { get; private set; } = Instant.Min;

    /// <summary>The installed version; none when unknown.</summary>
    public Symbol Version { get; private set; }

    /// <summary>Who signed the installed version; none when unknown.</summary>
    public Symbol Signer { get; private set; }

    /// <summary>The store category as it was last told; none when unknown.</summary>
    public Symbol Category { get; private set; }

    /// <summary>Permissions and special access held; null when nothing told. Replaced whole, so a moment may keep it.</summary>
    public IReadOnlySet<Symbol>? Permissions { get; private set; }

    private static readonly (ulong Low, ulong High) Told = Mask(
        [FieldId.InstallerUid, FieldId.AppVersion, FieldId.AppSigner, FieldId.AppCategory, FieldId.Permissions, FieldId.Privileges]);

    /// <summary>False when <see cref="Learn"/> would learn nothing of the app from such an event: what most events are, so that nothing need be held of most apps.</summary>
    internal static bool IsToldBy(in EventHeader header) =>
        (header.MaskLow & Told.Low | header.MaskHigh & Told.High) != 0 || header.State.IsManagedApp != Tri.Unknown || header.State.InstallSource != InstallSource.Unknown
        || header.Class is EventClass.MobileState or EventClass.ApplicationLifecycle;

    private static (ulong Low, ulong High) Mask(FieldId[] fields) =>
        (fields.Where(field => (int)field < 64).Aggregate(0UL, (sum, field) => sum | 1UL << (int)field), fields.Where(field => (int)field >= 64).Aggregate(0UL, (sum, field) => sum | 1UL << (int)field - 64));

    /// <summary>Learns from an event of this app. Events come in their order.</summary>
    public void Learn(in EventView view)
    {
        ref readonly var header = ref view.Header;
        if (header.State.IsManagedApp != Tri.Unknown) IsManaged = header.State.IsManagedApp;
        LearnInstaller(in view);
        LearnVersion(in view);
        LearnPermissions(in view);
        if (view.Symbol(FieldId.AppCategory) is { IsNone: false } category) Category = category;
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

    private void LearnInstaller(in EventView view)
    {
        ref readonly var header = ref view.Header;
        var source = header.State.InstallSource;
        var installer = view.Symbol(FieldId.InstallerUid);
        var drifted = source != InstallSource.Unknown && InstallSource != InstallSource.Unknown && source != InstallSource
            || !installer.IsNone && !Installer.IsNone && installer != Installer;
        if (drifted) InstallerChanged = header.Time;
        if (source != InstallSource.Unknown) InstallSource = source;
        if (!installer.IsNone) Installer = installer;
    }

    // After an installation or update that does not name its version, nobody knows which one is there. A signer stays: the system refuses
    // an update by another, and an installation after a removal states its own where it states any.
    private void LearnVersion(in EventView view)
    {
        ref readonly var header = ref view.Header;
        var version = view.Symbol(FieldId.AppVersion);
        var isReplaced = header.Class == EventClass.ApplicationLifecycle && header.Activity is (Install or Update);
        if (!version.IsNone || isReplaced) Version = version;
        var signer = view.Symbol(FieldId.AppSigner);
        if (!signer.IsNone || header.Class == EventClass.ApplicationLifecycle && header.Activity == Install) Signer = signer;
    }

    // An inventory or installation states all permissions; a grant or revocation one of them.
    private void LearnPermissions(in EventView view)
    {
        var stated = view.List(FieldId.Permissions);
        var changed = view.Header.Class == EventClass.UserAccess ? view.List(FieldId.Privileges) : default;
        if (stated.Count == 0 && changed.Count == 0) return;
        var permissions = stated.Count > 0 ? [] : new HashSet<Symbol>(Permissions ?? new HashSet<Symbol>());
        for (var i = 0; i < stated.Count; i++) permissions.Add(stated[i]);
        for (var i = 0; i < changed.Count; i++)
        {
            if (view.Header.Activity == Assign) permissions.Add(changed[i]);
            else if (view.Header.Activity == Revoke) permissions.Remove(changed[i]);
        }
        Permissions = permissions;
    }

    private void Tell(AppState state, Instant time)
    {
        State = state;
        StateTold = time;
    }

    internal void Restore(Symbol version, Symbol signer, Symbol category)
    {
        Version = version;
        Signer = signer;
        Category = category;
    }

    internal void Restore(Symbol installer, Instant installerChanged, IReadOnlySet<Symbol>? permissions)
    {
        Installer = installer;
        InstallerChanged = installerChanged;
        Permissions = permissions;
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

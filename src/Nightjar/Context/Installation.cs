using Nightjar.Events;

namespace Nightjar.Context;

/// <summary>What is known of an app as it is installed on a device, as of the last event taken, and how it drifted.</summary>
/// <remarks>
/// A drift is a difference between two statements. Installer, source and signer mean the same in every source, so any two are compared.
/// Version, category and permissions are written differently, and some sources lag behind: there a statement is compared with the one
/// before it only when both are of one log source, or when it is an installation or update as it happens.
/// </remarks>
public class Installation
{
    private const int Install = 1;
    private const int Assign = 1;
    private const int Remove = 2;
    private const int Revoke = 2;
    private const int Update = 8;

    // Several times what any app asks for; a hostile record must not make it grow without end.
    private const int MostPermissions = 2048;

    private InstallationFacts _facts = InstallationFacts.Unknown;

    public Tri IsManaged => _facts.IsManaged;

    public InstallSource Source => _facts.Source;

    /// <summary>Who installed the app; none when unknown.</summary>
    public Symbol Installer => _facts.Installer;

    /// <summary>Its category in the store; none when unknown.</summary>
    public Symbol Category => _facts.Category.Value;

    /// <summary>The installed version; none when unknown.</summary>
    public Symbol Version => _facts.Version;

    /// <summary>Who signed the installed version; none when unknown.</summary>
    public Symbol Signer => _facts.Signer;

    /// <summary>Permissions and special access held; null when nothing told. Replaced whole, so a moment may keep it.</summary>
    public IReadOnlySet<Symbol>? Permissions => Seldom.Permissions;

    /// <summary>When the app was installed; <see cref="Instant.Min"/> when unknown.</summary>
    public Instant Installed => _facts.Installed;

    /// <summary>When the app was last updated; <see cref="Instant.Min"/> when unknown.</summary>
    public Instant Updated => Seldom.Updated;

    /// <summary>When the app was removed; <see cref="Instant.Min"/> when it was not, or is there again.</summary>
    public Instant Removed => Seldom.Removed;

    /// <summary>How it was seen to drift.</summary>
    public Drifts Drifts => Seldom.Drifts;

    internal ref InstallationFacts Facts => ref _facts;

    // To be read only: where nothing was told, that is one for all.
    private SeldomTold Seldom => _facts.Seldom ?? SeldomTold.Nothing;

    private SeldomTold OwnSeldom => _facts.Seldom ??= new SeldomTold();

    /// <summary>Learns from an event of this app. Events come in their order.</summary>
    /// <returns>True when something about the installation is known now that was not, or differs.</returns>
    public virtual bool Learn(in EventView view, DriftRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        _facts.HasChanged = false;
        ref readonly var header = ref view.Header;
        if (header.State.IsManagedApp != Tri.Unknown) Put(ref _facts.IsManaged, header.State.IsManagedApp);
        LearnLifecycle(in header);
        LearnOrigin(in view, rules);
        LearnVersion(in view, rules);
        LearnSigner(in view);
        LearnCategory(in view, rules);
        LearnPermissions(in view, rules);
        return _facts.HasChanged;
    }

    private static bool Is(in EventHeader header, int activity) => header.Class == EventClass.ApplicationLifecycle && header.Activity == activity;

    private static bool IsHappening(in EventHeader header) => Is(in header, Install) || Is(in header, Update);

    // After a removal nothing is installed; who signed and installed it is remembered, for what comes in its place.
    private void LearnLifecycle(in EventHeader header)
    {
        if (Is(in header, Install)) Put(ref _facts.Installed, header.Time);
        if (Is(in header, Install)) _facts.IsReplaced = true;
        if (Is(in header, Update)) Put(ref OwnSeldom.Updated, header.Time);
        if (Is(in header, Remove))
        {
            Put(ref OwnSeldom.Removed, header.Time);
            Put(ref _facts.Version, default);
            Put(ref OwnSeldom.Permissions, null);
        }
        else if (Removed != Instant.Min && (IsHappening(in header) || header.Class == EventClass.SoftwareInfo))
        {
            Put(ref OwnSeldom.Removed, Instant.Min);
        }
    }

    private void LearnOrigin(in EventView view, DriftRules rules)
    {
        var source = view.Header.State.InstallSource;
        if (source != InstallSource.Unknown)
        {
            if (_facts.Source != InstallSource.Unknown && source != _facts.Source) Drifted(in view, DriftKind.Source, rules.Word(_facts.Source), rules.Word(source));
            Put(ref _facts.Source, source);
        }
        var installer = view.Symbol(FieldId.InstallerUid);
        if (installer.IsNone) return;
        if (!_facts.Installer.IsNone && installer != _facts.Installer) Drifted(in view, DriftKind.Installer, _facts.Installer, installer);
        Put(ref _facts.Installer, installer);
    }

    // After an installation or update that does not name its version, nobody knows which one is there.
    private void LearnVersion(in EventView view, DriftRules rules)
    {
        var version = view.Symbol(FieldId.AppVersion);
        if (!version.IsNone || IsHappening(in view.Header)) Put(ref _facts.Version, version);
        if (version.IsNone || Is(in view.Header, Remove)) return;
        if (IsComparable(in view.Header, _facts.KnownVersion) && rules.IsLower(version, _facts.KnownVersion.Value)) Drifted(in view, DriftKind.Version, _facts.KnownVersion.Value, version);
        _facts.KnownVersion = new Told(version, view.Header.LogName);
    }

    // A signer stays: the system refuses an update by another, and an installation after a removal states its own where it states any.
    private void LearnSigner(in EventView view)
    {
        var signer = view.Symbol(FieldId.AppSigner);
        if (!signer.IsNone || Is(in view.Header, Install)) Put(ref _facts.Signer, signer);
        if (signer.IsNone) return;
        if (!_facts.KnownSigner.IsNone && signer != _facts.KnownSigner)
        {
            Drifted(in view, DriftKind.Signer, _facts.KnownSigner, signer);
            if (_facts.IsReplaced) Drifted(in view, DriftKind.Reinstalled, _facts.KnownSigner, signer);
        }
        _facts.KnownSigner = signer;
        _facts.IsReplaced = false;
    }

    private void LearnCategory(in EventView view, DriftRules rules)
    {
        var category = view.Symbol(FieldId.AppCategory);
        if (category.IsNone) return;
        var before = _facts.Category;
        if (IsComparable(in view.Header, before) && rules.IsOtherRole(view.Header.App, category, before.Value)) Drifted(in view, DriftKind.Role, before.Value, category);
        if (category != before.Value) _facts.HasChanged = true;
        _facts.Category = new Told(category, view.Header.LogName);
    }

    // An inventory or installation states all permissions; a grant or revocation one of them.
    private void LearnPermissions(in EventView view, DriftRules rules)
    {
        var stated = view.List(FieldId.Permissions);
        var changed = view.Header.Class == EventClass.UserAccess ? view.List(FieldId.Privileges) : default;
        if (stated.Count == 0 && changed.Count == 0 || Is(in view.Header, Remove)) return;
        var known = Permissions;
        var permissions = stated.Count > 0 ? [] : new HashSet<Symbol>(known ?? new HashSet<Symbol>());
        for (var i = 0; i < stated.Count; i++) permissions.Add(stated[i]);
        for (var i = 0; i < changed.Count; i++)
        {
            if (view.Header.Activity == Assign && permissions.Count < MostPermissions) permissions.Add(changed[i]);
            else if (view.Header.Activity == Revoke) permissions.Remove(changed[i]);
        }
        if (stated.Count == 0 || IsComparable(in view.Header, new Told(default, Seldom.PermissionsBy))) LearnGain(in view, permissions, rules);
        if (stated.Count > 0) OwnSeldom.PermissionsBy = view.Header.LogName;
        if (known is not null && permissions.SetEquals(known)) return;
        OwnSeldom.Permissions = permissions;
        _facts.HasChanged = true;
    }

    // A first statement of all permissions gains none; a grant always does.
    private void LearnGain(in EventView view, HashSet<Symbol> permissions, DriftRules rules)
    {
        if (Permissions is null && view.Header.Class != EventClass.UserAccess) return;
        Symbol[] gained = [.. permissions.Where(permission => Permissions?.Contains(permission) != true)];
        if (gained.Length > 0) Drifted(in view, DriftKind.Permission, default, rules.First(gained));
    }

    private static bool IsComparable(in EventHeader header, Told before) => header.LogName == before.By || IsHappening(in header);

    private void Drifted(in EventView view, DriftKind kind, Symbol from, Symbol to)
    {
        OwnSeldom.Drifts = Drifts.With(new Drift(kind, view.Header.Time, view.Header.Id, from, to));
        _facts.HasChanged = true;
    }

    private void Put<T>(ref T known, T told)
    {
        if (EqualityComparer<T>.Default.Equals(known, told)) return;
        known = told;
        _facts.HasChanged = true;
    }
}

/// <summary>A value, and the log source that told it.</summary>
internal readonly record struct Told(Symbol Value, Symbol By);

/// <summary>All that an <see cref="Installation"/> knows, for saving. What is told of nearly every app lies in it, so that a million apps take one piece of memory each.</summary>
internal struct InstallationFacts
{
    public Tri IsManaged;
    public InstallSource Source;

    /// <summary>The app was installed since its signer was named.</summary>
    public bool IsReplaced;

    /// <summary>The event that is being learned from told something new.</summary>
    public bool HasChanged;

    public Symbol Installer;
    public Told Category;
    public Symbol Version;
    public Symbol Signer;

    /// <summary>The version that was named last, also when another may be there by now.</summary>
    public Told KnownVersion;

    /// <summary>The signer that was named last.</summary>
    public Symbol KnownSigner;

    public Instant Installed;

    /// <summary>What is told of few apps; null until it was.</summary>
    public SeldomTold? Seldom;

    public static InstallationFacts Unknown => new() { Installed = Instant.Min };
}

/// <summary>What is told of few apps.</summary>
internal sealed class SeldomTold
{
    public static readonly SeldomTold Nothing = new();

    public IReadOnlySet<Symbol>? Permissions;

    /// <summary>Which log source stated all permissions last.</summary>
    public Symbol PermissionsBy;

    public Instant Updated = Instant.Min;
    public Instant Removed = Instant.Min;
    public Drifts Drifts = Drifts.None;
}

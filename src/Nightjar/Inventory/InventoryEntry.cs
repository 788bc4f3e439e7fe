using Nightjar.Events;

namespace Nightjar.Inventory;

/// <summary>One app on one device, as of the moment that was asked for. What nothing told is null, none or unknown.</summary>
public sealed record InventoryEntry
{
    /// <summary>Uid of the device.</summary>
    public required string Device { get; init; }

    public required Platform Platform { get; init; }

    /// <summary>Package name or bundle id.</summary>
    public required string App { get; init; }

    /// <summary>The name that people see.</summary>
    public string? Label { get; init; }

    /// <summary>Version or version code, as the source writes it.</summary>
    public string? Version { get; init; }

    /// <summary>SHA-256 of the signer's certificate, or what the source has instead.</summary>
    public string? Signer { get; init; }

    /// <summary>Package of the installer.</summary>
    public string? Installer { get; init; }

    public required InstallSource Source { get; init; }

    /// <summary>Category in the store.</summary>
    public string? Category { get; init; }

    /// <summary>What the app is for; <c>unknown</c> when nobody wrote it down.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    public required Tri IsManaged { get; init; }

    /// <summary>Permissions and special access held, sorted; null when nothing told.</summary>
    public IReadOnlyList<string>? Permissions { get; init; }

    public Instant? Installed { get; init; }

    public Instant? Updated { get; init; }

    /// <summary>When it was removed; null when it was not, or is there again.</summary>
    public Instant? Removed { get; init; }

    /// <summary>Time of the first event that names it on the device.</summary>
    public required Instant FirstSeen { get; init; }

    /// <summary>Time of the last one.</summary>
    public required Instant LastSeen { get; init; }

    /// <summary>How it was seen to be no longer what it was, in the order of time; the latest, where there are very many.</summary>
    public required IReadOnlyList<InventoryDrift> Drifts { get; init; }
}

/// <summary>One drift of an app, for people.</summary>
/// <param name="Kind">In which way.</param>
/// <param name="Time">When a record showed it.</param>
/// <param name="From">What it was; empty for a permission that was gained.</param>
/// <param name="To">What it is.</param>
public sealed record InventoryDrift(DriftKind Kind, Instant Time, string From, string To);

/// <summary>Which apps were on which devices, as of a moment. Immutable.</summary>
/// <param name="At">The moment; null when it is the end of what was read.</param>
/// <param name="Entries">By device and app.</param>
/// <param name="LeftOut">Apps on devices that were not taken, because there were more than are held.</param>
public sealed record AppInventory(Instant? At, IReadOnlyList<InventoryEntry> Entries, long LeftOut);

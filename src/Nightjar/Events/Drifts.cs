namespace Nightjar.Events;

/// <summary>In which way an installed app is no longer what it was.</summary>
public enum DriftKind : byte
{
    /// <summary>Another package installed it than before.</summary>
    Installer = 0,
    /// <summary>It comes from another kind of source than before: a store, the management, a file.</summary>
    Source,
    /// <summary>Another signed it.</summary>
    Signer,
    /// <summary>Another signed it, and it was installed anew in between.</summary>
    Reinstalled,
    /// <summary>Its category in the store changed, and with it its role.</summary>
    Role,
    /// <summary>It holds a permission or special access that it did not hold.</summary>
    Permission,
    /// <summary>Its version went backwards.</summary>
    Version,
}

/// <summary>One way in which an app drifted, as an event showed it.</summary>
/// <param name="Kind">In which way.</param>
/// <param name="Time">When the event was.</param>
/// <param name="Event">Id of the event.</param>
/// <param name="From">What it was; none for a permission, which was not held.</param>
/// <param name="To">What it is.</param>
public readonly record struct Drift(DriftKind Kind, Instant Time, UInt128 Event, Symbol From, Symbol To);

/// <summary>The latest drift of each kind. Immutable, so that a moment may keep it.</summary>
public sealed class Drifts
{
    private readonly Drift?[] _latest;

    private Drifts(Drift?[] latest) => _latest = latest;

    /// <summary>The app was never seen to drift.</summary>
    public static Drifts None { get; } = new(new Drift?[DriftKinds.Count]);

    /// <summary>All there are, by kind.</summary>
    public IEnumerable<Drift> All => _latest.OfType<Drift>();

    /// <summary>The latest of a kind; null when there was none.</summary>
    public Drift? Latest(DriftKind kind) => _latest[(int)kind];

    /// <summary>True when one of the kinds was seen less than <paramref name="span"/> before <paramref name="time"/>.</summary>
    public bool IsWithin(Instant time, TimeSpan span, params ReadOnlySpan<DriftKind> kinds)
    {
        foreach (var kind in kinds)
        {
            if (Latest(kind) is { } drift && time - drift.Time < span) return true;
        }
        return false;
    }

    /// <summary>When one of the kinds was seen last; <see cref="Instant.Min"/> when none was.</summary>
    public Instant LatestOf(params ReadOnlySpan<DriftKind> kinds)
    {
        var latest = Instant.Min;
        foreach (var kind in kinds)
        {
            if (Latest(kind) is { } drift && drift.Time > latest) latest = drift.Time;
        }
        return latest;
    }

    internal Drifts With(Drift drift)
    {
        var latest = (Drift?[])_latest.Clone();
        latest[(int)drift.Kind] = drift;
        return new Drifts(latest);
    }
}

/// <summary>The words for the kinds of drift.</summary>
public static class DriftKinds
{
    private static readonly string[] Words = ["installer", "source", "signer", "reinstalled", "role", "permission", "version"];

    /// <summary>How many kinds there are.</summary>
    public static int Count => Words.Length;

    /// <summary>Every kind.</summary>
    public static IReadOnlyList<DriftKind> All { get; } = Enum.GetValues<DriftKind>();

    public static string Name(this DriftKind kind) => Words[(int)kind];

    /// <summary>The kind of a word; null when it is none.</summary>
    public static DriftKind? Parse(string word) => Array.IndexOf(Words, word) is >= 0 and var number ? (DriftKind)number : null;
}

using Nightjar.Events;

namespace Nightjar.Analytics.InForce;

/// <summary>The policy of a run, as an engine and an inquiry ask it: which values hold for whom, and which matches are expected. Safe for several threads.</summary>
public interface IPolicyInForce
{
    /// <summary>Changes with everything that may change a finding; empty without a policy.</summary>
    string Fingerprint { get; }

    /// <summary>False when everything holds alike for all apps and devices, so that nobody need ask who it is.</summary>
    bool IsScoped { get; }

    /// <summary>False when nothing is ever hidden.</summary>
    bool HasExceptions { get; }

    /// <summary>What holds for a subject. The same object for all subjects for whom the same holds.</summary>
    ValuesInForce For(in PolicySubject subject);

    /// <summary>A variant by its key, for a snapshot.</summary>
    /// <param name="index">Index of the analytic.</param>
    /// <param name="key">Its <see cref="Analytic.VariantKey"/>.</param>
    Analytic Variant(int index, string key);

    /// <summary>The longest times that any variant of an analytic can ask for.</summary>
    Reaches ReachesOf(int index);

    /// <summary>The exceptions that cover a match.</summary>
    Cover Covering(in PolicySubject subject, MatchedBehaviour match);
}

/// <summary>What holds for some subjects.</summary>
/// <param name="Analytics">By index of analytic: the variant with the values that hold.</param>
/// <param name="IsManagedApp">What the policy says where no telemetry does.</param>
public sealed record ValuesInForce(IReadOnlyList<Analytic> Analytics, Tri IsManagedApp)
{
    /// <summary>Says of the moment of an event what the policy knows of its app and no telemetry told.</summary>
    public void Fill(ref Moment moment)
    {
        if (IsManagedApp == Tri.Unknown || moment.State.IsManagedApp != Tri.Unknown) return;
        moment.State.IsManagedApp = IsManagedApp;
        moment.IsManagedByPolicy = true;
    }

    // Compared by reference: there is one object for each distinct content.
    public bool Equals(ValuesInForce? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>The longest times that an analytic asks for.</summary>
/// <param name="Window">How long a chain may take.</param>
/// <param name="Retention">By index of stage: how long its events are remembered beyond the window.</param>
/// <param name="LooksBack">By index of stage: true when its events may matter also where they come before a beginning.</param>
public sealed record Reaches(TimeSpan Window, IReadOnlyList<TimeSpan> Retention, IReadOnlyList<bool> LooksBack)
{
    /// <summary>Those of several variants of one analytic.</summary>
    public static Reaches Of(IReadOnlyList<Analytic> variants)
    {
        // Without a policy each analytic is its own only variant.
        if (variants is [var only]) return new Reaches(only.Window, only.Retention, only.LooksBack);
        var all = variants.Select(item => (item.Retention, item.LooksBack)).ToArray();
        var stages = Enumerable.Range(0, variants[0].Stages.Count);
        return new Reaches(
            variants.Max(item => item.Window),
            [.. stages.Select(stage => all.Max(item => item.Retention[stage]))],
            [.. stages.Select(stage => Array.Exists(all, item => item.LooksBack[stage]))]);
    }

    /// <summary>How long before the first event of a match an event of a stage may end and still have to do with it.</summary>
    public TimeSpan Back(int stage, TimeSpan skew)
    {
        var back = Retention[stage] + skew;
        return LooksBack[stage] && Window > back ? Window : back;
    }
}

/// <summary>The exceptions that a match falls under.</summary>
/// <param name="Holding">Ids of those that hide it, in order; empty when it is reported.</param>
/// <param name="Expired">Ids of those that would hide it and had expired at its time, in order.</param>
public sealed record Cover(IReadOnlyList<string> Holding, IReadOnlyList<string> Expired)
{
    /// <summary>Nothing covers it.</summary>
    public static Cover None { get; } = new([], []);

    /// <summary>The holding ids as one text: what is hidden by the same belongs together.</summary>
    public string Key { get; } = string.Join('\n', Holding);
}

/// <summary>What an exception looks at in a match.</summary>
/// <param name="Analytic">Uid of the analytic.</param>
/// <param name="Time">When its chain was complete: the time of its latest event.</param>
/// <param name="Destinations">Where its events went, one for each event that went anywhere.</param>
/// <param name="Paths">The paths that its events name, written and loaded.</param>
public sealed record MatchedBehaviour(string Analytic, Instant Time, IReadOnlyList<Symbol> Destinations, IReadOnlyList<Symbol> Paths)
{
    /// <summary>Reads it off the events of a match, those beside its chain included.</summary>
    internal static MatchedBehaviour Of(string analytic, Instant time, IEnumerable<StoredEvent> events)
    {
        var destinations = new List<Symbol>();
        var paths = new List<Symbol>();
        foreach (var stored in events)
        {
            var view = stored.View;
            Add(destinations, First(in view, FieldCatalog.Destination));
            Add(paths, First(in view, [FieldId.FileResultPath, FieldId.FilePath]));
            Add(paths, First(in view, [FieldId.ModulePath, FieldId.ModuleArgPath]));
        }
        return new MatchedBehaviour(analytic, time, destinations, paths);
    }

    private static void Add(List<Symbol> list, Symbol symbol)
    {
        if (!symbol.IsNone && !list.Contains(symbol)) list.Add(symbol);
    }

    private static Symbol First(in EventView view, ReadOnlySpan<FieldId> fields)
    {
        foreach (var field in fields)
        {
            if (view.Symbol(field) is { IsNone: false } symbol) return symbol;
        }
        return default;
    }
}

/// <summary>No policy: the same holds for all, and nothing is hidden.</summary>
public sealed class NoPolicy(IReadOnlyList<Analytic> analytics) : IPolicyInForce
{
    private readonly ValuesInForce _all = new(analytics, Tri.Unknown);
    private readonly Reaches[] _reaches = [.. analytics.Select(item => Reaches.Of([item]))];

    public string Fingerprint => "";

    public bool IsScoped => false;

    public bool HasExceptions => false;

    public ValuesInForce For(in PolicySubject subject) => _all;

    public Analytic Variant(int index, string key) => analytics[index];

    public Reaches ReachesOf(int index) => _reaches[index];

    public Cover Covering(in PolicySubject subject, MatchedBehaviour match) => Cover.None;
}

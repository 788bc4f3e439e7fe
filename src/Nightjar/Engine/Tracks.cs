using Nightjar.Analytics;
using Nightjar.Analytics.InForce;
using Nightjar.Context;
using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>What the engine holds of one device.</summary>
internal sealed class DeviceTrack(Symbol device)
{
    private readonly Instant[] _lastSeen = NeverSeen();

    public Symbol Device => device;

    public Platform Platform { get; set; }

    public Symbol Name { get; set; }

    public string[] Groups { get; set; } = [];

    public DeviceContext Context { get; } = new();

    /// <summary>What was told of it, for the policy; null until somebody asked.</summary>
    public DeviceStanding? Standing { get; set; }

    /// <summary>What holds for records that name no app, with the standing for which that was asked.</summary>
    public (DeviceStanding Standing, ValuesInForce Values)? InForce { get; set; }

    public RecentIds Ids { get; } = new();

    /// <summary>By app; the one of <see cref="Symbol.None"/> holds records that name no app.</summary>
    public Dictionary<Symbol, AppTrack> Apps { get; } = [];

    public long Events { get; set; }

    /// <summary>Every data component that it ever delivered.</summary>
    public DataComponents Delivered { get; private set; }

    /// <summary>Findings that wait for the device's platform to be told.</summary>
    public List<FindingDraft> Waiting { get; } = [];

    public ReadOnlySpan<Instant> LastSeen => _lastSeen;

    public AppTrack App(Symbol app)
    {
        if (Apps.TryGetValue(app, out var track)) return track;
        return Apps[app] = new AppTrack(this, app);
    }

    public void Deliver(DataComponents components, Instant time)
    {
        Delivered |= components;
        for (var rest = (uint)components; rest != 0; rest &= rest - 1)
            _lastSeen[System.Numerics.BitOperations.TrailingZeroCount(rest)] = time;
    }

    /// <summary>True when one of the components was delivered within <paramref name="window"/> before <paramref name="moment"/>.</summary>
    public bool Observes(DataComponents components, Instant moment, TimeSpan window)
    {
        if (components == DataComponents.None) return true;
        for (var rest = (uint)components; rest != 0; rest &= rest - 1)
        {
            var seen = _lastSeen[System.Numerics.BitOperations.TrailingZeroCount(rest)];
            if (seen != Instant.Min && moment - seen <= window) return true;
        }
        return false;
    }

    internal void RestoreSeen(DataComponents delivered, ReadOnlySpan<Instant> lastSeen)
    {
        Delivered = delivered;
        lastSeen.CopyTo(_lastSeen);
    }

    private static Instant[] NeverSeen()
    {
        var times = new Instant[DataComponentNames.Count];
        Array.Fill(times, Instant.Min);
        return times;
    }
}

/// <summary>What the engine holds of one app on one device.</summary>
internal sealed class AppTrack(DeviceTrack device, Symbol app)
{
    public DeviceTrack Device => device;

    public Symbol App => app;

    public ApplicationContext Context { get; } = new();

    /// <summary>What holds for it, with the subject for which that was asked.</summary>
    public (PolicySubject Subject, ValuesInForce Values)? InForce { get; set; }

    /// <summary>By index of analytic; null where nothing is under way.</summary>
    public KeyTrack?[] Keys { get; set; } = [];
}

/// <summary>What is under way for one analytic and one app.</summary>
internal sealed class KeyTrack(Analytic analytic, int index, AppTrack app)
{
    /// <summary>The analytic; its variants have the same stages and other values.</summary>
    public Analytic Analytic => analytic;

    /// <summary>Index of the analytic in the engine.</summary>
    public int Index => index;

    public AppTrack App => app;

    /// <summary>By index of stage.</summary>
    public SightingList[] Stages { get; } = [.. analytic.Stages.Select(_ => new SightingList())];

    /// <summary>Number of sightings whose chain may still be completed.</summary>
    public int Open { get; set; }

    /// <summary>The findings to which further matches are added: one for each variant and each set of exceptions that hides.</summary>
    public List<FindingDraft> Drafts { get; } = [];

    public bool IsEmpty => Open == 0 && Drafts.Count == 0 && Array.TrueForAll(Stages, list => list.Count == 0);
}

using Nightjar.Analytics;
using Nightjar.Analytics.InForce;
using Nightjar.Analytics.Plan;
using Nightjar.Context;
using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>What the engine holds of one device, with what is known of it: one object, so that an event need not go from one to the next.</summary>
/// <param name="device">The device.</param>
/// <param name="index">Where apps are found.</param>
internal sealed class DeviceTrack(Symbol device, AppIndex index) : DeviceContext
{
    private LastSeenTimes _lastSeen = LastSeenTimes.Never();

    public Symbol Device => device;

    public Platform Platform { get; set; }

    public Symbol Name { get; set; }

    public string[] Groups { get; set; } = [];

    /// <summary>What was told of it, for the policy; null until somebody asked.</summary>
    public DeviceStanding? Standing { get; set; }

    /// <summary>What holds for records that name no app, with the standing for which that was asked.</summary>
    public (DeviceStanding Standing, ValuesInForce Values)? InForce { get; set; }

    /// <summary>Holds the records that name no app; null until there was one that is of a stage.</summary>
    public AppTrack? Unnamed { get; private set; }

    /// <summary>By index of analytic: what is under way for one of its apps; the others follow from there. Empty where nothing is.</summary>
    public KeyTrack?[] Active { get; set; } = [];

    /// <summary>For how many apps and analytics something is under way.</summary>
    public int ActiveCount { get; set; }

    /// <summary>The first of its apps that have sightings of which no match can come yet; the others follow from there. Null when none has.</summary>
    public AppActivity? FirstAlone { get; set; }

    /// <summary>Number of such sightings of all its apps.</summary>
    public int LoneCount { get; set; }

    /// <summary>By index of analytic: what such sightings of all its apps are at most of; null while there are none.</summary>
    public AloneAtMost[]? AtMost { get; set; }

    /// <summary>Of those, the sightings at which was known what is known now.</summary>
    public int LoneAsNow { get; set; }

    /// <summary>What is under way for one app and an analytic; the others follow from there. Null when nothing is.</summary>
    public KeyTrack? FirstActive(int index) => ActiveCount == 0 ? null : Active[index];

    /// <summary>The apps that it names, and the track of records that name none. Found among those of all devices, so not for what is done often.</summary>
    public IEnumerable<AppTrack> Tracks
    {
        get
        {
            if (Unnamed is not null) yield return Unnamed;
            foreach (var app in index.All)
            {
                if (ReferenceEquals(app.Device, this)) yield return app;
            }
        }
    }

    /// <summary>Number of the last of its events of which not everything was asked, see <see cref="UnaskedEvents"/>; 0 when there was none.</summary>
    public long LastUnasked { get; set; }

    /// <summary>How many there are, as long as one waits; some of them may be gone.</summary>
    public int UnaskedCount { get; set; }

    /// <summary>The analytics about single apps of which there is something alone or under way among its records that name no app, as bits of <see cref="AloneTimes.GroupOf"/>; some of it may be gone.</summary>
    public uint UnnamedGroups { get; set; }

    /// <summary>The same of all its apps and records.</summary>
    public uint SeenGroups { get; set; }

    /// <summary>What was known of it at the latest of those events after which something new was told; null where nothing was told since the first of them.</summary>
    public EarlierContext? Earlier { get; set; }

    /// <summary>Findings that wait for the device's platform to be told.</summary>
    public List<FindingDraft>? Waiting { get; set; }

    public ReadOnlySpan<Instant> LastSeen => _lastSeen;

    /// <summary>The app with a symbol; for none the one of records that name no app.</summary>
    public AppTrack App(Symbol app)
    {
        if (app.IsNone) return Unnamed ??= new AppTrack(this, app);
        if (index.Find(device, app) is { } known) return known;
        var track = new AppTrack(this, app);
        index.Add(track);
        return track;
    }

    public void Deliver(DataComponents components, Instant time)
    {
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

    internal void RestoreSeen(ReadOnlySpan<Instant> lastSeen) => lastSeen.CopyTo(_lastSeen);
}

/// <summary>When each data component was last delivered; in the track itself, because every event writes it.</summary>
[System.Runtime.CompilerServices.InlineArray(Count)]
internal struct LastSeenTimes
{
    public const int Count = 14;

    private Instant _first;

    public static LastSeenTimes Never()
    {
        var times = default(LastSeenTimes);
        ((Span<Instant>)times).Fill(Instant.Min);
        return times;
    }
}

/// <summary>What the engine holds of one app on one device, with what is known of it: one object, as for a device.</summary>
internal sealed class AppTrack(DeviceTrack device, Symbol app) : ApplicationContext
{
    public DeviceTrack Device => device;

    public Symbol App => app;

    /// <summary>What holds for it, with the subject for which that was asked.</summary>
    public InForceFor? InForce { get; set; }

    /// <summary>What is under way for it; null where nothing is, as for most apps at most times.</summary>
    public AppActivity? Activity { get; set; }

    /// <summary>Number of the last of its events of which not everything was asked, see <see cref="UnaskedEvents"/>; 0 when there was none.</summary>
    public long LastUnasked { get; set; }

    /// <summary>The kinds of those events, as bits of <see cref="ChainsInSightMemo.BitOf"/>, as long as one waits; those of some that are gone may be among them.</summary>
    public ulong UnaskedRows { get; set; }

    /// <summary>How many there are, as long as one waits; some of them may be gone.</summary>
    public int UnaskedCount { get; set; }

    /// <summary>The analytics about single apps of which it has something alone or under way, as bits of <see cref="AloneTimes.GroupOf"/>; some of it may be gone.</summary>
    public uint Groups { get; set; }

    /// <summary>What is under way for an analytic; null when nothing is.</summary>
    public KeyTrack? Key(int index) => Activity?.Keys[index];

    /// <summary>What is under way, for each analytic that has something.</summary>
    public IEnumerable<KeyTrack> ActiveKeys => Activity?.Keys.OfType<KeyTrack>() ?? [];

    /// <summary>Number of sightings of which no match can come yet.</summary>
    public int LoneCount => Activity?.LoneCount ?? 0;
}

/// <summary>What lone sightings of an analytic are at most of; some of them may be gone. A look spares most walks.</summary>
internal struct AloneAtMost
{
    /// <summary>Their stages, as bits.</summary>
    public ulong Stages;

    /// <summary>Until when a match may begin with one of them.</summary>
    public Instant Until;
}

/// <summary>What is under way for one app. Used again for another when nothing is any more.</summary>
/// <param name="analytics">Number of analytics.</param>
internal sealed class AppActivity(int analytics)
{
    public AppTrack Track { get; set; } = null!;

    /// <summary>By index of analytic; null where nothing is under way.</summary>
    public KeyTrack?[] Keys { get; } = new KeyTrack?[analytics];

    /// <summary>Number of analytics for which something is under way.</summary>
    public int Active { get; set; }

    /// <summary>By index of analytic: what such sightings are at most of.</summary>
    public AloneAtMost[] AtMost { get; } = new AloneAtMost[analytics];

    /// <summary>Places of the first and the last of the sightings of which no match can come yet, see <see cref="LoneSightings"/>.</summary>
    public (int First, int Last) Lone { get; set; } = (-1, -1);

    public int LoneCount { get; set; }

    /// <summary>The next app of the device that has such sightings.</summary>
    public AppActivity? Next { get; set; }

    public AppActivity? Previous { get; set; }
}

/// <summary>What a policy said, with the subject for which it was asked.</summary>
internal sealed record InForceFor(PolicySubject Subject, ValuesInForce Values);

/// <summary>What is under way for one analytic and one app.</summary>
/// <remarks>Used again for another app when nothing is under way any more: what is active stays in the cache. The numbers of sightings go on, so that nothing takes one life for another.</remarks>
internal sealed class KeyTrack(Analytic analytic, int index)
{
    private const int Much = 128;

    /// <summary>The analytic; its variants have the same stages and other values.</summary>
    public Analytic Analytic => analytic;

    /// <summary>Index of the analytic in the engine.</summary>
    public int Index => index;

    public AppTrack App { get; set; } = null!;

    /// <summary>The next app of the device for which something of the analytic is under way.</summary>
    public KeyTrack? Next { get; set; }

    public KeyTrack? Previous { get; set; }

    /// <summary>When it is next looked at for what can be forgotten; <see cref="Instant.Min"/> when that is not planned.</summary>
    public Instant LookedAt { get; set; } = Instant.Min;

    /// <summary>By index of stage.</summary>
    public SightingList[] Stages { get; } = [.. analytic.Stages.Select(_ => new SightingList())];

    /// <summary>Number of sightings whose chain may still be completed.</summary>
    public int Open { get; set; }

    /// <summary>The findings to which further matches are added: one for each variant and each set of exceptions that hides. Null when there is none.</summary>
    public List<FindingDraft>? Drafts { get; set; }

    /// <summary>The stages that have sightings, as bits: few have, and what has none need not be looked at.</summary>
    public ulong Filled { get; private set; }

    /// <summary>True when it once held so much that its room is not kept.</summary>
    public bool IsLarge { get; private set; }

    public bool IsEmpty => Filled == 0 && Open == 0 && Drafts is not { Count: > 0 };

    public void Add(int stage, in Sighting sighting)
    {
        Stages[stage].Add(in sighting);
        Filled |= StageBit.Of(stage);
        if (Stages[stage].Count > Much) IsLarge = true;
    }

    /// <summary>Takes the first sighting of a stage away and gives its event back.</summary>
    public void RemoveFirst(int stage, EventPool pool)
    {
        var list = Stages[stage];
        list.RemoveFirst(pool);
        if (list.Count == 0) Filled &= ~StageBit.Of(stage);
    }
}

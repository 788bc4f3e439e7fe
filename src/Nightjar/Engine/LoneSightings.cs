using Nightjar.Analytics;
using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>A sighting of which no match can come yet: of no chain of the analytic were all stages seen.</summary>
internal struct LoneSighting
{
    public AppTrack Track;
    public Analytic Variant;

    /// <summary>What was known at the event; null as long as that is what is known now.</summary>
    public MomentBox? Known;

    /// <summary>When the event began; here, because the event itself lies in no cache any more when that is asked.</summary>
    public Instant Time;

    /// <summary>Its turn among all that waits, see <see cref="Turns"/>; −1 where the place is free.</summary>
    public long Number;

    /// <summary>Where the event lies, in the arena of its row.</summary>
    public int Place;

    /// <summary>How long the event was, in microseconds.</summary>
    public uint Length;

    /// <summary>Place of the next of the app, or the next free place; −1: none.</summary>
    public int Next;

    public int Previous;
    public int Index;
    public byte Stage;

    /// <summary>Which arena its event lies in.</summary>
    public byte Span;

    /// <summary>True when a chain may begin with it.</summary>
    public bool Begins;

    /// <summary>When the event ended.</summary>
    public readonly Instant End => new(Time.Micros + Length);

    /// <summary>Which of the engine's events it is: one that is of several stages is one event.</summary>
    public readonly long Event => Turns.EventOf(Number);
}

/// <summary>Numbers for what waits, each higher than those before, by which is known of which event of the engine's it was.</summary>
internal static class Turns
{
    // Of one event there are as many as it is of stages, and what is closed beside it.
    private const int Bits = 20;

    /// <summary>The first number of the event after all those that were given.</summary>
    public static long After(long number) => (number >> Bits) + 1 << Bits;

    public static long EventOf(long number) => number >> Bits;
}

/// <summary>What was known at an event.</summary>
internal sealed class MomentBox
{
    public Moment Moment;
}

/// <summary>
/// Holds sightings of which no match can come yet: a list for each app, and a row for each time after which one is of no use any more.
/// </summary>
/// <remarks>
/// Nearly everything that is of a stage stays alone: downloads behind which nothing is written, sends before which no key was made. To hold those as what a match
/// may come of (a track with a list for each stage, a deadline, a judgement, a place to clean up) took half as much memory again and, with the questions spared beside it, a fifth of the engine's time.
/// </remarks>
internal sealed class LoneSightings
{
    private const int MostBoxes = 65_536;

    // In pages, so that more of them need no larger copy of all.
    private const int PageBits = 10;
    private const int PageSize = 1 << PageBits;

    private readonly TimeSpan[] _times;
    private readonly Ring<(Instant Time, int Place, uint Mark)>[] _lanes;
    private readonly Instant[] _nexts;
    private readonly EventArena[] _events = [new(), new(), new()];
    private readonly Stack<MomentBox> _boxes = new();
    private readonly Stack<AloneAtMost[]> _atMost = new();
    private readonly AppTrack[] _ahead = new AppTrack[Lookahead.Events * 2];
    private readonly Instant[] _until = new Instant[Lookahead.Events * 2];
    private LoneSighting[][] _pages = [];
    private int _used;
    private int _free = -1;

    /// <param name="times">All the times that <see cref="Add"/> will be given.</param>
    public LoneSightings(IEnumerable<TimeSpan> times)
    {
        _times = [.. times.Distinct()];
        _lanes = [.. _times.Select(_ => new Ring<(Instant, int, uint)>())];
        _nexts = new Instant[_lanes.Length];
        Array.Fill(_nexts, Instant.Max);
    }

    /// <summary>When one is looked at next; <see cref="Instant.Max"/> when there is none.</summary>
    public Instant Next { get; private set; } = Instant.Max;

    /// <summary>A sighting by its place. Valid until the next is added.</summary>
    public ref LoneSighting this[int place] => ref _pages[place >> PageBits][place & PageSize - 1];

    /// <summary>The row of those that are of use for a time.</summary>
    public int LaneOf(TimeSpan time) => Array.IndexOf(_times, time);

    /// <summary>The row of the shortest time that is not below one; the longest where all are.</summary>
    public int LaneFor(TimeSpan time)
    {
        var lane = 0;
        for (var i = 1; i < _times.Length; i++)
        {
            if (_times[lane] < time ? _times[i] > _times[lane] : _times[i] >= time && _times[i] < _times[lane]) lane = i;
        }
        return lane;
    }

    /// <summary>Adds one behind the others of its app.</summary>
    /// <param name="sighting">The sighting.</param>
    /// <param name="activity">What is under way for the app.</param>
    /// <param name="until">Until when a match may begin with it.</param>
    public int Add(in LoneSighting sighting, AppActivity activity, Instant until)
    {
        var place = NewPlace();
        this[place] = sighting;
        this[place].Previous = activity.Lone.Last;
        this[place].Next = -1;
        var device = activity.Track.Device;
        if (activity.LoneCount == 0) Link(activity);
        else this[activity.Lone.Last].Next = place;
        activity.Lone = (activity.LoneCount == 0 ? place : activity.Lone.First, place);
        activity.LoneCount++;
        device.LoneCount++;
        if (sighting.Known is null) AddAsNow(activity);
        device.AtMost ??= _atMost.TryPop(out var free) ? free : new AloneAtMost[activity.AtMost.Length];
        Count(ref activity.AtMost[sighting.Index], in sighting, until);
        Count(ref device.AtMost[sighting.Index], in sighting, until);
        return place;
    }

    private static void Count(ref AloneAtMost atMost, in LoneSighting sighting, Instant until)
    {
        atMost.Stages |= Analytics.Plan.StageBit.Of(sighting.Stage);
        if (sighting.Begins && until > atMost.Until) atMost.Until = until;
    }

    // To the front: what is as now is looked for from there, and apps with what is remembered for a day stand behind.
    private static void AddAsNow(AppActivity activity)
    {
        activity.Track.Device.LoneAsNow++;
        if (activity.Previous is null) return;
        Unlink(activity);
        Link(activity);
    }

    /// <summary>Says when one is looked at: then, or when those of its row that were added before are.</summary>
    public void Wait(int place, int lane, Instant until)
    {
        var row = _lanes[lane];
        if (row.Count > 0 && row[row.Count - 1].Time > until) until = row[row.Count - 1].Time;
        row.Add((until, place, MarkOf(place)));
        if (_nexts[lane] == Instant.Max) _nexts[lane] = until;
        if (_nexts[lane] < Next) Next = _nexts[lane];
    }

    /// <summary>Takes one away and lets go of its event.</summary>
    public void Remove(int place)
    {
        ref var item = ref this[place];
        if (item.Known is { } known) Give(known);
        else item.Track.Device.LoneAsNow--;
        EventsOf(item.Span).Release(item.Place);
        var activity = item.Track.Activity!;
        if (item.Previous >= 0) this[item.Previous].Next = item.Next;
        if (item.Next >= 0) this[item.Next].Previous = item.Previous;
        activity.Lone = (item.Previous >= 0 ? activity.Lone.First : item.Next, item.Next >= 0 ? activity.Lone.Last : item.Previous);
        if (--activity.LoneCount == 0) Unlink(activity);
        if (--activity.Track.Device.LoneCount == 0) GiveAtMost(activity.Track.Device);
        item = new LoneSighting { Number = -1, Next = _free };
        _free = place;
    }

    /// <summary>Reads what letting go of those that are due before a time will need, and does nothing else: see <see cref="Lookahead"/>.</summary>
    public ulong Touch(Instant time)
    {
        if (Next >= time) return 0;
        var count = 0;
        foreach (var lane in _lanes)
        {
            for (var i = 0; i < lane.Count && count < _ahead.Length && lane[i].Time < time; i++)
            {
                ref readonly var item = ref this[lane[i].Place];
                if (item.Track is { } track) (_ahead[count], _until[count++]) = (track, item.End);
            }
        }
        var sum = 0UL;
        for (var i = 0; i < count; i++) sum += (ulong)_ahead[i].Device.LoneCount + (ulong)_until[i].Micros;
        for (var i = 0; i < count; i++) sum += _ahead[i].Activity is { } activity ? (ulong)activity.LoneCount + activity.AtMost[0].Stages : 0;
        return sum;
    }

    /// <summary>The next that is due before a time; false when there is none.</summary>
    public bool TryTake(Instant time, out int place)
    {
        while (Next < time)
        {
            var (lane, next) = (-1, Instant.Max);
            for (var i = 0; i < _nexts.Length; i++)
            {
                if (_nexts[i] < next) (lane, next) = (i, _nexts[i]);
            }
            Next = next;
            if (next >= time) break;
            (_, place, var mark) = _lanes[lane].Take();
            _nexts[lane] = _lanes[lane].Count == 0 ? Instant.Max : _lanes[lane][0].Time;
            if (this[place].Number >= 0 && MarkOf(place) == mark) return true;
        }
        place = -1;
        return false;
    }

    /// <summary>Whether an app has one for an analytic.</summary>
    public bool Has(AppTrack track, int index) => SeenBy(track, index) != 0;

    /// <summary>The stages of an analytic that an app has any of, as bits.</summary>
    public ulong SeenBy(AppTrack track, int index)
    {
        if (track.Activity is not { } activity || activity.AtMost[index].Stages == 0) return 0;
        var seen = 0UL;
        for (var place = First(track); place >= 0; place = this[place].Next)
        {
            if (this[place].Index == index) seen |= Analytics.Plan.StageBit.Of(this[place].Stage);
        }
        return activity.AtMost[index].Stages = seen;
    }

    /// <summary>The events of sightings that are of use for about as long, see <see cref="SpanOf"/>.</summary>
    public EventArena EventsOf(int span) => _events[span];

    /// <summary>About how long something is of use: minutes, hours, or longer.</summary>
    public static int SpanOf(TimeSpan time) => time <= TimeSpan.FromMinutes(15) ? 0 : time <= TimeSpan.FromHours(2) ? 1 : 2;

    /// <summary>Says what was known at a sighting that was as now.</summary>
    public void Tell(int place, in Moment moment)
    {
        this[place].Known = Box(in moment);
        this[place].Track.Device.LoneAsNow--;
    }

    /// <summary>A copy of what is known.</summary>
    public MomentBox Box(in Moment moment)
    {
        if (!_boxes.TryPop(out var box)) box = new MomentBox();
        box.Moment = moment;
        return box;
    }

    /// <summary>Place of the first of an app; −1 when it has none.</summary>
    public static int First(AppTrack track) => track.Activity?.Lone.First ?? -1;

    private void GiveAtMost(DeviceTrack device)
    {
        Array.Clear(device.AtMost!);
        if (_atMost.Count < MostBoxes) _atMost.Push(device.AtMost!);
        device.AtMost = null;
    }

    /// <summary>Takes one back that nobody needs any more.</summary>
    public void Give(MomentBox box)
    {
        if (_boxes.Count < MostBoxes) _boxes.Push(box);
    }

    private int NewPlace()
    {
        if (_free < 0)
        {
            if (_used == _pages.Length << PageBits) AddPage();
            return _used++;
        }
        var place = _free;
        _free = this[place].Next;
        return place;
    }

    private void AddPage()
    {
        Array.Resize(ref _pages, _pages.Length + 1);
        _pages[^1] = new LoneSighting[PageSize];
    }

    // A place may be used again before its turn in a row comes. Where the marks of both are one, it is looked at too soon, which changes nothing.
    private uint MarkOf(int place) => (uint)(this[place].Number ^ this[place].Number >> 32);

    private static void Link(AppActivity activity)
    {
        var device = activity.Track.Device;
        activity.Next = device.FirstAlone;
        if (activity.Next is not null) activity.Next.Previous = activity;
        device.FirstAlone = activity;
    }

    private static void Unlink(AppActivity activity)
    {
        if (activity.Previous is not null) activity.Previous.Next = activity.Next;
        else activity.Track.Device.FirstAlone = activity.Next;
        if (activity.Next is not null) activity.Next.Previous = activity.Previous;
        (activity.Previous, activity.Next) = (null, null);
    }
}

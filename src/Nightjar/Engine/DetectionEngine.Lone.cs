using Nightjar.Analytics;
using Nightjar.Analytics.Plan;
using Nightjar.Context;
using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>What is seen alone waits beside (<see cref="LoneSightings"/>), and joins what is under way once a match may come of it.</summary>
/// <remarks>
/// The same as holding every sighting as under way: as long as of no chain all stages were seen, to judge a beginning gives nothing. Two things hold at all times. Where the
/// records of a device that name no app are under way for an analytic, no app has lone sightings of it; and where an app is, the records without one have none.
/// </remarks>
public sealed partial class DetectionEngine
{
    private const int MostAloneOfDevice = 512;

    // As long as a sighting has room to say.
    private static readonly TimeSpan MostAloneLength = TimeSpan.FromMicroseconds(uint.MaxValue);

    /// <summary>Keeps a sighting beside what is under way, if no match can come of it yet.</summary>
    private bool StaysAlone(AppTrack track, int index, Stage stage, bool begins, Analytic variant, in MatchScope scope)
    {
        if (!_alone.MayBeAlone(index) || IsUnderWay(track, index)) return false;
        ref readonly var header = ref scope.Event.Header;
        AskThoseOf(track, index, Earlier(_now, header.Time));
        var length = header.End - header.Time;
        if (length > MostAloneLength || !HasRoom(track)) return false;
        var until = header.End + _alone.Begins(index);
        if (IsAnyChainSeen(track, index, stage.Index, until)) return false;
        var time = _alone.Of(index, stage.Index);
        var span = LoneSightings.SpanOf(length > time ? length : time);
        if (PlaceOf(span, in scope.Event) is not (>= 0 and var at)) return false;
        var sighting = new LoneSighting
        {
            Track = track, Variant = variant, Known = IsKnownLater(track, in header) ? null : _lone.Box(in scope.Moment), Place = at, Span = (byte)span,
            Time = header.Time, Length = LengthOf(length), Number = _number++, Index = index, Stage = (byte)stage.Index, Begins = begins,
        };
        // What ends long after it began would keep waiting what comes behind it in its row.
        Wait(in sighting, until, length <= time ? _loneLaneOf[index][stage.Index] : _lone.LaneFor(length), header.End + time);
        return true;
    }

    private void Wait(in LoneSighting sighting, Instant until, int lane, Instant due)
    {
        _keys.Mark(sighting.Track, sighting.Index);
        _lone.Wait(_lone.Add(in sighting, _keys.ActivityOf(sighting.Track), until), lane, due);
    }

    private static uint LengthOf(TimeSpan length) => (uint)(length.Ticks / TimeSpan.TicksPerMicrosecond);

    // Once for all stages that it is of.
    private int PlaceOf(int span, in EventView view)
    {
        ref var place = ref _atHand.PlaceIn(span);
        if (place < 0) return place = _lone.EventsOf(span).Add(in view);
        _lone.EventsOf(span).Hold(place);
        return place;
    }

    // What a policy says may change without anything being told, and an event beside those of its app is not found by its app.
    private bool IsKnownLater(AppTrack track, ref readonly EventHeader header) => !_policy.IsScoped && track.App == header.App;

    private bool IsUnderWay(AppTrack track, int index)
    {
        if (track.Key(index) is not null) return true;
        if (!_analytics[index].IsPerApp) return false;
        return track.App.IsNone ? track.Device.FirstActive(index) is not null : track.Device.Unnamed?.Key(index) is not null;
    }

    private bool HasRoom(AppTrack track)
    {
        if (track.Device.LoneCount >= MostAloneOfDevice) JoinAll(track.Device);
        else if (track.LoneCount >= AloneTimes.MostOfApp) JoinAll(track);
        else return true;
        return false;
    }

    // First by what may be gone by now: that is nearly always enough to say no.
    private bool IsAnyChainSeen(AppTrack track, int index, int stage, Instant until)
    {
        var own = StageBit.Of(stage);
        if (!IsAnyChainSeen(track, index, own | AtMostAlone(track, index), until)) return false;
        return IsAnyChainSeen(track, index, own | SeenAlone(track, index), until);
    }

    private ulong AtMostAlone(AppTrack track, int index)
    {
        if (_analytics[index].IsPerApp && track.App.IsNone) return track.Device.AtMost?[index].Stages ?? 0;
        var own = track.Activity?.AtMost[index].Stages ?? 0;
        return _analytics[index].IsPerApp && track.Device.Unnamed?.Activity is { } unnamed ? own | unnamed.AtMost[index].Stages : own;
    }

    private bool IsAnyChainSeen(AppTrack track, int index, ulong seen, Instant until)
    {
        var chains = _analytics[index].Chains;
        for (var i = 0; i < chains.Count; i++)
        {
            if (AreSeen(chains[i], seen) && !WillBeObservable(track, index, chains[i], until)) return true;
        }
        return false;
    }

    // A chain that holds only where a stage could not be observed holds for nobody whose telemetry of it, as delivered so far, counts until the last beginning is judged.
    private bool WillBeObservable(AppTrack track, int index, Chain chain, Instant until)
    {
        if (chain.Blind.Length == 0) return false;
        if (track.Device.AtMost is { } atMost && atMost[index].Until > until) until = atMost[index].Until;
        foreach (var stage in chain.Blind)
        {
            if (track.Device.Observes(_analytics[index].Stages[stage].Components, until, _options.ObservationWindow)) return true;
        }
        return false;
    }

    // What names no app may be of a match of any app of the device.
    private ulong SeenAlone(AppTrack track, int index)
    {
        var seen = _lone.SeenBy(track, index);
        if (!_analytics[index].IsPerApp) return seen;
        if (!track.App.IsNone) return track.Device.Unnamed is { } unnamed ? seen | _lone.SeenBy(unnamed, index) : seen;
        for (var other = track.Device.FirstAlone; other is not null; other = other.Next) seen |= _lone.SeenBy(other.Track, index);
        if (track.Device.AtMost is { } atMost) atMost[index].Stages = seen;
        return seen;
    }

    /// <summary>What is under way for an analytic and an app, with all that was seen of it alone, and alone of those that it may have matches with.</summary>
    private KeyTrack UnderWay(AppTrack track, int index)
    {
        if (track.Key(index) is { } known) return known;
        _joined.Clear();
        return Join(track, index);
    }

    private KeyTrack Join(AppTrack track, int index)
    {
        if (track.Key(index) is { } known) return known;
        AskThoseOf(track, index, _now);
        var key = _keys.Of(track, index);
        MoveLone(track, key);
        if (!_analytics[index].IsPerApp) return key;
        if (!track.App.IsNone)
        {
            if (track.Device.Unnamed is { } unnamed && _lone.Has(unnamed, index)) Join(unnamed, index);
            return key;
        }
        for (AppActivity? other = track.Device.FirstAlone, next; other is not null; other = next)
        {
            next = other.Next;
            if (_lone.Has(other.Track, index)) Join(other.Track, index);
        }
        return key;
    }

    private void JoinAll(DeviceTrack device)
    {
        while (device.FirstAlone is { } alone) JoinAll(alone.Track);
    }

    private void JoinAll(AppTrack track)
    {
        while (LoneSightings.First(track) is var first and >= 0) UnderWay(track, _lone[first].Index);
    }

    private void MoveLone(AppTrack track, KeyTrack key)
    {
        for (int place = LoneSightings.First(track), next; place >= 0; place = next)
        {
            ref readonly var item = ref _lone[place];
            next = item.Next;
            if (item.Index != key.Index) continue;
            Move(key, in item, StoredOf(in item));
            _lone.Remove(place);
        }
        PlanLook(key);
    }

    // What would have been judged by now was judged: nothing had come of it.
    private void Move(KeyTrack key, in LoneSighting item, StoredEvent stored)
    {
        var sighting = new Sighting { Event = stored, Variant = item.Variant };
        var deadline = DeadlineOf(key, in sighting);
        sighting.IsOpen = item.Begins && deadline >= _now;
        var number = key.Stages[item.Stage].NextNumber;
        key.Add(item.Stage, in sighting);
        if (!sighting.IsOpen) return;
        key.Open++;
        _deadlines.Add(_laneOf[key.Index], new Deadline(key, item.Stage, number), deadline, item.Number);
    }

    // An event that is of several stages of an analytic is one event.
    private StoredEvent StoredOf(in LoneSighting item)
    {
        if (item.Event == _atHand.Number) return StoredAtHand(new MatchScope(_lone.EventsOf(item.Span)[item.Place], _atHand));
        for (var i = _joined.Count - 1; i >= 0; i--)
        {
            if (_joined[i].Number == item.Event) return EventPool.Hold(_joined[i].Event);
        }
        var stored = _pool.Empty();
        _lone.EventsOf(item.Span).Read(item.Place, stored);
        stored.Moment = item.Known?.Moment ?? MomentOf(stored.View, item.Track);
        _joined.Add((item.Event, stored));
        return stored;
    }

    // What is known now, if nothing was told since.
    private Moment MomentOf(in EventView view, AppTrack track)
    {
        var moment = Moments.Of(in view, track.Device, track);
        _standings.Of(track.Device, track).Fill(ref moment);
        return moment;
    }

    /// <summary>Remembers what was known at the lone events of a device before an event tells something new.</summary>
    private void RememberKnown(DeviceTrack device, in EventView view)
    {
        if (device.IsToldBy(in view.Header))
        {
            for (var alone = device.FirstAlone; alone is not null && device.LoneAsNow > 0; alone = alone.Next) RememberKnown(alone.Track);
        }
        else if (!view.Header.App.IsNone && ApplicationContext.IsToldBy(in view.Header) && _apps.Find(device.Device, view.Header.App) is { } app)
        {
            RememberKnown(app);
        }
    }

    private void RememberKnown(AppTrack track)
    {
        for (var place = LoneSightings.First(track); place >= 0; place = _lone[place].Next)
        {
            ref readonly var item = ref _lone[place];
            if (item.Known is null) _lone.Tell(place, MomentOf(_lone.EventsOf(item.Span)[item.Place], track));
        }
    }

    private void ForgetLone(Instant now)
    {
        while (_lone.TryTake(now, out var place))
        {
            ref readonly var item = ref _lone[place];
            if (IsOfUse(place, in item, now))
            {
                _lone.Wait(place, _lone.LaneOf(_alone.Begins(item.Index)), now + _alone.Begins(item.Index));
                continue;
            }
            var track = item.Track;
            _lone.Remove(place);
            _keys.ReturnIfIdle(track);
        }
    }

    // A match that begins with another lone sighting may still hold it.
    private bool IsOfUse(int place, in LoneSighting item, Instant now)
    {
        if (item.End + _alone.Of(item.Index, item.Stage) >= now) return true;
        var until = item.End + _alone.Back(item.Index, item.Stage);
        if (IsBeginning(item.Track, item.Index, place, until, now)) return true;
        if (!_analytics[item.Index].IsPerApp) return false;
        var device = item.Track.Device;
        if (!item.Track.App.IsNone) return device.Unnamed is { } unnamed && IsBeginning(unnamed, item.Index, place, until, now);
        if (device.AtMost![item.Index].Until < now) return false;
        for (var other = device.FirstAlone; other is not null; other = other.Next)
        {
            if (IsBeginning(other.Track, item.Index, place, until, now)) return true;
        }
        return false;
    }

    private bool IsBeginning(AppTrack track, int index, int beside, Instant until, Instant now)
    {
        if (track.Activity is not { } activity || activity.AtMost[index].Until < now) return false;
        for (var place = activity.Lone.First; place >= 0; place = _lone[place].Next)
        {
            ref readonly var other = ref _lone[place];
            if (place == beside || other.Index != index || !other.Begins) continue;
            if (other.Time <= until && other.End + _alone.Begins(index) >= now) return true;
        }
        return false;
    }
}

using System.Numerics;
using Nightjar.Analytics.Plan;
using Nightjar.Context;
using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>Asks events that waited of which stages they are, as if they had been asked when they came.</summary>
public sealed partial class DetectionEngine
{
    /// <summary>Asks what waits and may belong with what is seen of an app. What names no app may be of a match of any app of the device.</summary>
    private void AskThoseOf(AppTrack track, int index, Instant now)
    {
        var group = _alone.GroupOf(index);
        if (!_analytics[index].IsPerApp || (track.Groups & group) != 0) return;
        if (track.App.IsNone || (_takeOthers & group) != 0) AskEach(track.Device, group & ~track.Device.UnnamedGroups, now);
        else Ask(track, group & ~track.Device.UnnamedGroups, now);
    }

    private void AskAll(DeviceTrack device)
    {
        AskEach(device, ~device.UnnamedGroups, _now, isAll: true);
        device.LastUnasked = 0;
    }

    private void AskEach(DeviceTrack device, uint groups, Instant now, bool isAll = false)
    {
        _toAsk.Clear();
        for (var number = _unasked.LastOf(device); number != 0; number = _unasked.BeforeOfDevice(number))
        {
            var track = _unasked[number].Track;
            // From each app once: the last comes first.
            if (track.LastUnasked != number) continue;
            Gather(track, groups, now);
            if (isAll) track.LastUnasked = 0;
        }
        AskGathered();
    }

    private void AskAll(AppTrack track)
    {
        var device = track.Device;
        var ofOthers = 0u;
        for (var number = _unasked.LastOf(track); number != 0; number = _unasked.BeforeOfApp(number)) ofOthers |= _inSight[_unasked[number].Row].Others & ~_unasked[number].Asked;
        // What it is for other apps must come in order with what those are.
        if ((ofOthers & ~device.SeenGroups) != 0) AskEach(device, ofOthers & ~device.SeenGroups, _now);
        var seen = device.SeenGroups;
        Ask(track, ~device.UnnamedGroups, _now);
        track.LastUnasked = 0;
        // What is now seen of it may belong with what other apps have.
        var others = device.SeenGroups & ~seen & _takeOthers;
        if (others != 0) AskEach(device, others, _now);
    }

    private void Ask(AppTrack track, uint groups, Instant now)
    {
        _toAsk.Clear();
        Gather(track, groups, now);
        AskGathered();
    }

    // Of what something was seen already, only what is of no use waits.
    private void Gather(AppTrack track, uint groups, Instant now)
    {
        groups &= ~track.Groups;
        if (groups == 0) return;
        var oldest = OldestBeginning(track, groups, now);
        for (var number = _unasked.LastOf(track); number != 0; number = _unasked.BeforeOfApp(number))
        {
            if (IsOfUse(in _unasked[number], groups, oldest)) _toAsk.Add((number, groups));
        }
    }

    // In the order in which they came.
    private void AskGathered()
    {
        _toAsk.Sort(static (a, b) => a.Number.CompareTo(b.Number));
        foreach (var (number, groups) in _toAsk) Ask(number, groups);
    }

    // What it is of is alone: had it been of a chain, it would have been asked when that came in sight.
    private void Ask(long number, uint groups)
    {
        ref var item = ref _unasked[number];
        var row = _inSight[item.Row];
        var asking = row.Waiting & groups & ~item.Asked;
        item.Asked |= groups;
        var (track, device) = (item.Track, item.Track.Device);
        var (known, earlier) = (_unasked.KnownAt(number), EarlierContexts.At(device, number));
        _unaskedAtHand.Take(track, known, earlier ?? device, _standings.Of(device, track));
        var scope = new MatchScope(_unasked.View(number), _unaskedAtHand);
        var left = row.LeftLater(in scope, asking);
        for (var word = 0; word < left.Bits.Length; word++)
        {
            for (var bits = left.Bits[word]; bits != 0; bits &= bits - 1)
            {
                var turn = word * 64 + BitOperations.TrailingZeroCount(bits);
                var stage = row.Stages[turn];
                if (left.Holds(stage, in scope)) WaitAlone(in item, stage, turn, isAsNow: known is null && earlier is null, in scope);
            }
        }
    }

    private void WaitAlone(in UnaskedEvent item, StageToAsk stage, int turn, bool isAsNow, in MatchScope scope)
    {
        var (index, number) = (stage.Index, stage.Stage.Index);
        var time = _alone.Of(index, number);
        var span = LoneSightings.SpanOf(time);
        if (_lone.EventsOf(span).Add(in scope.Event) is not (>= 0 and var at))
        {
            Counters.PartialsGivenUp++;
            return;
        }
        var sighting = new LoneSighting
        {
            Track = stage.IsOfApp ? item.Track : item.Track.Device.App(Symbol.None), Variant = stage.Variant, Known = isAsNow && stage.IsOfApp ? null : _lone.Box(in scope.Moment),
            Place = at, Span = (byte)span, Time = item.Time, Length = item.Length, Number = item.Number + turn, Index = index, Stage = (byte)number, Begins = stage.Begins,
        };
        Wait(in sighting, item.End + _alone.Begins(index), _loneLaneOf[index][number], item.End + time);
    }

    // Before an event tells something new.
    private void RememberKnownOfUnasked(DeviceTrack device, in EventView view)
    {
        ref readonly var header = ref view.Header;
        if (device.IsToldBy(in header)) _earlier.Remember(device);
        if (header.App.IsNone || !ApplicationContext.IsToldBy(in header) || _apps.Find(device.Device, header.App) is not { } app) return;
        for (var number = _unasked.LastOf(app); number != 0; number = _unasked.BeforeOfApp(number)) RememberKnown(number);
    }

    private void RememberKnown(long number)
    {
        ref var item = ref _unasked[number];
        var row = _inSight[item.Row];
        if (item.IsKnown || (row.Waiting & ~item.Asked) == 0) return;
        // What nothing before it can hold any more is of no use.
        if (item.BackToApp == 0 && item.End + (row.BeginsFor > row.Back ? row.BeginsFor : row.Back) < _now) return;
        var device = item.Track.Device;
        var moment = Moments.Of(_unasked.View(number), EarlierContexts.At(device, number) ?? device, item.Track);
        _standings.Of(device, item.Track).Fill(ref moment);
        _unasked.Know(number, _lone.Box(in moment));
    }
}

using Nightjar.Analytics.Plan;
using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>Events are asked of which stages they are once a chain is in sight, and most never are.</summary>
/// <remarks>
/// The same as asking each at once. A chain needs an event for each of its stages, and of which stages an event could be its kind tells. As long as the kinds of what an app has could make no
/// chain of an analytic, its events wait unasked (<see cref="UnaskedEvents"/>); once they could, and one is of a stage indeed, all of them are asked in their order. What was known at them is
/// remembered. Three things hold at all times. Where something of an app is alone or under way for an analytic, no event of it that is of use waits unasked for that analytic; where something is
/// that names no app, none of any app of the device; and where something of any app is, none of another that would be of a stage for other apps.
/// </remarks>
public sealed partial class DetectionEngine
{
    /// <summary>The analytics that an event of an app must be asked for now, as bits; for the others it waits.</summary>
    private uint AskNow(AppTrack app, PlanRow row, in EventView view)
    {
        // First of all: what is asked for want of room may be of a stage, and beside that the event may not wait.
        if (row.Waiting != 0) MakeRoomUnasked(app);
        var now = InSight(app, row, in view.Header);
        if ((row.Waiting & ~now) != 0 && !TryLeaveUnasked(app, row, now, in view)) now = uint.MaxValue;
        return now;
    }

    private uint InSight(AppTrack app, PlanRow row, ref readonly EventHeader header)
    {
        var bit = ChainsInSightMemo.BitOf(row.Number);
        var inSight = _inSight.Alone(row);
        var groups = inSight.Groups;
        if (_unasked.LastOf(app) > 0)
        {
            inSight = _inSight.Of(bit | app.UnaskedRows, app.UnaskedCount + 1);
            var more = inSight.Groups & row.OfApp & ~groups;
            if (more != 0) groups |= StillInSight(app, row, more, in header);
        }
        groups |= app.Groups | app.Device.UnnamedGroups;
        if (inSight.UnlessObserved.Count > 0) groups |= Unobserved(app, inSight, row.OfApp & ~groups, in header);
        return groups & row.OfApp | row.Others & app.Device.SeenGroups;
    }

    // Some may be gone or asked by now, or too old for the event.
    private uint StillInSight(AppTrack app, PlanRow row, uint groups, ref readonly EventHeader header)
    {
        var still = 0u;
        for (; groups != 0; groups &= groups - 1)
        {
            var group = groups & (uint)-(int)groups;
            var (rows, events) = (ChainsInSightMemo.BitOf(row.Number), 1);
            var oldest = OldestBeginning(app, group, header.Time);
            for (var number = _unasked.LastOf(app); number != 0; number = _unasked.BeforeOfApp(number))
            {
                ref readonly var item = ref _unasked[number];
                if (!IsOfUse(in item, group, oldest)) continue;
                rows |= item.Bit;
                events++;
            }
            still |= _inSight.Of(rows, events).Groups & group;
        }
        return still;
    }

    // The earliest time at which a match may begin that an event of now may be of.
    private Instant OldestBeginning(AppTrack app, uint groups, Instant now)
    {
        var (oldest, begins) = (now, _alone.BeginsOfAny(groups));
        for (var number = _unasked.LastOf(app); number != 0; number = _unasked.BeforeOfApp(number))
        {
            ref readonly var item = ref _unasked[number];
            if ((_inSight[item.Row].Begins & ~item.Asked & groups) != 0 && item.End + begins >= now && item.Time < oldest) oldest = item.Time;
        }
        return oldest;
    }

    // What is of no use now will never be, so it need not be asked.
    private bool IsOfUse(in UnaskedEvent item, uint groups, Instant oldest)
    {
        var row = _inSight[item.Row];
        return (row.Waiting & groups & ~item.Asked) != 0 && ((row.Others & groups) != 0 || item.End + row.Back >= oldest);
    }

    private uint Unobserved(AppTrack app, ChainsInSight inSight, uint among, ref readonly EventHeader header)
    {
        var groups = 0u;
        foreach (var (index, chain) in inSight.UnlessObserved)
        {
            if ((among & ~groups & _alone.GroupOf(index)) != 0 && !WillBeObservable(app, index, chain, LastJudged(index, in header))) groups |= _alone.GroupOf(index);
        }
        return groups;
    }

    // What waits unasked may have ended later than the event.
    private Instant LastJudged(int index, ref readonly EventHeader header)
    {
        var latest = (header.End > _now ? header.End : _now) + AloneTimes.LongestUnasked;
        return latest + _alone.Begins(index);
    }

    // False for what lasts long or is large.
    private bool TryLeaveUnasked(AppTrack app, PlanRow row, uint asked, in EventView view)
    {
        ref readonly var header = ref view.Header;
        var length = header.End - header.Time;
        if (length > AloneTimes.LongestUnasked || OwnedFields.Length(in view) > UnaskedEvents.MostOwned) return false;
        var item = new UnaskedEvent
        {
            Track = app, Time = header.Time, Length = LengthOf(length), Number = _number, Asked = asked, Row = (ushort)row.Number,
        };
        return _unasked.TryAdd(in item, in view);
    }

    // Those for which there is no room are asked, and what they are of is alone.
    private void MakeRoomUnasked(AppTrack app)
    {
        if (_unasked.IsFull)
        {
            AskAll(_unasked[_unasked.First].Track);
            LetGo();
        }
        if (app.Device.UnaskedCount >= MostAloneOfDevice && _unasked.Count(app.Device) >= MostAloneOfDevice) AskAll(app.Device);
        if (app.UnaskedCount >= AloneTimes.MostUnaskedOfApp && _unasked.Count(app) >= AloneTimes.MostUnaskedOfApp) AskAll(app);
    }

    private void ForgetUnasked(Instant now)
    {
        while (_unasked.First < _unasked.Next)
        {
            ref readonly var first = ref _unasked[_unasked.First];
            if (first.End + _inSight[first.Row].WaitsFor >= now) return;
            LetGo();
        }
    }

    private void LetGo()
    {
        if (_unasked.TakeFirst() is { } known) _lone.Give(known);
        _earlier.Forget(_unasked.First);
    }
}

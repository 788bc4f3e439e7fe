using System.Numerics;
using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>How long what was seen is of use, and when it is forgotten.</summary>
public sealed partial class DetectionEngine
{
    private static readonly TimeSpan OneMicrosecond = TimeSpan.FromMicroseconds(1);

    /// <summary>The earliest event from which a match of the key may still come.</summary>
    private Instant OldestBeginning(KeyTrack key)
    {
        // The most of what is under way is of one app, and nothing of the device names none.
        if (key.Open == 0 && !key.App.App.IsNone && key.App.Device.Unnamed?.Activity is not { Active: > 0 }) return _now;
        return Earlier(_now, OldestBeginningOf(key).Time);
    }

    // What names no app may belong to a match of any app, and any app's match may hold it.
    private (Instant Time, Instant Judged) OldestBeginningOf(KeyTrack key)
    {
        var device = key.App.Device;
        var oldest = (Time: Instant.Max, Judged: Instant.Max);
        OldestOpen(key, ref oldest);
        if (!key.Analytic.IsPerApp) return oldest;
        if (!key.App.App.IsNone)
        {
            if (device.Unnamed?.Key(key.Index) is { } unnamed) OldestOpen(unnamed, ref oldest);
            return oldest;
        }
        for (var other = device.FirstActive(key.Index); other is not null; other = other.Next) OldestOpen(other, ref oldest);
        return oldest;
    }

    private void OldestOpen(KeyTrack key, ref (Instant Time, Instant Judged) oldest)
    {
        if (key.Open == 0) return;
        for (var bits = key.Filled & _beginnings[key.Index]; bits != 0; bits &= bits - 1)
        {
            var list = key.Stages[BitOperations.TrailingZeroCount(bits)];
            var first = list.FirstOpen();
            if (first >= 0 && list[first].Time < oldest.Time) oldest = (list[first].Time, DeadlineOf(key, in list[first]));
        }
    }

    /// <summary>How long before the first event of a match an event of a stage may end and still have to do with it.</summary>
    private TimeSpan Reach(KeyTrack key, int stage) => _alone.Back(key.Index, stage);

    private static Instant Earlier(Instant a, Instant b) => a < b ? a : b;

    private void Prune(KeyTrack key)
    {
        var oldest = OldestBeginning(key);
        for (var filled = key.Filled; filled != 0; filled &= filled - 1)
        {
            var stage = BitOperations.TrailingZeroCount(filled);
            var list = key.Stages[stage];
            var from = oldest - Reach(key, stage);
            while (list.Count > 0 && !list[0].IsOpen && list[0].End < from) key.RemoveFirst(stage, _pool);
        }
    }

    // Gives back what is under way when nothing is any more; else plans when to look whether that is so.
    private void Forget(KeyTrack key)
    {
        if (key.IsEmpty) _keys.Return(key);
        else PlanLook(key);
    }

    // A key whose app falls silent would be held for ever: it is looked at when what it holds is of no use any more.
    private void PlanLook(KeyTrack key)
    {
        if (key.Open > 0 || key.LookedAt != Instant.Min) return;
        key.LookedAt = _now + _longestBack[key.Index] + OneMicrosecond;
        _looks.Add(_lookLaneOf[key.Index], key, key.LookedAt, 0);
    }

    private void LookAfter(KeyTrack key, Instant planned)
    {
        if (key.LookedAt != planned) return;
        key.LookedAt = Instant.Min;
        Prune(key);
        Forget(key);
    }

    // A row for each time that there is among those given.
    private static int[] Lanes(IEnumerable<TimeSpan> times, out int count)
    {
        TimeSpan[] all = [.. times];
        TimeSpan[] distinct = [.. all.Distinct()];
        count = distinct.Length;
        return [.. all.Select(time => Array.IndexOf(distinct, time))];
    }

    private readonly record struct Deadline(KeyTrack Key, int Stage, long Number)
    {
        public bool IsAlive => Key.Stages[Stage].IndexOf(Number) >= 0;
    }
}

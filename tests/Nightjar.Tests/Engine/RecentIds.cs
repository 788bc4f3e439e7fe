using Nightjar.Events;

namespace Nightjar.Tests.Engine;

/// <summary>The ids of events of the last lateness, so that a repeated record is one event.</summary>
/// <remarks>The plain form of <see cref="RecentEvents"/>, for one device. Two generations, each as long as the lateness: what is older than both is forgotten whole.</remarks>
internal sealed class RecentIds
{
    private Dictionary<UInt128, Instant> _now = [];
    private Dictionary<UInt128, Instant> _before = [];
    private Instant _since = Instant.Min;

    /// <summary>False when the id was seen within <paramref name="lateness"/> before. Times must not go back.</summary>
    public bool Add(UInt128 id, Instant time, TimeSpan lateness)
    {
        if (time - _since > lateness) Turn(time, lateness);
        if (IsRecent(_now, id, time, lateness) || IsRecent(_before, id, time, lateness)) return false;
        _now[id] = time;
        return true;
    }

    private static bool IsRecent(Dictionary<UInt128, Instant> ids, UInt128 id, Instant time, TimeSpan lateness) =>
        ids.TryGetValue(id, out var seen) && time - seen <= lateness;

    private void Turn(Instant time, TimeSpan lateness)
    {
        if (time - _since > lateness * 2) _before.Clear();
        (_now, _before) = (_before, _now);
        if (time - _since > lateness * 2) _before.Clear();
        _now.Clear();
        _since = time;
    }
}

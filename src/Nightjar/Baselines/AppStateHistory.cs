using Nightjar.Events;

namespace Nightjar.Baselines;

/// <summary>When one app on one device was in the background, as its events state it. A stated state holds until another is stated.</summary>
internal sealed class AppStateHistory
{
    // 160 kB at most. Of what is older only the share in the background is no longer taken back.
    private const int MostChanges = 10_000;

    private readonly List<(Instant Time, bool IsBackground)> _changes = [];

    /// <summary>Whether an event happens in the background. Events come in order of time.</summary>
    public bool Next(Instant time, AppState stated)
    {
        var was = _changes.Count > 0 && _changes[^1].IsBackground;
        if (stated == AppState.Unknown) return was;
        var isBackground = IsBackground(stated);
        if (isBackground == was) return was;
        if (_changes.Count >= MostChanges) _changes.RemoveRange(0, MostChanges / 2);
        _changes.Add((time, isBackground));
        return isBackground;
    }

    /// <summary>Whether an event happened in the background.</summary>
    public bool Was(Instant time, AppState stated)
    {
        if (stated != AppState.Unknown) return IsBackground(stated);
        int low = 0, high = _changes.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_changes[middle].Time <= time) low = middle + 1;
            else high = middle;
        }
        return low > 0 && _changes[low - 1].IsBackground;
    }

    private static bool IsBackground(AppState state) => state is AppState.Background or AppState.ForegroundService or AppState.Suspended;
}

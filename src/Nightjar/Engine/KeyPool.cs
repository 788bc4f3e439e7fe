using Nightjar.Analytics;
using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>Lends what holds that which is under way for an analytic and an app, so that beginning something allocates nothing in the long run.</summary>
internal sealed class KeyPool(IReadOnlyList<Analytic> analytics)
{
    // What a burst has made is not kept for ever.
    private const int Most = 65_536;
    private const int MostRoom = 256;

    private readonly Stack<KeyTrack>[] _free = [.. analytics.Select(_ => new Stack<KeyTrack>())];
    private readonly Stack<KeyTrack?[]> _arrays = new();

    /// <summary>What is under way for an analytic and an app; new where nothing was.</summary>
    public KeyTrack Of(AppTrack app, int index)
    {
        if (app.Keys.Length == 0) app.Keys = _arrays.TryPop(out var array) ? array : new KeyTrack?[analytics.Count];
        if (app.Keys[index] is { } known) return known;
        if (!_free[index].TryPop(out var key)) key = new KeyTrack(analytics[index], index);
        key.App = app;
        app.Active++;
        return app.Keys[index] = key;
    }

    /// <summary>Takes back what holds nothing any more.</summary>
    public void Return(KeyTrack key)
    {
        var app = key.App;
        if (app.Active == 0 || !ReferenceEquals(app.Keys[key.Index], key)) return;
        app.Keys[key.Index] = null;
        key.LookedAt = Instant.Min;
        if (_free[key.Index].Count < Most && Array.TrueForAll(key.Stages, list => list.Room <= MostRoom)) _free[key.Index].Push(key);
        if (--app.Active > 0) return;
        if (_arrays.Count < Most) _arrays.Push(app.Keys);
        app.Keys = [];
    }
}

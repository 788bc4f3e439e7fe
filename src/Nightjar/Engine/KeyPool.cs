using Nightjar.Analytics;
using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>Lends what holds that which is under way for an analytic and an app, so that beginning something allocates nothing in the long run.</summary>
internal sealed class KeyPool(IReadOnlyList<Analytic> analytics, AloneTimes times)
{
    // What a burst has made is not kept for ever.
    private const int Most = 65_536;

    private readonly Stack<KeyTrack>[] _free = [.. analytics.Select(_ => new Stack<KeyTrack>())];
    private readonly Stack<KeyTrack?[]> _arrays = new();
    private readonly Stack<AppActivity> _activities = new();

    /// <summary>What is under way for an analytic and an app; new where nothing was.</summary>
    public KeyTrack Of(AppTrack app, int index)
    {
        if (app.Key(index) is { } known) return known;
        if (!_free[index].TryPop(out var key)) key = new KeyTrack(analytics[index], index);
        Attach(key, app);
        return key;
    }

    /// <summary>Puts what holds that which is under way in its place.</summary>
    public void Attach(KeyTrack key, AppTrack app)
    {
        var activity = ActivityOf(app);
        key.App = app;
        activity.Active++;
        Mark(app, key.Index);
        activity.Keys[key.Index] = key;
        if (!app.App.IsNone) Link(key, app.Device);
    }

    /// <summary>Takes back what holds nothing any more.</summary>
    public void Return(KeyTrack key)
    {
        var app = key.App;
        if (app.Activity is not { } activity || !ReferenceEquals(activity.Keys[key.Index], key)) return;
        activity.Keys[key.Index] = null;
        key.LookedAt = Instant.Min;
        if (!app.App.IsNone) Unlink(key, app.Device);
        if (_free[key.Index].Count < Most && !key.IsLarge) _free[key.Index].Push(key);
        activity.Active--;
        ReturnIfIdle(app);
    }

    /// <summary>What holds that which is under way for an app; new where nothing was.</summary>
    public AppActivity ActivityOf(AppTrack app)
    {
        if (app.Activity is { } known) return known;
        if (!_activities.TryPop(out var activity)) activity = new AppActivity(analytics.Count);
        activity.Track = app;
        return app.Activity = activity;
    }

    /// <summary>Takes back what holds nothing of an app any more.</summary>
    public void ReturnIfIdle(AppTrack app)
    {
        if (app.Activity is not { Active: 0, LoneCount: 0 } idle) return;
        app.Activity = null;
        Array.Clear(idle.AtMost);
        app.Groups = 0;
        if (app.App.IsNone) app.Device.UnnamedGroups = 0;
        if (app.Device is { LoneCount: 0, ActiveCount: 0, Unnamed: null or { Activity: null } }) app.Device.SeenGroups = 0;
        if (_activities.Count < Most) _activities.Push(idle);
    }

    /// <summary>Says that an app has something of an analytic, alone or under way.</summary>
    public void Mark(AppTrack app, int index)
    {
        if (!analytics[index].IsPerApp) return;
        var group = times.GroupOf(index);
        app.Groups |= group;
        app.Device.SeenGroups |= group;
        if (app.App.IsNone) app.Device.UnnamedGroups |= group;
    }

    // What names no app may meet any of them, so they are found from the device.
    private void Link(KeyTrack key, DeviceTrack device)
    {
        if (device.Active.Length == 0) device.Active = NewArray();
        device.ActiveCount++;
        key.Next = device.Active[key.Index];
        if (key.Next is not null) key.Next.Previous = key;
        device.Active[key.Index] = key;
    }

    private void Unlink(KeyTrack key, DeviceTrack device)
    {
        if (key.Previous is not null) key.Previous.Next = key.Next;
        else device.Active[key.Index] = key.Next;
        if (key.Next is not null) key.Next.Previous = key.Previous;
        (key.Previous, key.Next) = (null, null);
        if (--device.ActiveCount > 0) return;
        Give(device.Active);
        device.Active = [];
    }

    private KeyTrack?[] NewArray() => _arrays.TryPop(out var array) ? array : new KeyTrack?[analytics.Count];

    private void Give(KeyTrack?[] empty)
    {
        if (_arrays.Count < Most) _arrays.Push(empty);
    }
}

using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>The apps of all devices, found by device and app in one look.</summary>
/// <remarks>
/// A dictionary for each device cost four looks in memory one after the other, each of which waited for the one before: a quarter of the engine's time.
/// It grows by half and not twofold: of millions of apps, the open places alone would be hundreds of megabytes.
/// </remarks>
internal sealed class AppIndex
{
    private (int Device, int App, AppTrack? Track)[] _places = new (int, int, AppTrack?)[256];
    private int _count;

    /// <summary>All, in no order.</summary>
    public IEnumerable<AppTrack> All => _places.Where(place => place.Track is not null).Select(place => place.Track!);

    public AppTrack? Find(Symbol device, Symbol app)
    {
        var places = _places;
        for (var place = Home(device.Id, app.Id, places.Length); ;)
        {
            ref readonly var held = ref places[place];
            if (held.Track is null || held.Device == device.Id && held.App == app.Id) return held.Track;
            if (++place == places.Length) place = 0;
        }
    }

    /// <summary>Adds an app that is not there.</summary>
    public void Add(AppTrack app)
    {
        if (++_count * 4L > _places.Length * 3L) Grow();
        Place(_places, (app.Device.Device.Id, app.App.Id, app));
    }

    private void Grow()
    {
        var larger = new (int, int, AppTrack?)[_places.Length + _places.Length / 2];
        foreach (var held in _places)
        {
            if (held.Track is not null) Place(larger, held);
        }
        _places = larger;
    }

    private static void Place((int Device, int App, AppTrack? Track)[] places, (int Device, int App, AppTrack?) item)
    {
        var place = Home(item.Device, item.App, places.Length);
        while (places[place].Track is not null)
        {
            if (++place == places.Length) place = 0;
        }
        places[place] = item;
    }

    // By its share of the length, so that the length may be any.
    private static int Home(int device, int app, int length) => (int)((((ulong)(uint)device << 32 | (uint)app) * 0x9E37_79B9_7F4A_7C15 >> 32) * (ulong)length >> 32);
}

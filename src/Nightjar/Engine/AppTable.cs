using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>The apps of one device: found by their number, told in the order in which they were first seen.</summary>
/// <remarks>Two arrays that grow to what is there: a dictionary took twice the memory, and a fleet has twenty of these times a million.</remarks>
internal struct AppTable()
{
    private const int Least = 4;

    private AppTrack[] _apps = [];
    private ushort[] _places = [];
    private Dictionary<int, AppTrack>? _many;

    public int Count { get; private set; }

    /// <summary>In the order in which they were first seen.</summary>
    public readonly ReadOnlySpan<AppTrack> All => _apps.AsSpan(0, Count);

    public readonly AppTrack? Find(Symbol app)
    {
        if (_many is not null) return _many.GetValueOrDefault(app.Id);
        var places = _places;
        for (var place = Home(app.Id, places.Length); (uint)place < (uint)places.Length; place = place + 1 & places.Length - 1)
        {
            var number = places[place];
            if (number == 0) return null;
            var held = _apps[number - 1];
            if (held.App == app) return held;
        }
        return null;
    }

    /// <summary>Adds an app that is not there.</summary>
    public void Add(AppTrack app)
    {
        if (Count == _apps.Length) Array.Resize(ref _apps, Math.Max(Least, Count + Count / 2));
        _apps[Count++] = app;
        if (_many is not null) _many.Add(app.App.Id, app);
        else if (Count > ushort.MaxValue / 4) Spread();
        else if (Count * 4 > _places.Length * 3) Rebuild(Math.Max(Least * 2, _places.Length * 2));
        else Place(Count);
    }

    // More apps on one device than the small table is for.
    private void Spread()
    {
        _many = [];
        foreach (var app in All) _many.Add(app.App.Id, app);
        _places = [];
    }

    private void Rebuild(int size)
    {
        _places = new ushort[size];
        for (var number = 1; number <= Count; number++) Place(number);
    }

    private readonly void Place(int number)
    {
        var place = Home(_apps[number - 1].App.Id, _places.Length);
        while (_places[place] != 0) place = place + 1 & _places.Length - 1;
        _places[place] = (ushort)number;
    }

    private static int Home(int id, int size) => (int)((uint)id * 2_654_435_769u >> 16) & size - 1;
}

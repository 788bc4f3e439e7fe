using Nightjar.Events;

namespace Nightjar.Coverage;

/// <summary>The apps of one device, and of which of them the state is known.</summary>
/// <remarks>Asked for every event. One number for each app in a table with open places: those of a device lie together and take a few lines of
/// memory, where one dictionary for all devices waited for memory three times an event and was more than half of the account.</remarks>
internal struct AppStates
{
    private const int Least = 8;

    // The app's symbol, and in the lowest bit whether its state is known; 0 is an open place.
    private uint[]? _places;

    /// <summary>Apps so far.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the state of an app was known before. False when the app is new.</summary>
    /// <param name="app">Not none.</param>
    /// <param name="isTold">Whether it is known from now on.</param>
    /// <param name="wasKnown">The answer.</param>
    public readonly bool TryTake(Symbol app, bool isTold, out bool wasKnown)
    {
        wasKnown = false;
        if (_places is not { } places) return false;
        ref var place = ref places[PlaceOf(places, app)];
        if (place == 0) return false;
        wasKnown = (place & 1) != 0;
        if (isTold) place |= 1;
        return true;
    }

    /// <summary>Adds an app that is new.</summary>
    public void Add(Symbol app, bool isTold)
    {
        _places ??= new uint[Least];
        if ((Count + 1) * 4 > _places.Length * 3) Enlarge();
        _places[PlaceOf(_places, app)] = (uint)app.Id << 1 | (isTold ? 1u : 0);
        Count++;
    }

    // The place of the app, or the open one where it belongs.
    private static int PlaceOf(uint[] places, Symbol app)
    {
        var last = places.Length - 1;
        for (var place = (int)((uint)app.Id * 0x9E37_79B9_7F4A_7C15 >> 32) & last; ; place = place + 1 & last)
        {
            if (places[place] == 0 || places[place] >> 1 == (uint)app.Id) return place;
        }
    }

    private void Enlarge()
    {
        var larger = new uint[_places!.Length * 2];
        foreach (var held in _places)
        {
            if (held != 0) larger[PlaceOf(larger, new Symbol((int)(held >> 1)))] = held;
        }
        _places = larger;
    }
}

using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>An event of an app of which not everything was asked: it may be of any stage of its row whose analytic was not asked.</summary>
internal struct UnaskedEvent
{
    public AppTrack Track;

    /// <summary>When the event began.</summary>
    public Instant Time;

    /// <summary>The first of its turns among all that waits, see <see cref="Turns"/>.</summary>
    public long Number;

    /// <summary>How long the event was, in microseconds.</summary>
    public uint Length;

    /// <summary>The analytics that were asked, as bits of <see cref="AloneTimes.GroupOf"/>.</summary>
    public uint Asked;

    /// <summary>Where the event lies.</summary>
    public int Place;

    /// <summary>How many events back the one before it of the app is; 0: there is none.</summary>
    public int BackToApp;

    /// <summary>How many events back the one before it of the device is; 0: there is none.</summary>
    public int BackToDevice;

    /// <summary>Number of its row.</summary>
    public ushort Row;

    /// <summary>True when what is known of the app is not what was known at the event.</summary>
    public bool IsKnown;

    /// <summary>The kind of the event, as a bit.</summary>
    public readonly ulong Bit => ChainsInSightMemo.BitOf(Row);

    /// <summary>When the event ended.</summary>
    public readonly Instant End => new(Time.Micros + Length);
}

/// <summary>
/// Holds events of which not everything was asked, in the order in which they came, and lets them go in that order. From each leads the way to the one before it of its app and of its device.
/// </summary>
/// <remarks>
/// Nothing of an app or device is touched when an event is let go: what leads to it leads to nothing from then on. A list for each app in which the ends were kept right cost as much as all
/// questions together. To copy events as they are would take thrice the memory, and is no faster.
/// </remarks>
/// <param name="most">Most that wait; where there are more, the oldest are to be asked.</param>
internal sealed class UnaskedEvents(int most)
{
    /// <summary>Most that wait, usually.</summary>
    public const int Most = 1 << 18;

    /// <summary>Most bytes of texts and lists of an event that waits.</summary>
    public const int MostOwned = 512;

    private const int Few = 1 << 14;

    private readonly EventArena _events = new();
    private readonly Dictionary<long, MomentBox> _known = [];
    private UnaskedEvent[] _items = new UnaskedEvent[64];
    private int _head;

    /// <summary>The number of the first that waits. Numbers are given one after the other, from 1.</summary>
    public long First { get; private set; } = 1;

    /// <summary>The number of the next.</summary>
    public long Next { get; private set; } = 1;

    public bool IsFull => Next - First >= most;

    /// <summary>One that waits, by its number. Valid until the next is added.</summary>
    public ref UnaskedEvent this[long number]
    {
        get
        {
            var place = _head + (int)(number - First);
            return ref _items[place < _items.Length ? place : place - _items.Length];
        }
    }

    /// <summary>The event of one that waits. Valid until another is looked at.</summary>
    public EventView View(long number) => _events[this[number].Place];

    /// <summary>What was known at an event; null as long as what is known of the app is the same.</summary>
    public MomentBox? KnownAt(long number) => this[number].IsKnown ? _known[number] : null;

    /// <summary>Remembers what was known at an event.</summary>
    public void Know(long number, MomentBox known)
    {
        this[number].IsKnown = true;
        _known[number] = known;
    }

    /// <summary>True when the event with a number waits.</summary>
    public bool Waits(long number) => number >= First;

    /// <summary>The last of an app that waits; 0 when none does.</summary>
    public long LastOf(AppTrack app) => Waits(app.LastUnasked) ? app.LastUnasked : 0;

    /// <summary>The last of a device that waits; 0 when none does.</summary>
    public long LastOf(DeviceTrack device) => Waits(device.LastUnasked) ? device.LastUnasked : 0;

    /// <summary>The one before it of its app; 0 when none waits.</summary>
    public long BeforeOfApp(long number) => Before(number, this[number].BackToApp);

    /// <summary>The one before it of its device; 0 when none waits.</summary>
    public long BeforeOfDevice(long number) => Before(number, this[number].BackToDevice);

    /// <summary>How many of an app wait, counted anew.</summary>
    public int Count(AppTrack app)
    {
        app.UnaskedCount = 0;
        for (var number = LastOf(app); number != 0; number = BeforeOfApp(number)) app.UnaskedCount++;
        return app.UnaskedCount;
    }

    /// <summary>How many of a device wait, counted anew.</summary>
    public int Count(DeviceTrack device)
    {
        device.UnaskedCount = 0;
        for (var number = LastOf(device); number != 0; number = BeforeOfDevice(number)) device.UnaskedCount++;
        return device.UnaskedCount;
    }

    /// <summary>Adds one behind the others of its app and device; false when there is no room for the event.</summary>
    public bool TryAdd(in UnaskedEvent item, in EventView view)
    {
        if (_events.Add(in view) is not (>= 0 and var at)) return false;
        if (Next - First == _items.Length) Resize(_items.Length + _items.Length / 4);
        var number = Next++;
        ref var added = ref this[number];
        added = item;
        added.Place = at;
        var (app, device) = (item.Track, item.Track.Device);
        var isBehind = Waits(app.LastUnasked);
        added.BackToApp = isBehind ? (int)(number - app.LastUnasked) : 0;
        app.UnaskedRows = item.Bit | (isBehind ? app.UnaskedRows : 0);
        app.UnaskedCount = isBehind ? app.UnaskedCount + 1 : 1;
        isBehind = Waits(device.LastUnasked);
        added.BackToDevice = isBehind ? (int)(number - device.LastUnasked) : 0;
        device.UnaskedCount = isBehind ? device.UnaskedCount + 1 : 1;
        app.LastUnasked = device.LastUnasked = number;
        return true;
    }

    /// <summary>Lets the first go; gives back what holds what was known at it.</summary>
    public MomentBox? TakeFirst()
    {
        ref var item = ref _items[_head];
        _events.Release(item.Place);
        MomentBox? known = null;
        if (item.IsKnown) _known.Remove(First, out known);
        item.Track = null!;
        if (++_head == _items.Length) _head = 0;
        // What a burst has made is not kept for ever.
        if (++First == Next && _items.Length > Few) Resize(Few);
        return known;
    }

    private long Before(long number, int back) => back > 0 && Waits(number - back) ? number - back : 0;

    private void Resize(int size)
    {
        var resized = new UnaskedEvent[size];
        for (var number = First; number < Next; number++) resized[number - First] = this[number];
        (_items, _head) = (resized, 0);
    }
}

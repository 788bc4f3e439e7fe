using Nightjar.Events;

namespace Nightjar.Sources.Identity.Joining;

/// <summary>The contacts of the last minutes, found by device and place, for comparing clocks. One thread.</summary>
/// <remarks>
/// They lie in a ring in the order of time, and each knows the one before it in its bucket. Time alone takes them out: what is too old lies behind
/// the end of the ring, and whatever still points there points at nothing. A dictionary of places, each with a ring of its own, had every contact
/// looked up three times and was a tenth of all reading. Bounded: where there are too many, the earliest are forgotten before their time.
/// </remarks>
/// <param name="mostPlaces">Most places whose contacts are held.</param>
/// <param name="most">Most contacts that are held; a power of two, at least 1024.</param>
internal sealed class RecentContacts(int mostPlaces = 1 << 16, int most = 1 << 20)
{
    // Both sides of a place that is asked all the time match with everything and say nothing.
    private const int MostOfPlace = 32;

    private const int Least = 1024;

    private readonly Told[] _found = new Told[MostOfPlace];
    private Entry[] _ring = new Entry[Least];

    // By bucket, the number of its latest contact. Numbers may run over: only how long ago they were counts.
    private uint[] _latest = new uint[Least];
    private uint _next = 1;
    private int _count;
    private int _places;

    /// <summary>A contact: when, as which source told it, from which port of the device, by which clock.</summary>
    internal readonly record struct Told(Instant Time, Symbol LogName, ushort Port, byte Clock);

    /// <summary>Adds a contact, no earlier than those before; not the first one of a place beyond the most.</summary>
    /// <returns>The latest contacts before it with the same place, the earliest first; none while all were told by its clock, which is nearly always so.</returns>
    public ReadOnlySpan<Told> Add(in ContactKey key, in Told told)
    {
        if (_count == most) ForgetFirst();
        else if (_count == _ring.Length) Enlarge();
        ref var latest = ref _latest[BucketOf(in key)];
        var inBucket = AgoOf(latest);
        var before = Find(in key, inBucket);
        if (before == 0 && _places == mostPlaces) return [];
        var isMixed = before > 0 && TakeTurn(before, told.Clock);
        var found = isMixed ? Collect(in key, before) : [];
        if (before == 0) _places++;
        latest = _next;
        At(0) = new Entry(key, told, inBucket, isMixed);
        _next++;
        _count++;
        return found;
    }

    /// <summary>Forgets contacts before a time.</summary>
    public void Forget(Instant least)
    {
        while (_count > 0 && At(_count).Told.Time < least) ForgetFirst();
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => _count = _places = 0;

    private void ForgetFirst()
    {
        if (!At(_count--).HasLater) _places--;
    }

    // The entry that came so many contacts ago; 0 is the one that comes next.
    private ref Entry At(int ago) => ref _ring[(int)(_next - (uint)ago) & _ring.Length - 1];

    // 0 when it is not held any more.
    private int AgoOf(uint number) => _next - number is var ago && ago <= (uint)_count ? (int)ago : 0;

    // The latest contact of a place, from one in its bucket back; 0 when there is none.
    private int Find(in ContactKey key, int ago)
    {
        while (ago > 0 && At(ago).Key != key) ago = Before(ago);
        return ago;
    }

    private int Before(int ago)
    {
        var back = At(ago).Back;
        return back == 0 || ago + back > _count ? 0 : ago + back;
    }

    // The latest of a place gives way to another. True when not all of them are told by one clock.
    private bool TakeTurn(int before, byte clock)
    {
        ref var entry = ref At(before);
        entry.HasLater = true;
        return entry.IsMixed || entry.Told.Clock != clock;
    }

    private ReadOnlySpan<Told> Collect(in ContactKey key, int ago)
    {
        var first = MostOfPlace;
        for (; ago > 0 && first > 0; ago = Find(in key, Before(ago))) _found[--first] = At(ago).Told;
        return _found.AsSpan(first);
    }

    private int BucketOf(in ContactKey key) => key.GetHashCode() & _latest.Length - 1;

    private void Enlarge()
    {
        var (old, first) = (_ring, _next - (uint)_count);
        (_ring, _latest) = (new Entry[old.Length * 2], new uint[old.Length * 2]);
        (_next, _count) = (first, 0);
        for (; _count < old.Length; _count++, _next++)
        {
            ref var entry = ref At(0);
            entry = old[(int)_next & old.Length - 1];
            ref var latest = ref _latest[BucketOf(in entry.Key)];
            entry.Back = AgoOf(latest);
            latest = _next;
        }
    }

    /// <summary>A contact as it is held.</summary>
    private struct Entry(ContactKey key, Told told, int back, bool isMixed)
    {
        public readonly Told Told = told;
        public readonly ContactKey Key = key;

        /// <summary>How many contacts before this one its bucket had another; 0 when it had none.</summary>
        public int Back = back;

        /// <summary>Whether contacts of the place since it began, this one included, were told by several clocks.</summary>
        public readonly bool IsMixed = isMixed;

        /// <summary>Whether the place had a contact after this one.</summary>
        public bool HasLater;
    }
}

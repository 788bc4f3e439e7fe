using Nightjar.Events;

namespace Nightjar.Sources.Identity.Joining;

/// <summary>The latest contacts that named their app, by where they went. Bounded; what is older than the tolerance is forgotten.</summary>
internal sealed class NamedContacts(TimeSpan tolerance)
{
    private const int MostPerPlace = 64;

    private const int MostInAll = 1 << 18;

    private readonly Dictionary<ContactKey, Place> _places = [];
    private readonly PriorityQueue<ContactKey, Instant> _ends = new();
    private Instant _incompleteUntil = Instant.Min;

    private sealed class Place
    {
        public List<Contact> Contacts { get; } = [];

        /// <summary>The end of the latest contact that found no room: until then, nobody knows who else was there.</summary>
        public Instant IncompleteUntil { get; set; } = Instant.Min;
    }

    /// <summary>Contacts that were not remembered for want of room.</summary>
    public long GivenUp { get; private set; }

    public void Add(in ContactKey key, in Contact contact)
    {
        if (_ends.Count >= MostInAll)
        {
            GivenUp++;
            if (contact.To > _incompleteUntil) _incompleteUntil = contact.To;
            return;
        }
        if (!_places.TryGetValue(key, out var place)) _places[key] = place = new Place();
        if (place.Contacts.Count < MostPerPlace)
        {
            place.Contacts.Add(contact);
            _ends.Enqueue(key, contact.To);
            return;
        }
        GivenUp++;
        if (contact.To > place.IncompleteUntil) place.IncompleteUntil = contact.To;
    }

    /// <summary>Forgets contacts that nothing from <paramref name="time"/> on can match.</summary>
    public void Forget(Instant time)
    {
        var least = time - tolerance;
        while (_ends.TryPeek(out var key, out var end) && end < least)
        {
            _ends.Dequeue();
            if (!_places.TryGetValue(key, out var place)) continue;
            place.Contacts.RemoveAll(contact => contact.To < least);
            if (place.Contacts.Count == 0) _places.Remove(key);
        }
    }

    /// <summary>Adds to <paramref name="found"/> what speaks of the same connection, or of the same place at the same time.</summary>
    public void Find(in ContactKey key, in Contact unnamed, Verdict found)
    {
        if (unnamed.From <= _incompleteUntil + tolerance) found.IsIncomplete = true;
        if (!_places.TryGetValue(key, out var place)) return;
        if (unnamed.From <= place.IncompleteUntil + tolerance) found.IsIncomplete = true;
        foreach (var named in place.Contacts)
        {
            if (named.From - tolerance > unnamed.To || named.To + tolerance < unnamed.From) continue;
            if (named.SharesPort(in unnamed)) found.AddConnection(named.App, named.Grade);
            else if (named.LogName != unnamed.LogName && named.From - tolerance <= unnamed.From) found.AddDestination(named.App, named.Grade);
        }
    }

    public void Clear()
    {
        _places.Clear();
        _ends.Clear();
        _incompleteUntil = Instant.Min;
        GivenUp = 0;
    }
}

using Nightjar.Events;

namespace Nightjar.Sources.Identity.Joining;

/// <summary>Contacts that last longer than the tolerance, laid aside until a record comes that names no app.</summary>
/// <remarks>In telemetry whose records all name their app none ever comes, and to lay a contact aside is to append it to a list, where filing it takes two
/// tables and a heap. Bounded: when too many last at once, they are filed as if one had come.</remarks>
internal sealed class LastingContacts
{
    private const int Most = 1 << 17;

    private readonly List<(ContactKey? Address, ContactKey? Host, Contact Contact)> _kept = [];
    private int _sweepAt = 4096;
    private Instant _least = Instant.Min;

    /// <summary>Lays a contact aside. False when there is no room left.</summary>
    public bool TryAdd(ContactKey? address, ContactKey? host, in Contact contact)
    {
        if (_kept.Count >= _sweepAt) Sweep();
        _kept.Add((address, host, contact));
        return _kept.Count < Most;
    }

    /// <summary>Contacts that ended before can be forgotten.</summary>
    public void Forget(Instant least) => _least = least;

    /// <summary>Files all contacts, in the order in which they came.</summary>
    public void MoveTo(NamedContacts named)
    {
        Sweep();
        foreach (var (address, host, contact) in _kept)
        {
            if (address is { } place) named.Add(in place, in contact);
            if (host is { } name) named.Add(in name, in contact);
        }
        Clear();
    }

    public void Clear()
    {
        _kept.Clear();
        _least = Instant.Min;
    }

    private void Sweep()
    {
        _kept.RemoveAll(item => item.Contact.To < _least);
        _sweepAt = Math.Max(4096, _kept.Count * 2);
    }
}

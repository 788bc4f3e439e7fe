using Nightjar.Events;

namespace Nightjar.Sources.Identity.Joining;

/// <summary>Estimates how far the clocks of two log sources of a device differ, from records in which both tell of the same contact.</summary>
/// <remarks>
/// Every pair of contacts with one place within ten minutes votes for its difference. Pairs that belong together vote for the same one;
/// pairs that do not are spread over all. One thread; takes events in their order.
/// </remarks>
public sealed class ClockComparison
{
    private static readonly TimeSpan Reach = TimeSpan.FromMinutes(10);

    private const int MostPlaces = 1 << 16;
    private const int MostPairs = 1024;

    private readonly SymbolTable _symbols;
    private readonly ClockNumbers _clocks;
    private readonly Dictionary<ContactKey, RecentContacts> _recent = [];
    private readonly Queue<(Instant Time, RecentContacts Place)> _order = new();
    private readonly Stack<RecentContacts> _free = new();
    private readonly Dictionary<(Symbol Device, Symbol First, Symbol Second), ClockVotes> _votes = [];

    public ClockComparison(SymbolTable symbols) => (_symbols, _clocks) = (symbols, new ClockNumbers(symbols));

    /// <summary>Looks at the contacts of a batch.</summary>
    public void Learn(EventBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            ref readonly var header = ref batch.HeaderAt(i);
            if (header.Device.IsNone || header.LogName.IsNone || !ContactKey.IsContact(in header)) continue;
            if (header.State.TimeBasis is TimeBasis.Reported or TimeBasis.RelativeToCapture) continue;
            var view = batch[i];
            if (ContactKey.OfAddress(in view) is { } address) Compare(in address, Contact.Of(in view));
            else if (ContactKey.OfHost(in view) is { } host) Compare(in host, Contact.Of(in view));
        }
    }

    /// <summary>Forgets everything: the stream begins again.</summary>
    public void Clear()
    {
        _recent.Clear();
        _order.Clear();
        _free.Clear();
        _votes.Clear();
    }

    /// <summary>The differences that stand out, by device and sources.</summary>
    public IReadOnlyList<ClockOffset> Offsets()
    {
        var offsets = new List<ClockOffset>();
        foreach (var (key, votes) in _votes)
        {
            if (votes.Decide() is { } decided)
                offsets.Add(new ClockOffset(_symbols.Text(key.Device), _symbols.Text(key.First), _symbols.Text(key.Second), decided.Offset, decided.Spread, decided.Pairs));
        }
        return [.. offsets.OrderBy(item => item.Device, StringComparer.Ordinal).ThenBy(item => item.Reference, StringComparer.Ordinal).ThenBy(item => item.Source, StringComparer.Ordinal)];
    }

    private void Compare(in ContactKey key, Contact contact)
    {
        Forget(contact.From - Reach);
        if (!_recent.TryGetValue(key, out var place))
        {
            if (_recent.Count >= MostPlaces) return;
            if (!_free.TryPop(out place)) place = new RecentContacts();
            place.Begin(in key);
            _recent[key] = place;
        }
        var clock = _clocks.Of(contact.LogName);
        for (var i = 0; place.MayHaveOther(clock) && i < place.Count; i++)
        {
            ref readonly var earlier = ref place[i];
            if (earlier.Clock == clock || earlier.Port != 0 && contact.SourcePort != 0 && earlier.Port != contact.SourcePort) continue;
            Vote(key.Device, earlier.LogName, earlier.Time, contact);
        }
        place.Add(new RecentContacts.Entry(contact.From, contact.SourcePort, contact.LogName, clock));
        _order.Enqueue((contact.From, place));
    }

    // A difference counts from the reference to the source, whichever came first.
    private void Vote(Symbol device, Symbol earlierLog, Instant earlier, Contact later)
    {
        var isTurned = LogClock.IsReference(_clocks.NameOf(later.LogName), _clocks.NameOf(earlierLog));
        var key = isTurned ? (device, later.LogName, earlierLog) : (device, earlierLog, later.LogName);
        if (!_votes.TryGetValue(key, out var votes))
        {
            if (_votes.Count >= MostPairs) return;
            _votes[key] = votes = new ClockVotes(Reach);
        }
        votes.Add(isTurned ? earlier - later.From : later.From - earlier);
    }

    // A place that has been freed may stand here still, and may serve another one by now; forgetting what is old is right for that one too.
    private void Forget(Instant least)
    {
        while (_order.TryPeek(out var oldest) && oldest.Time < least)
        {
            _order.Dequeue();
            var place = oldest.Place;
            if (place.Count == 0) continue;
            place.Forget(least);
            if (place.Count > 0) continue;
            _recent.Remove(place.Key);
            _free.Push(place);
        }
    }
}

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

    // Both sides of a place that is asked all the time match with everything and say nothing.
    private const int MostPerPlace = 32;
    private const int MostPlaces = 1 << 16;
    private const int MostPairs = 1024;

    private readonly SymbolTable _symbols;
    private readonly Dictionary<ContactKey, Queue<(Instant Time, int Port, Symbol LogName)>> _recent = [];
    private readonly Queue<(Instant Time, ContactKey Key)> _order = new();
    private readonly Dictionary<(Symbol Device, Symbol First, Symbol Second), ClockVotes> _votes = [];

    public ClockComparison(SymbolTable symbols) => _symbols = symbols;

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
        if (!_recent.TryGetValue(key, out var queue))
        {
            if (_recent.Count >= MostPlaces) return;
            _recent[key] = queue = new();
        }
        foreach (var (time, port, logName) in queue)
        {
            if (SameClock(logName, contact.LogName) || port != 0 && contact.SourcePort != 0 && port != contact.SourcePort) continue;
            Vote(key.Device, logName, time, contact);
        }
        if (queue.Count == MostPerPlace) queue.Dequeue();
        queue.Enqueue((contact.From, contact.SourcePort, contact.LogName));
        _order.Enqueue((contact.From, key));
    }

    // A difference counts from the reference to the source, whichever came first.
    private void Vote(Symbol device, Symbol earlierLog, Instant earlier, Contact later)
    {
        var isTurned = LogClock.IsReference(_symbols.Text(later.LogName), _symbols.Text(earlierLog));
        var key = isTurned ? (device, later.LogName, earlierLog) : (device, earlierLog, later.LogName);
        if (!_votes.TryGetValue(key, out var votes))
        {
            if (_votes.Count >= MostPairs) return;
            _votes[key] = votes = new ClockVotes(Reach);
        }
        votes.Add(isTurned ? earlier - later.From : later.From - earlier);
    }

    private bool SameClock(Symbol log, Symbol other) => log == other || LogClock.IsSame(_symbols.Text(log), _symbols.Text(other));

    private void Forget(Instant least)
    {
        while (_order.TryPeek(out var oldest) && oldest.Time < least)
        {
            _order.Dequeue();
            if (!_recent.TryGetValue(oldest.Key, out var queue)) continue;
            while (queue.TryPeek(out var first) && first.Time < least) queue.Dequeue();
            if (queue.Count == 0) _recent.Remove(oldest.Key);
        }
    }
}

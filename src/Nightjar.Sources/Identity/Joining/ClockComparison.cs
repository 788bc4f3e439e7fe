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

    private const int MostPairs = 1024;

    private readonly SymbolTable _symbols;
    private readonly ClockNumbers _clocks;
    private readonly RecentContacts _recent = new();
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
        _recent.Forget(contact.From - Reach);
        var clock = _clocks.Of(contact.LogName);
        foreach (ref readonly var earlier in _recent.Add(in key, new RecentContacts.Told(contact.From, contact.LogName, (ushort)contact.SourcePort, clock)))
        {
            if (earlier.Clock == clock || earlier.Port != 0 && contact.SourcePort != 0 && earlier.Port != contact.SourcePort) continue;
            Vote(key.Device, earlier.LogName, earlier.Time, in contact);
        }
    }

    // A difference counts from the reference to the source, whichever came first.
    private void Vote(Symbol device, Symbol earlierLog, Instant earlier, in Contact later)
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
}

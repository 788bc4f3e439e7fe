using Nightjar.Events;

namespace Nightjar.Sources.Identity;

/// <summary>Turns leases into who held each address when.</summary>
/// <remarks>A lease lasts until its end, or until the address is granted anew, to whomever; an empty lease gives the address up. An open
/// lease lasts until either. A lease that names no hardware address tells of no device.</remarks>
internal static class LeaseHistory
{
    /// <summary>A hardware address and the name that its holder gave itself; null when it gave none.</summary>
    public sealed record Holder(string Mac, string? HostName);

    /// <summary>Who held each address.</summary>
    /// <param name="leases">In order of time.</param>
    public static Dictionary<string, List<Timeline<Holder>.Segment>> Of(IEnumerable<AddressLease> leases)
    {
        var histories = new Dictionary<string, List<Timeline<Holder>.Segment>>(StringComparer.Ordinal);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var lease in leases)
        {
            if (lease.Mac is not { } mac) continue;
            if (!histories.TryGetValue(lease.Ip, out var history)) histories[lease.Ip] = history = [];
            if (lease.HostName is not null) names[mac] = lease.HostName;
            Take(history, lease, new Holder(mac, names.GetValueOrDefault(mac)));
        }
        return histories;
    }

    private static void Take(List<Timeline<Holder>.Segment> history, AddressLease lease, Holder holder)
    {
        var to = lease.To ?? Instant.Max;
        var givesUp = to <= lease.From;
        if (history.Count > 0 && (!givesUp || history[^1].Holder.Mac == holder.Mac)) End(history, lease.From);
        if (!givesUp) history.Add(new(lease.From, to, holder));
    }

    private static void End(List<Timeline<Holder>.Segment> history, Instant time)
    {
        var last = history[^1];
        if (last.To <= time) return;
        if (last.From < time) history[^1] = last with { To = time };
        else history.RemoveAt(history.Count - 1);
    }
}

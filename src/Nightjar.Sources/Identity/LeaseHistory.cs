using Nightjar.Events;

namespace Nightjar.Sources.Identity;

/// <summary>Turns leases into who held each address when.</summary>
/// <remarks>A lease lasts until its end, or until the address is granted anew, to whomever; an empty lease gives the address up. An open
/// lease lasts until either. A lease that names neither a hardware address nor a device tells of none.</remarks>
internal static class LeaseHistory
{
    /// <summary>A hardware address or a device, and the name that it gave itself; null when it gave none.</summary>
    public sealed record Holder(string? Mac, string? Device, string? HostName)
    {
        public bool IsSame(Holder other) => Device is not null ? Device == other.Device : Mac == other.Mac;
    }

    /// <summary>Who held each address.</summary>
    /// <param name="leases">In order of time.</param>
    public static Dictionary<string, List<Timeline<Holder>.Segment>> Of(IEnumerable<AddressLease> leases)
    {
        var histories = new Dictionary<string, List<Timeline<Holder>.Segment>>(StringComparer.Ordinal);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var lease in leases)
        {
            if ((lease.Device ?? lease.Mac) is not { } key) continue;
            if (!histories.TryGetValue(lease.Ip, out var history)) histories[lease.Ip] = history = [];
            if (lease.HostName is not null) names[key] = lease.HostName;
            Take(history, lease, new Holder(lease.Mac, lease.Device, names.GetValueOrDefault(key)));
        }
        return histories;
    }

    private static void Take(List<Timeline<Holder>.Segment> history, AddressLease lease, Holder holder)
    {
        var to = lease.To ?? Instant.Max;
        var givesUp = to <= lease.From;
        if (history.Count > 0 && (!givesUp || history[^1].Holder.IsSame(holder))) End(history, lease.From);
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

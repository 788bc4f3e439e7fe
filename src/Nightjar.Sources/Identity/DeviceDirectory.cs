using System.Net;
using Nightjar.Events;

namespace Nightjar.Sources.Identity;

/// <summary>Answers which device had an address, a hardware address or a file at a time. Built once of the user's map and of the leases
/// that sources told; unchanging, and safe for several threads.</summary>
/// <remarks>For an address the map's own row comes first, then a lease, then a prefix of the map, the longest first.</remarks>
public sealed class DeviceDirectory
{
    private readonly Dictionary<string, DeviceFacts> _facts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Timeline<DeviceIdentity>> _byAddress = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Timeline<DeviceIdentity>> _byMac = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byAlias = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Timeline<DeviceIdentity>> _byLease = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DeviceIdentity> _leased = new(StringComparer.Ordinal);
    private readonly List<(IPNetwork Network, Timeline<DeviceIdentity> Timeline)> _byPrefix;
    private readonly List<(PathPattern Pattern, Timeline<DeviceIdentity> Timeline)> _byPath;

    /// <param name="map">What the user knows.</param>
    /// <param name="leases">What sources told, as it is now; null when nothing was collected.</param>
    public DeviceDirectory(DeviceMap map, IdentityBook? leases = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        foreach (var device in map.Rows.GroupBy(row => row.Device, StringComparer.Ordinal)) _facts[device.Key] = FactsOf(device);
        Collect(map, row => AddressPrefix.Is(row.Ip ?? "") ? null : row.Ip, _byAddress);
        Collect(map, row => row.Mac, _byMac);
        foreach (var row in map.Rows.Where(row => row.Alias is not null)) _byAlias.TryAdd(row.Alias!, row.Device);
        _byPrefix = [.. Collect(map, row => AddressPrefix.Is(row.Ip ?? "") ? row.Ip : null, [])
            .Select(pair => (Network: IPNetwork.Parse(pair.Key), pair.Value))
            .OrderByDescending(pair => pair.Network.PrefixLength)];
        _byPath = [.. Collect(map, row => row.Path, [])
            .Select(pair => (Pattern: new PathPattern(pair.Key), pair.Value))
            .OrderBy(pair => pair.Pattern)];
        if (leases is null) return;
        TakeClaims(leases.Claims());
        TakeLeases(leases.Leases());
    }

    /// <summary>A directory that knows nobody.</summary>
    public static DeviceDirectory Empty { get; } = new(DeviceMap.Empty);

    /// <summary>False when the map names no device: then nothing is added to any that a record states.</summary>
    internal bool DescribesAny => _facts.Count > 0;

    /// <summary>What the map says about a device; null when it does not name it.</summary>
    public DeviceFacts? Describe(string uid) => _facts.GetValueOrDefault(uid);

    /// <summary>The uid by which a device goes that a source calls otherwise: by its serial number, for instance. Null when the map has no such alias.</summary>
    public string? ResolveAlias(string name) => _byAlias.GetValueOrDefault(name);

    /// <summary>The device that had an address at a time; null when none is known.</summary>
    /// <param name="ip">The address in its shortest form.</param>
    /// <param name="time">The moment asked about.</param>
    public DeviceIdentity? FindByAddress(string ip, Instant time) => HistoryOf(ip).At(time);

    /// <summary>The device that had a hardware address at a time; null when neither the map nor a lease names it.</summary>
    /// <param name="mac">Lower case, with colons.</param>
    /// <param name="time">The moment asked about.</param>
    public DeviceIdentity? FindByMac(string mac, Instant time) =>
        _byMac.GetValueOrDefault(mac)?.At(time) ?? _leased.GetValueOrDefault(mac);

    /// <summary>The device of a file that speaks of one without naming it; null when the map has no row for the file and time.</summary>
    /// <param name="path">The file as the user would find it.</param>
    /// <param name="relativePath">The same below the path that the user gave.</param>
    /// <param name="time">The moment asked about.</param>
    public DeviceIdentity? FindByPath(string path, string relativePath, Instant time) =>
        PathsOf(path, relativePath).Select(timeline => timeline.At(time)).FirstOrDefault(device => device is not null);

    /// <summary>All that is known of an address, for many questions about it.</summary>
    internal AddressHistory HistoryOf(string ip) => new(
        _byAddress.GetValueOrDefault(ip),
        _byLease.GetValueOrDefault(ip),
        _byPrefix.Count > 0 && IPAddress.TryParse(ip, out var address)
            ? [.. _byPrefix.Where(pair => pair.Network.Contains(address)).Select(pair => pair.Timeline)]
            : []);

    /// <summary>The rows for a file, the one that says most first.</summary>
    internal IReadOnlyList<Timeline<DeviceIdentity>> PathsOf(string path, string relativePath)
    {
        string[] names = [.. new[] { path, relativePath }.Select(PathPattern.Normalise).OfType<string>()];
        return [.. _byPath.Where(pair => names.Any(pair.Pattern.Matches)).Select(pair => pair.Timeline)];
    }

    private static DeviceFacts FactsOf(IEnumerable<DeviceMapRow> rows) => new(
        rows.First().Device,
        rows.Select(row => row.Platform).FirstOrDefault(platform => platform != Platform.Unknown),
        rows.Select(row => row.Name).FirstOrDefault(name => name is not null),
        [.. rows.SelectMany(row => row.Groups).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    private Dictionary<string, Timeline<DeviceIdentity>> Collect(
        DeviceMap map, Func<DeviceMapRow, string?> keyOf, Dictionary<string, Timeline<DeviceIdentity>> into)
    {
        foreach (var row in map.Rows)
        {
            if (keyOf(row) is not { } key) continue;
            if (!into.TryGetValue(key, out var timeline)) into[key] = timeline = new Timeline<DeviceIdentity>();
            timeline.Add(row.From, row.To, Identity(row.Device, DeviceBasis.DeviceMap, null));
        }
        return into;
    }

    // Each word of management holds until the next about the same hardware address, the first since ever; the map's rows come before.
    private void TakeClaims(IReadOnlyList<HardwareClaim> claims)
    {
        foreach (var group in claims.GroupBy(claim => claim.Mac, StringComparer.Ordinal))
        {
            var told = group.ToList();
            if (!_byMac.TryGetValue(group.Key, out var timeline)) _byMac[group.Key] = timeline = new Timeline<DeviceIdentity>();
            for (var i = 0; i < told.Count; i++)
            {
                var from = i == 0 ? Instant.Min : told[i].Time;
                var to = i + 1 < told.Count ? told[i + 1].Time : Instant.Max;
                if (from < to) timeline.Add(from, to, Identity(told[i].Device, DeviceBasis.Inventory, null));
            }
        }
    }

    private void TakeLeases(IReadOnlyList<AddressLease> leases)
    {
        foreach (var (ip, segments) in LeaseHistory.Of(leases))
        {
            var timeline = _byLease[ip] = new Timeline<DeviceIdentity>();
            foreach (var segment in segments) Take(timeline, segment);
        }
    }

    // The hardware address may be a known device's for a part of the lease only.
    private void Take(Timeline<DeviceIdentity> timeline, Timeline<LeaseHistory.Holder>.Segment lease)
    {
        var (from, to, holder) = lease;
        if (holder.Device is { } device)
        {
            timeline.Add(from, to, Identity(device, DeviceBasis.Inventory, holder.HostName));
            return;
        }
        foreach (var known in _byMac.GetValueOrDefault(holder.Mac!)?.Segments ?? [])
        {
            if (known.To <= from || known.From >= to) continue;
            if (known.From > from) timeline.Add(from, known.From, Unmapped(holder));
            from = known.From > from ? known.From : from;
            var end = known.To < to ? known.To : to;
            timeline.Add(from, end, known.Holder with { Basis = DeviceBasis.DhcpLease });
            from = end;
        }
        if (from < to) timeline.Add(from, to, Unmapped(holder));
    }

    private DeviceIdentity Unmapped(LeaseHistory.Holder holder) =>
        _leased[holder.Mac!] = Identity("mac:" + holder.Mac, DeviceBasis.DhcpLease, holder.HostName);

    private DeviceIdentity Identity(string uid, DeviceBasis basis, string? ownName) =>
        Describe(uid) is { } facts
            ? new DeviceIdentity(uid, basis, facts.Platform, facts.Name ?? ownName, facts.Groups)
            : new DeviceIdentity(uid, basis, Platform.Unknown, ownName, []);
}

/// <summary>Who had one address when.</summary>
internal sealed class AddressHistory(
    Timeline<DeviceIdentity>? mapped, Timeline<DeviceIdentity>? leased, IReadOnlyList<Timeline<DeviceIdentity>> prefixes)
{
    /// <summary>The device that had the address; null when none is known.</summary>
    public DeviceIdentity? At(Instant time)
    {
        var device = mapped?.At(time) ?? leased?.At(time);
        for (var i = 0; device is null && i < prefixes.Count; i++) device = prefixes[i].At(time);
        return device;
    }
}

using System.Diagnostics.CodeAnalysis;
using Nightjar.Events;

namespace Nightjar.Sources.Identity;

/// <summary>Collects what sources tell of addresses. Bounded; what it holds does not depend on the order in which it was told.</summary>
/// <remarks>Safe for several threads.</remarks>
public sealed class IdentityBook : IIdentitySink
{
    /// <summary>Leases that are held unless said otherwise.</summary>
    public const int DefaultLimit = 500_000;

    private readonly Lock _gate = new();
    private readonly SortedSet<AddressLease> _leases = new(LeaseOrder.Instance);
    private readonly SortedSet<HardwareClaim> _claims = new(ClaimOrder.Instance);
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly int _limit;

    /// <param name="limit">The most leases that are held, at least 1.</param>
    public IdentityBook(int limit = DefaultLimit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        _limit = limit;
    }

    /// <summary>True when more was told than is held: the latest are missing.</summary>
    public bool IsLimitReached { get; private set; }

    /// <summary>How many leases are held.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _leases.Count;
        }
    }

    public void Add(AddressLease lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        lock (_gate)
        {
            if (_leases.Count == _limit && LeaseOrder.Instance.Compare(lease, _leases.Max) > 0)
            {
                IsLimitReached = true;
                return;
            }
            if (!_leases.Add(lease with { Ip = Once(lease.Ip), Mac = Once(lease.Mac), HostName = Once(lease.HostName), Device = Once(lease.Device) })) return;
            if (_leases.Count <= _limit) return;
            _leases.Remove(_leases.Max!);
            IsLimitReached = true;
        }
    }

    public void Add(HardwareClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        lock (_gate)
        {
            _claims.Add(claim with { Mac = Once(claim.Mac), Device = Once(claim.Device) });
            if (_claims.Count <= _limit) return;
            _claims.Remove(_claims.Max!);
            IsLimitReached = true;
        }
    }

    /// <summary>What was told of hardware addresses, in order of time, as it is now.</summary>
    public IReadOnlyList<HardwareClaim> Claims()
    {
        lock (_gate) return [.. _claims];
    }

    /// <summary>The leases in order of time, as they are now.</summary>
    public IReadOnlyList<AddressLease> Leases()
    {
        lock (_gate) return [.. _leases];
    }

    // The same few thousand addresses and names come again with each renewal.
    [return: NotNullIfNotNull(nameof(text))]
    private string? Once(string? text)
    {
        if (text is null) return null;
        if (_texts.TryGetValue(text, out var held)) return held;
        if (_texts.Count < _limit) _texts[text] = text;
        return text;
    }

    private sealed class LeaseOrder : IComparer<AddressLease>
    {
        public static LeaseOrder Instance { get; } = new();

        public int Compare(AddressLease? x, AddressLease? y)
        {
            if (x is null || y is null) return x is null ? y is null ? 0 : -1 : 1;
            var order = x.From.CompareTo(y.From);
            if (order == 0) order = string.CompareOrdinal(x.Ip, y.Ip);
            if (order == 0) order = string.CompareOrdinal(x.Mac, y.Mac);
            if (order == 0) order = (x.To ?? Instant.Max).CompareTo(y.To ?? Instant.Max);
            if (order == 0) order = string.CompareOrdinal(x.HostName, y.HostName);
            return order != 0 ? order : string.CompareOrdinal(x.Device, y.Device);
        }
    }

    private sealed class ClaimOrder : IComparer<HardwareClaim>
    {
        public static ClaimOrder Instance { get; } = new();

        public int Compare(HardwareClaim? x, HardwareClaim? y)
        {
            if (x is null || y is null) return x is null ? y is null ? 0 : -1 : 1;
            var order = x.Time.CompareTo(y.Time);
            if (order == 0) order = string.CompareOrdinal(x.Mac, y.Mac);
            return order != 0 ? order : string.CompareOrdinal(x.Device, y.Device);
        }
    }
}

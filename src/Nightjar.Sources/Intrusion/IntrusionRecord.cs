using Nightjar.Events;

namespace Nightjar.Sources.Intrusion;

/// <summary>What kind of record a line is.</summary>
internal enum IntrusionKind : byte
{
    Other,
    Dns,
    Connect,
    Security,
}

/// <summary>The attributes of one record, in both shapes of security events: a named payload, or a tag with an array.</summary>
/// <param name="names">How the attributes are named where the record was written.</param>
internal sealed class IntrusionRecord(IntrusionNames names)
{
    private const int TimeAt = 0, IdAt = 1, HostAt = 2, AddressesAt = 3, PackageAt = 4, AddressAt = 5, PortAt = 6, TagAt = 7, DataAt = 8,
        ProcessAt = 9, UidAt = 10, PidAt = 11, SeinfoAt = 12, HashAt = 13, InnerPackageAt = 14, VersionAt = 15, NanosAt = 16;

    // Unix times of this century lie far apart in the two units; what lies between is neither.
    private const long LargestMillis = 100_000_000_000_000;
    private const long SmallestNanos = 100_000_000_000_000_000;

    private readonly JsonRecord _json = new([.. names.Paths]);

    public bool TryRead(ReadOnlySpan<byte> line) => _json.TryRead(line);

    public IntrusionKind Kind
    {
        get
        {
            if (!names.AreOuter) return KindByContent();
            if (Name.SequenceEqual("dns_event"u8)) return IntrusionKind.Dns;
            if (Name.SequenceEqual("connect_event"u8)) return IntrusionKind.Connect;
            return Name.SequenceEqual("security_event"u8) ? IntrusionKind.Security : IntrusionKind.Other;
        }
    }

    /// <summary>Name of the record.</summary>
    public ReadOnlySpan<byte> Name => _json.FirstName;

    /// <summary>Name of a security event, however it is told.</summary>
    public ReadOnlySpan<byte> SecurityName => _json.InnerName.IsEmpty || !names.AreOuter ? SecurityTags.NameOf(_json.Text(TagAt)) : _json.InnerName;

    public bool HasTime => _json.Has(TimeAt) || _json.Has(NanosAt);

    /// <summary>The source's own number of the event.</summary>
    public long EventId => _json.TryInteger(IdAt, out var id) ? id : 0;

    public ReadOnlySpan<byte> Host => _json.Text(HostAt);

    public int AddressCount => _json.Count(AddressesAt);

    public ReadOnlySpan<byte> AddressItem(int index) => _json.Item(AddressesAt, index);

    public ReadOnlySpan<byte> Address => _json.Text(AddressAt);

    public long? Port => _json.TryInteger(PortAt, out var port) ? port : null;

    /// <summary>The app of a network event.</summary>
    public ReadOnlySpan<byte> Package => _json.Text(PackageAt);

    public ReadOnlySpan<byte> Process => Field(ProcessAt, 0);

    public ReadOnlySpan<byte> Uid => Field(UidAt, 2);

    public ReadOnlySpan<byte> Pid => Field(PidAt, 3);

    public ReadOnlySpan<byte> Seinfo => Field(SeinfoAt, 4);

    /// <summary>SHA-256 of the app's base package.</summary>
    public ReadOnlySpan<byte> PackageHash => Field(HashAt, 5);

    /// <summary>The package that was installed, updated or removed.</summary>
    public ReadOnlySpan<byte> ChangedPackage => Field(InnerPackageAt, 0);

    public ReadOnlySpan<byte> VersionCode => Field(VersionAt, 1);

    /// <summary>The time: network events count milliseconds, security events nanoseconds. A number that can only be of the other unit is taken so.</summary>
    public bool TryTime(out Instant time)
    {
        time = default;
        if (!_json.TryInteger(_json.Has(TimeAt) ? TimeAt : NanosAt, out var number) || number <= 0) return false;
        if (number < LargestMillis) time = Instant.FromMillis(number);
        else if (number > SmallestNanos) time = Instant.FromNanos(number);
        else return false;
        return true;
    }

    private IntrusionKind KindByContent()
    {
        if (_json.Has(TagAt)) return IntrusionKind.Security;
        if (Package.IsEmpty) return IntrusionKind.Other;
        if (_json.Has(HostAt)) return IntrusionKind.Dns;
        return _json.Has(AddressAt) ? IntrusionKind.Connect : IntrusionKind.Other;
    }

    // A payload of one value may stand without its array.
    private ReadOnlySpan<byte> Field(int named, int position)
    {
        if (_json.Count(DataAt) > position) return _json.Item(DataAt, position);
        return position == 0 && !_json.Text(DataAt).IsEmpty ? _json.Text(DataAt) : _json.Text(named);
    }
}

namespace Nightjar.Sources.AppPrivacyReport;

/// <summary>What kind of record a line of the report is.</summary>
internal enum ReportKind : byte
{
    Unknown,
    Network,
    Access,
}

/// <summary>The attributes of a line, also under the names that betas of iOS 15 gave them.</summary>
internal sealed class ReportRecord
{
    private const int TypeAt = 0, TimeAt = 1, EarlyTimeAt = 2, BundleAt = 3, EarlyBundleAt = 4, AccessorAt = 5, CategoryAt = 6, ServiceAt = 7, StreamAt = 8,
        KindAt = 9, IdentifierAt = 10, CountAt = 11, OutOfProcessAt = 12, BroadcasterAt = 13, DomainAt = 14, FirstTimeAt = 15, HitsAt = 16,
        ContextAt = 17, InitiatedAt = 18, OwnerAt = 19, DomainTypeAt = 20, ClassificationAt = 21, AccessorTypeAt = 22;

    private readonly JsonRecord _json = new(
        "type", "timeStamp", "timestamp", "bundleID", "hasApp.bundleName", "accessor.identifier", "category", "tccService", "stream",
        "kind", "identifier", "accessCount", "outOfProcess", "broadcaster.identifier", "domain", "firstTimeStamp", "hits",
        "context", "initiatedType", "domainOwner", "domainType", "domainClassification", "accessor.identifierType");

    public bool TryRead(ReadOnlySpan<byte> line) => _json.TryRead(line);

    public ReportKind Kind
    {
        get
        {
            if (Type.SequenceEqual("networkActivity"u8)) return ReportKind.Network;
            if (Type.SequenceEqual("access"u8)) return ReportKind.Access;
            if (_json.Has(TypeAt)) return ReportKind.Unknown;
            if (_json.Has(DomainAt) && _json.Has(FirstTimeAt)) return ReportKind.Network;
            return _json.Has(AccessorAt) && _json.Has(KindAt) ? ReportKind.Access : ReportKind.Unknown;
        }
    }

    /// <summary>True when a line can hardly be anything else.</summary>
    public bool IsCharacteristic => Kind switch
    {
        ReportKind.Network => _json.Has(DomainAt) && (_json.Has(BundleAt) || _json.Has(EarlyBundleAt)),
        ReportKind.Access => _json.Has(AccessorAt) && _json.Has(KindAt) && !(Time.IsEmpty || Category.IsEmpty && Service.IsEmpty && Stream.IsEmpty),
        _ => false,
    };

    public ReadOnlySpan<byte> Type => _json.Text(TypeAt);

    /// <summary>Of an access the moment, of a network record the last contact.</summary>
    public ReadOnlySpan<byte> Time => _json.Has(TimeAt) ? _json.Text(TimeAt) : _json.Text(EarlyTimeAt);

    public ReadOnlySpan<byte> FirstTime => _json.Text(FirstTimeAt);

    public ReadOnlySpan<byte> Bundle => _json.Has(BundleAt) ? _json.Text(BundleAt) : _json.Text(EarlyBundleAt);

    public ReadOnlySpan<byte> Accessor => _json.Text(AccessorAt);

    /// <summary>False when the accessor is told by another name than a bundle id.</summary>
    public bool IsAccessorBundle => !_json.Has(AccessorTypeAt) || _json.Text(AccessorTypeAt).SequenceEqual("bundleID"u8);

    public ReadOnlySpan<byte> Category => _json.Text(CategoryAt);

    public ReadOnlySpan<byte> Service => _json.Text(ServiceAt);

    public ReadOnlySpan<byte> Stream => _json.Text(StreamAt);

    /// <summary><c>intervalBegin</c>, <c>intervalEnd</c>, early also <c>event</c>.</summary>
    public ReadOnlySpan<byte> AccessKind => _json.Text(KindAt);

    /// <summary>The same for begin and end.</summary>
    public ReadOnlySpan<byte> Identifier => _json.Text(IdentifierAt);

    public ReadOnlySpan<byte> Broadcaster => _json.Text(BroadcasterAt);

    public bool? IsOutOfProcess => _json.Flag(OutOfProcessAt);

    public long? AccessCount => _json.TryInteger(CountAt, out var count) ? count : null;

    public ReadOnlySpan<byte> Domain => _json.Text(DomainAt);

    public long? Hits => _json.TryInteger(HitsAt, out var hits) ? hits : null;

    /// <summary>The web site on whose behalf the app made the contact.</summary>
    public ReadOnlySpan<byte> Context => _json.Text(ContextAt);

    /// <summary><c>AppInitiated</c>, or <c>NonAppInitiated</c> for the user's own web content.</summary>
    public ReadOnlySpan<byte> Initiated => _json.Text(InitiatedAt);

    public ReadOnlySpan<byte> Owner => _json.Text(OwnerAt);

    /// <summary>1 for domains that Apple knows to collect data across apps, 2 for others.</summary>
    public ReadOnlySpan<byte> DomainType => _json.Text(DomainTypeAt);

    /// <summary>1 a host name, 2 an address; not documented by Apple, and missing before iOS 16.</summary>
    public ReadOnlySpan<byte> Classification => _json.Text(ClassificationAt);
}

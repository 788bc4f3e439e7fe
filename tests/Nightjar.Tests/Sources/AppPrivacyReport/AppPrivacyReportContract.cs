using Nightjar.Sources;
using Nightjar.Sources.AppPrivacyReport;

namespace Nightjar.Tests.Sources.AppPrivacyReport;

public sealed class AppPrivacyReportContract : SourceContract
{
    private const string Report =
        """
        {"accessor":{"identifier":"com.example.notes","identifierType":"bundleID"},"category":"photos","identifier":"0A-1","kind":"intervalBegin","timeStamp":"2026-02-20T10:53:24.555-04:00","type":"access"}
        {"accessor":{"identifier":"com.example.notes","identifierType":"bundleID"},"category":"location","identifier":"0A-2","kind":"intervalBegin","timeStamp":"2026-02-20T10:53:25.000-04:00","type":"access"}
        {"accessor":{"identifier":"com.example.notes","identifierType":"bundleID"},"category":"photos","identifier":"0A-1","kind":"intervalEnd","timeStamp":"2026-02-20T10:53:28.495-04:00","type":"access"}
        {"type":"weather","timeStamp":"2026-02-20T10:53:28.495-04:00"}
        {"timeStamp":"2026-02-21T21:32:14.726+02:00","initiatedType":"AppInitiated","context":"","domain":"api.courier.example","contextVerificationType":0,"type":"networkActivity","domainType":2,"firstTimeStamp":"2026-02-18T22:31:47.355+02:00","bundleID":"com.example.courier","domainOwner":"","hits":5,"domainClassification":1}
        {"timeStamp":"2026-02-21T21:32:14.726+02:00","initiatedType":"NonAppInitiated","context":"shop.example","domain":"192.0.2.7","contextVerificationType":2,"type":"networkActivity","domainType":1,"firstTimeStamp":"2026-02-21T21:32:14.726+02:00","bundleID":"com.example.browser","domainOwner":"Example","hits":1,"domainClassification":2}

        """;

    private const string Early =
        """
        {"stream":"com.apple.privacy.accounting.stream.tcc","accessor":{"identifier":"com.example.notes","identifierType":"bundleID"},"tccService":"kTCCServiceCamera","identifier":"0B-1","kind":"event","timestamp":"2021-06-11T18:48:49.573-05:00","version":3}
        {"domain":"cdn.courier.example","effectiveUserId":501,"domainType":2,"timeStamp":"2021-06-11T05:18:04Z","hasApp.bundleName":"com.example.courier","context":"","hits":2,"domainOwner":"","initiatedType":"AppInitiated","firstTimeStamp":"2021-06-11T05:18:01Z"}
        """;

    protected override ISourceReader Reader { get; } = new AppPrivacyReportReader();

    protected override int EventsPerRecord => 2;

    protected override IReadOnlyList<SourceExample> Examples { get; } =
    [
        new("App_Privacy_Report_v4_2026-02-22T11_08_58.ndjson", Report, 5) { Anomalies = 1 },
        new("early.ndjson", Early, 2),
    ];

    // A begin whose end is cut off is given without its length, after everything else.
    protected override bool IsConsistent(IReadOnlyList<string> prefix, IReadOnlyList<string> whole) =>
        base.IsConsistent([.. prefix.Where(line => !IsBeginWithoutEnd(line))], [.. whole.Where(line => !IsBeginWithoutEnd(line))]);

    private static bool IsBeginWithoutEnd(string line) =>
        line.Contains(" SensorUse 99901001/1 ", StringComparison.Ordinal) && line.Contains(" seq 0 ", StringComparison.Ordinal);
}

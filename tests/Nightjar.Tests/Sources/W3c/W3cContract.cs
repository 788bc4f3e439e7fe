using Nightjar.Sources;
using Nightjar.Sources.W3c;

namespace Nightjar.Tests.Sources.W3c;

public sealed class W3cContract : SourceContract
{
    internal const string Header =
        "#Software: Example 1.0\n#Version: 1.0\n#Fields: date time time-taken c-ip cs-username sc-status s-action cs-method cs-uri-scheme cs-host cs-uri-port cs-uri-path cs-uri-query cs(User-Agent) sc-bytes cs-bytes rs(Content-Type) r-ip\n";

    private const string Lines =
        """
        2026-03-02 09:05:07 12 10.0.3.7 - 200 TCP_MISS GET http files.example.net 8080 /pkg/tool.apk ?x=1 "Fetch/1 (Android 16)" 48211 300 application/zip 198.51.100.20
        2026-03-02 09:05:08 5006 10.0.3.7 - 200 TCP_TUNNELED CONNECT tcp files.example.net 443 / - - 19763 1700 - 198.51.100.20
        2026-03-02 09:05:09 1 10.0.3.7 - 403 TCP_DENIED GET http bad.example.net 80 / - "cut
        2026-13-02 09:05:09 1 10.0.3.7 - 403 TCP_DENIED GET http bad.example.net 80 / - - 1 2 text/html -

        """;

    protected override ISourceReader Reader { get; } = new W3cReader();

    protected override IReadOnlyList<SourceExample> Examples { get; } =
    [
        new("proxy.log", Header + Lines, 2) { Anomalies = 2 },
        new("short.log", "#Version: 1.0\n#Fields: date time c-ip cs-method cs-uri sc-bytes\n2026-03-02\t09:05:07\t10.0.3.7\tGET\thttps://files.example.net/a\t700\n", 1),
    ];

    protected override int LinesBeforeLongLine(SourceExample example) => example.Bytes.AsSpan().Count((byte)'\n') - 1;
}

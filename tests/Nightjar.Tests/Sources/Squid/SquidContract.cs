using Nightjar.Sources;
using Nightjar.Sources.Squid;

namespace Nightjar.Tests.Sources.Squid;

public sealed class SquidContract : SourceContract
{
    private const string Native =
        """
        1772442306.750   5006 10.0.3.7 TCP_TUNNEL/200 19763 CONNECT files.example.net:443 - HIER_DIRECT/198.51.100.20 -
        1772442307.000     12 10.0.3.7 TCP_MISS/200 48211 GET http://files.example.net/pkg/tool.apk - HIER_DIRECT/198.51.100.20 application/zip
        1772442308.000      0 10.0.3.7 TCP_DENIED/403 3811 GET http://bad.example.net/ - HIER_NONE/- text/html
        17724423xx.000     12 10.0.3.7 TCP_MISS/200 48211 GET http://files.example.net/
        1772442309.100      3 10.0.3.7 NONE/000 0 GET http://slow.example.net/ - HIER_NONE/- -

        """;

    private const string Combined =
        """
        10.0.3.7 - - [02/Mar/2026:10:05:07 +0100] "GET http://files.example.net/pkg/tool.apk HTTP/1.1" 200 48211 "-" "Fetch/1 (\"x\")" TCP_MISS:HIER_DIRECT
        10.0.3.7 - - [02/Mar/2026:10:05:08 +0100] "CONNECT files.example.net:443 HTTP/1.1" 200 19763
        10.0.3.7 - - [32/Mar/2026:10:05:08 +0100] "GET http://files.example.net/ HTTP/1.1" 200 -
        """;

    protected override ISourceReader Reader { get; } = new SquidReader();

    protected override IReadOnlyList<SourceExample> Examples { get; } =
    [
        new("access.log", Native, 4) { Anomalies = 1 },
        new("access.log.1", Combined, 2) { Anomalies = 1 },
    ];
}

using Nightjar.Sources;
using Nightjar.Sources.Pcapdroid;

namespace Nightjar.Tests.Sources.Pcapdroid;

public sealed class PcapdroidCsvContract : SourceContract
{
    internal const string Header = "IPProto,SrcIP,SrcPort,DstIp,DstPort,UID,App,PackageName,Proto,Status,Info,BytesSent,BytesRcvd,PktsSent,PktsRcvd,FirstSeen,LastSeen,Malicious\n";

    private const string Rows =
        """
        6,10.215.173.1,50111,198.51.100.20,443,10214,Courier,com.example.courier,TLS,Closed,files.example.net,1200,26000,9,20,2026-03-02T10:05:00.250+0100,2026-03-02T10:06:00.750+0100,
        17,10.215.173.1,40001,10.215.173.2,53,1051,Netd,netd,DNS,Fermée,files.example.net,63,79,1,1,2026-03-02T10:04:59.100+0100,2026-03-02T10:04:59.150+0100,
        6,10.215.173.1,50112,203.0.113.9,80,-1,Unknown,,HTTP,Open,a, b and c,100,200,2,2,2026-03-02T10:07:00.000+0100,2026-03-02T10:07:01.000+0100,yes
        6,10.215.173.1,50113,203.0.113.9,80,10300,Maps,com.example.maps,HTTP,Open,maps.example.net,x,200,2,2,2026-03-02T10:08:00.000+0100,2026-03-02T10:08:01.000+0100,
        6,10.215.173.1,50114,203.0.113.9
        6,10.215.173.1,50114,203.0.113.9,80,10300,Maps,com.example.maps,HTTP,Open,maps.example.net,1,200,2,2,yesterday,today,

        """;

    private const string Early =
        """
        IPProto,SrcIP,SrcPort,DstIp,DstPort,UID,App,Proto,Status,Info,BytesSent,BytesRcvd,PktsSent,PktsRcvd,FirstSeen,LastSeen
        17,10.215.173.1,50111,198.51.100.20,443,10214,Courier, the app,QUIC,Open,files.example.net,1200,26000,9,20,2023-03-02 10:05:00,2023-03-02 10:06:00

        """;

    protected override ISourceReader Reader { get; } = new PcapdroidCsvReader();

    protected override IReadOnlyList<SourceExample> Examples { get; } =
    [
        new("PCAPdroid_02_Mar_10_20_00.csv", Header + Rows, 4) { Anomalies = 3 },
        new("connections.csv", Early, 1),
    ];

    protected override int LinesBeforeLongLine(SourceExample example) => 1;
}

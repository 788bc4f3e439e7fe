using Nightjar.Sources;
using Nightjar.Sources.Zeek;

namespace Nightjar.Tests.Sources.Zeek;

public sealed class ZeekTsvContract : SourceContract
{
    protected override ISourceReader Reader { get; } = new ZeekTsvReader();

    protected override IReadOnlyList<SourceExample> Examples { get; } =
    [
        new("conn.log", ZeekLogText.Tsv(
            "conn",
            "ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto service duration orig_bytes resp_bytes conn_state local_orig local_resp history",
            "1772352000.000001 CaAaAa1 10.20.0.7 40001 198.51.100.9 443 tcp ssl 2.500000 1200 64000 SF T F ShADadfF",
            "1772352001.250000 CbBbBb2 fd00::7 5353 ff02::fb 5353 udp dns - - - S0 T F D",
            "1772352002.000000 CcCcCc3 203.0.113.5 50000 10.20.0.7 8080 tcp http 0.125000 300 20 SF F T ShADadfF"), 3),
        new("http.log", ZeekLogText.Tsv(
            "http",
            "ts uid id.orig_h id.orig_p id.resp_h id.resp_p trans_depth method host uri user_agent request_body_len response_body_len status_code tags resp_filenames resp_mime_types",
            "1772352000.5 CdDdDd4 10.20.0.7 40002 198.51.100.9 80 1 GET cdn.example.net /a/tool%2Ejar?x=1 Agent/1\\x2c\\x20b 0 20000 200 (empty) - application/zip",
            "XXXXXXXXXX.XXXXXX CdDdDd5 10.20.0.7 40002 198.51.100.9 80 1 GET cdn.example.net / - 0 0 404 (empty) - text/html"), 1) { Anomalies = 1 },
        new("dns.log", ZeekLogText.Tsv(
            "dns",
            "ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto trans_id rtt query qtype_name rcode rejected answers",
            "1772352000.1 CeEeEe6 10.20.0.7 40003 10.20.0.1 53 udp 7 0.020000 api.example.net A 0 F edge.example.net,198.51.100.9",
            "1772352000.2 CeEeEe7 10.20.0.7 40003 10.20.0.1 53 udp 8 - api.example.net AAAA 3 F -") + "#path\tpe\n#fields\tts\tid\n1772352000.2\tF1\n", 2) { Anomalies = 1 },
        new("odd.log", "\t#separator \\x7c\n#set_separator|;\n#empty_field|EMPTY\n#unset_field|NONE\n#path|files\n" +
            "#fields|ts|fuid|tx_hosts|rx_hosts|conn_uids|mime_type|filename|seen_bytes|sha1\n" +
            "1772352000.3|Fa1|198.51.100.9;198.51.100.10|10.20.0.7|Cf1;Cf2|image/png|NONE|4096|0123456789abcdef0123456789ABCDEF01234567\n" +
            "1772352000.4|Fa2|198.51.100.9|10.20.0.7|EMPTY|NONE|a\\x7cb.dex|17|nonsense\n" +
            "too|few\n", 2) { Anomalies = 2 },
        new("quic.log", ZeekLogText.Tsv("quic", "ts uid id.orig_h id.orig_p id.resp_h id.resp_p version server_name", "1772352000.4 CqQqQq1 10.20.0.7 40009 198.51.100.9 443 1 cdn.example.net"), 1),
        new("x509.log", ZeekLogText.Tsv(
            "x509",
            "ts fingerprint certificate.serial certificate.subject certificate.issuer certificate.not_valid_before certificate.not_valid_after",
            "1772352000.4 aa00 01 CN=a.example.net CN=a.example.net 1704067200.000000 1735689600.000000"), 0),
    ];
}

public sealed class ZeekJsonContract : SourceContract
{
    protected override ISourceReader Reader { get; } = new ZeekJsonReader();

    protected override IReadOnlyList<SourceExample> Examples { get; } =
    [
        new("conn.log", """
            {"ts":1772352000.000001,"uid":"CaAaAa1","id.orig_h":"10.20.0.7","id.orig_p":40001,"id.resp_h":"198.51.100.9","id.resp_p":443,"proto":"tcp","duration":2.5,"orig_bytes":1200,"resp_bytes":64000,"conn_state":"SF"}
            {"ts":1772352001.25,"uid":"CbBbBb2","id":{"orig_h":"fd00::7","orig_p":5353,"resp_h":"ff02::fb","resp_p":5353},"proto":"udp","conn_state":"S0","extra":{"deep":[1,{"x":null}]}}

            """, 2),
        new("all.json", """
            {"_path":"dns","_write_ts":"2026-03-01T08:00:00.2Z","ts":"2026-03-01T08:00:00.100000Z","uid":"CeEeEe6","id.orig_h":"10.20.0.7","id.orig_p":40003,"id.resp_h":"10.20.0.1","id.resp_p":53,"proto":"udp","query":"api.example.net","rtt":2e-2,"answers":["edge.example.net","198.51.100.9"],"rejected":false}
            {"_path":"weird","ts":"2026-03-01T08:00:00.100000Z","name":"odd"}
            {"_path":"http","ts":1772352000500,"uid":"CdDdDd4","id_orig_h":"10.20.0.7","id_orig_p":40002,"id_resp_h":"198.51.100.9","id_resp_p":80,"method":"GET","host":"cdn.example.net","uri":"/\u0061/tool.jar","status_code":200,"response_body_len":20000,"resp_mime_types":["application\/zip"]}
            {"_path":"ssl","ts":"yesterday"}
            """, 2) { Anomalies = 2 },
        new("notice.log", """
            {"ts":1772352000.4,"uid":"CqQqQq1","id.orig_h":"10.20.0.7","id.orig_p":40009,"id.resp_h":"198.51.100.9","id.resp_p":443,"note":"SSL::Invalid_Server_Cert","msg":"EXAMPLE","suppress_for":3600.0}
            """, 1),
    ];
}

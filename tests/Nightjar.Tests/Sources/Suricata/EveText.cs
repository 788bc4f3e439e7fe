namespace Nightjar.Tests.Sources.Suricata;

/// <summary>Invented records of Suricata, one a line.</summary>
internal static class EveText
{
    public const string Ends = "\"src_ip\":\"10.0.3.7\",\"src_port\":50111,\"dest_ip\":\"198.51.100.20\",\"dest_port\":443,\"proto\":\"TCP\"";
    public const string Turned = "\"src_ip\":\"198.51.100.20\",\"src_port\":80,\"dest_ip\":\"10.0.3.7\",\"dest_port\":50111,\"proto\":\"TCP\"";

    public const string Flow =
        "{\"timestamp\":\"2026-03-02T10:20:00.000001+0100\",\"flow_id\":1001,\"event_type\":\"flow\"," + Ends + ",\"app_proto\":\"failed\","
        + "\"flow\":{\"pkts_toserver\":9,\"pkts_toclient\":20,\"bytes_toserver\":1200,\"bytes_toclient\":26000,"
        + "\"start\":\"2026-03-02T10:05:00.250000+0100\",\"end\":\"2026-03-02T10:06:00.750000+0100\",\"age\":60,\"state\":\"closed\"}}";

    public const string Alert =
        "{\"timestamp\":\"2026-03-02T10:05:01.000000+0100\",\"flow_id\":1001,\"event_type\":\"alert\"," + Turned + ",\"direction\":\"to_client\","
        + "\"alert\":{\"gid\":1,\"signature_id\":9000001,\"rev\":1,\"signature\":\"EXAMPLE something was fetched\"}}";

    /// <summary>Every kind that is read, one that is not, and what is broken.</summary>
    public static readonly string All = string.Join('\n',
        Flow,
        Alert,
        Netflow("10.0.3.7", 50111, "198.51.100.20", 443, 700),
        Dns("query", "\"id\":7,\"rrname\":\"Files.Example.net\",\"rrtype\":\"A\",\"tx_id\":0"),
        Dns("answer", "\"version\":2,\"id\":7,\"rrname\":\"files.example.net\",\"rrtype\":\"A\",\"rcode\":\"NOERROR\",\"answers\":[{\"rrname\":\"files.example.net\",\"rrtype\":\"A\",\"ttl\":60,\"rdata\":\"198.51.100.20\"}]"),
        Http(1002, "/pkg/tool.apk", 200, 48_000),
        Tls("\"subject\":\"CN=files.example.net\",\"issuerdn\":\"CN=Example CA\",\"notbefore\":\"2026-01-01T00:00:00\",\"notafter\":\"2027-01-01T00:00:00\""),
        "{\"timestamp\":\"2026-03-02T09:05:03Z\",\"flow_id\":1003,\"event_type\":\"quic\"," + Ends + ",\"quic\":{\"version\":\"1\",\"sni\":\"cdn.example.net\"}}",
        File("tool.apk", 48_000),
        "{\"timestamp\":\"2026-03-02T09:05:04Z\",\"event_type\":\"stats\",\"stats\":{\"uptime\":12}}",
        "{\"timestamp\":\"2026-03-02T09:05:05Z\",\"flow_id\":1004,\"event_type\":\"flow\"," + Ends + ",\"flow\":{\"bytes_toserver\":1}}",
        "{\"timestamp\":\"soon\",\"flow_id\":1005,\"event_type\":\"http\"," + Ends + "}",
        "{\"timestamp\":\"2026-03-02T09:05:06Z\",\"flow_id\":10");

    public static string Netflow(string source, int sourcePort, string destination, int destinationPort, int bytes) =>
        $"{{\"timestamp\":\"2026-03-02T10:25:05+0000\",\"flow_id\":1001,\"event_type\":\"netflow\",\"src_ip\":\"{source}\",\"src_port\":{sourcePort},"
        + $"\"dest_ip\":\"{destination}\",\"dest_port\":{destinationPort},\"proto\":\"TCP\",\"netflow\":{{\"pkts\":9,\"bytes\":{bytes},"
        + "\"start\":\"2026-03-02T09:05:00.25+0000\",\"end\":\"2026-03-02T09:06:00.75+0000\"}}";

    public static string Dns(string type, string rest, bool turned = false) =>
        "{\"timestamp\":\"2026-03-02T09:05:00.100000+0000\",\"flow_id\":1000,\"event_type\":\"dns\","
        + (turned ? "\"src_ip\":\"10.0.3.1\",\"src_port\":53,\"dest_ip\":\"10.0.3.7\",\"dest_port\":40001" : "\"src_ip\":\"10.0.3.7\",\"src_port\":40001,\"dest_ip\":\"10.0.3.1\",\"dest_port\":53")
        + $",\"proto\":\"UDP\",\"dns\":{{\"type\":\"{type}\",{rest}}}}}";

    public static string Http(long flow, string url, int status, int length) =>
        $"{{\"timestamp\":\"2026-03-02T10:05:00.500000+0100\",\"flow_id\":{flow},\"event_type\":\"http\",{Ends},\"tx_id\":0,\"http\":{{\"hostname\":\"files.example.net\","
        + $"\"http_port\":8080,\"url\":\"{url}\",\"http_user_agent\":\"Fetch/1\",\"http_content_type\":\"application/zip\",\"http_method\":\"GET\",\"status\":{status},\"length\":{length}}}}}";

    public static string Tls(string certificate) =>
        $"{{\"timestamp\":\"2026-03-02T09:05:02.000000+0000\",\"flow_id\":1001,\"event_type\":\"tls\",{Ends},"
        + $"\"tls\":{{{certificate},\"sni\":\"Files.example.net\",\"version\":\"TLS 1.2\",\"ja3\":{{\"hash\":\"b7202231ff2db28363c109cedc6d1642\",\"string\":\"771,\"}}}}}}";

    public static string File(string name, int size, int status = 200) =>
        $"{{\"timestamp\":\"2026-03-02T09:05:01.500000+0000\",\"flow_id\":1002,\"event_type\":\"fileinfo\",{Turned},"
        + $"\"http\":{{\"hostname\":\"files.example.net\",\"url\":\"/pkg/tool.apk\",\"http_content_type\":\"application/zip\",\"http_method\":\"GET\",\"status\":{status}}},"
        + $"\"fileinfo\":{{\"filename\":\"{name}\",\"state\":\"CLOSED\",\"stored\":false,\"size\":{size},\"md5\":\"00112233445566778899AABBCCDDEEFF\",\"tx_id\":0}}}}";
}

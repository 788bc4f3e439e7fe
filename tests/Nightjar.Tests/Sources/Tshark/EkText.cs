using System.Globalization;

namespace Nightjar.Tests.Sources.Tshark;

/// <summary>Invented packets as tshark writes chosen fields, one a line.</summary>
internal static class EkText
{
    /// <summary>A phone's question, a download in the clear and the first bytes of a handshake, with what PCAPdroid adds.</summary>
    public static readonly string Phone = string.Join('\n',
        Block(10214, "com.example.courier", "Courier"),
        Question(2, 0, "u-1051"),
        Answer(3, 0.05, "u-1051"),
        Tcp(4, 0.1, true, 0, "u-10214"),
        Tcp(5, 0.12, false, 0, "u-10214"),
        Tcp(6, 0.14, true, 76, "u-10214", Request("/pkg/tool.apk")),
        Tcp(7, 0.2, false, 1400, "u-10214"),
        Tcp(8, 0.22, false, 1674, "u-10214", ResponseTo(200, 3002)),
        Hello(9, 1, "u-10214"),
        "{\"timestamp\":\"1772442302000\",\"layers\":{\"frame_number\":[\"10\"],\"frame_len\":[\"60\"]}}",
        Tcp(11, 2, true, 5, "u-10214").Replace("1772442302.000000", "later", StringComparison.Ordinal),
        "{\"timestamp\":\"17724423", "");

    /// <summary>The same question with all that was dissected, as others bring it.</summary>
    public const string Whole =
        "{\"index\":{\"_index\":\"packets-2026-03-02\",\"_type\":\"doc\"}}\n"
        + "{\"timestamp\":\"1772442300000\",\"layers\":{\"frame\":{\"frame_frame_time_epoch\":\"1772442300.000000000\",\"frame_frame_number\":\"1\",\"frame_frame_len\":\"77\"},"
        + "\"eth\":{\"eth_eth_src\":\"02:00:5e:00:53:07\"},\"ip\":{\"ip_ip_proto\":\"17\",\"ip_ip_src\":\"10.0.3.7\",\"ip_ip_addr\":[\"10.0.3.7\",\"10.0.3.1\"],\"ip_ip_dst\":\"10.0.3.1\"},"
        + "\"udp\":{\"udp_udp_srcport\":\"40001\",\"udp_udp_dstport\":\"53\",\"udp_udp_length\":\"43\",\"udp_udp_stream\":\"0\",\"text\":\"Timestamps\"},"
        + "\"dns\":{\"dns_dns_id\":\"0x0007\",\"dns_dns_flags_response\":false,\"text\":\"Queries\",\"text\":\"files.example.net\",\"dns_dns_qry_name\":\"files.example.net\",\"dns_dns_qry_type\":\"1\"}}}\n";

    public static string Block(int uid, string package, string label)
    {
        var hex = "010001" + Convert.ToHexStringLower(BitConverter.GetBytes(uid)) + $"{package.Length:x2}{label.Length:x2}" + Hex(package) + Hex(label) + "00";
        return $"{{\"timestamp\":\"0000\",\"layers\":{{\"frame_number\":[\"1\"],\"frame_len\":[\"36\"],\"frame_cb_pen\":[\"62652\"],\"data_data\":[\"{hex}\"]}}}}";
    }

    public static string Question(int number, double after, string comment) =>
        Packet(number, after, comment, "\"ip_src\":[\"10.215.173.1\"],\"ip_dst\":[\"10.215.173.2\"],\"ip_proto\":[\"17\"],\"udp_srcport\":[\"40001\"],\"udp_dstport\":[\"53\"],\"udp_length\":[\"43\"],\"udp_stream\":[\"0\"],"
            + "\"dns_flags_response\":[\"0\"],\"dns_qry_name\":[\"Files.example.net\"],\"dns_qry_type\":[\"1\"],\"dns_id\":[\"0x0007\"]");

    public static string Answer(int number, double after, string comment) =>
        Packet(number, after, comment, "\"ip_src\":[\"10.215.173.2\"],\"ip_dst\":[\"10.215.173.1\"],\"ip_proto\":[\"17\"],\"udp_srcport\":[\"53\"],\"udp_dstport\":[\"40001\"],\"udp_length\":[\"59\"],\"udp_stream\":[\"0\"],"
            + "\"dns_flags_response\":[\"1\"],\"dns_qry_name\":[\"files.example.net\"],\"dns_qry_type\":[\"1\"],\"dns_cname\":[\"cdn.example.net\"],\"dns_a\":[\"198.51.100.20\",\"198.51.100.21\"],\"dns_flags_rcode\":[\"0\"],\"dns_id\":[\"0x0007\"]");

    public static string Tcp(int number, double after, bool isSent, int length, string comment, string more = "") =>
        Packet(number, after, comment, (isSent
            ? "\"ip_src\":[\"10.215.173.1\"],\"ip_dst\":[\"198.51.100.20\"],\"ip_proto\":[\"6\"],\"tcp_srcport\":[\"50111\"],\"tcp_dstport\":[\"80\"]"
            : "\"ip_src\":[\"198.51.100.20\"],\"ip_dst\":[\"10.215.173.1\"],\"ip_proto\":[\"6\"],\"tcp_srcport\":[\"80\"],\"tcp_dstport\":[\"50111\"]")
            + $",\"tcp_len\":[\"{length}\"],\"tcp_stream\":[\"0\"]" + more);

    public static string Request(string uri) =>
        $",\"http_request_method\":[\"GET\"],\"http_host\":[\"files.example.net\"],\"http_request_uri\":[\"{uri}\"],\"http_user_agent\":[\"Fetch/1\"]";

    public static string ResponseTo(int status, int length) =>
        $",\"http_response_code\":[\"{status}\"],\"http_content_type\":[\"application/zip\"],\"http_content_length\":[\"{length}\"]";

    public static string Hello(int number, double after, string comment) =>
        Packet(number, after, comment, "\"ipv6_src\":[\"fd00::7\"],\"ipv6_dst\":[\"2001:db8::20\"],\"ipv6_nxt\":[\"6\"],\"tcp_srcport\":[\"50112\"],\"tcp_dstport\":[\"443\"],\"tcp_len\":[\"78\"],\"tcp_stream\":[\"1\"],"
            + "\"tls_handshake_type\":[\"1\"],\"tls_handshake_extensions_server_name\":[\"cdn.example.net\"],\"tls_handshake_ja3\":[\"349640b9e304f8ea23a8e0f71dde2248\"],\"tls_handshake_version\":[\"0x0303\"]");

    public static string Packet(int number, double after, string comment, string fields) => string.Create(CultureInfo.InvariantCulture,
        $"{{\"timestamp\":\"{1772442300000 + after * 1000:0}\",\"layers\":{{\"frame_number\":[\"{number}\"],\"frame_time_epoch\":[\"{1772442300 + after:0.000000}\"],\"frame_len\":[\"90\"]{(comment.Length > 0 ? $",\"frame_comment\":[\"{comment}\"]" : "")},{fields}}}}}");

    private static string Hex(string text) => Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(text));
}

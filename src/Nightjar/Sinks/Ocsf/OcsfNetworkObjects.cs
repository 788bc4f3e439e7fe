using System.Text.Json;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Sinks.Ocsf;

/// <summary>Writes the network objects of an evidence. OCSF requires companions for some; without them the facts stand in <c>data</c> alone.</summary>
internal static class OcsfNetworkObjects
{
    public static void Write(Utf8JsonWriter json, EvidenceEvent e)
    {
        WriteConnection(json, e);
        WriteEndpoint(json, "dst_endpoint", e[FieldId.DstHostname] as string, e[FieldId.DstIp], e[FieldId.DstPort]);
        WriteEndpoint(json, "src_endpoint", null, e[FieldId.SrcIp], e[FieldId.SrcPort]);
        WriteQuery(json, e);
        WriteUrl(json, e);
        WriteRequest(json, e);
        WriteResponse(json, e);
        WriteTls(json, e);
    }

    private static void WriteConnection(Utf8JsonWriter json, EvidenceEvent e)
    {
        var protocol = e[FieldId.ProtocolName] as string;
        var uid = e[FieldId.ConnectionUid] as string;
        if (protocol is null && uid is null) return;
        json.WriteStartObject("connection_info");
        // Which side opened the connection is not among what readers keep.
        json.WriteNumber("direction_id", 0);
        json.WriteString("direction", "Unknown");
        if (protocol is not null) json.WriteString("protocol_name", protocol);
        if (uid is not null) json.WriteString("uid", uid);
        json.WriteEndObject();
    }

    private static void WriteEndpoint(Utf8JsonWriter json, string attribute, string? hostname, object? ip, object? port)
    {
        var address = OcsfNames.Address(ip as string);
        if (hostname is null && address is null) return;
        json.WriteStartObject(attribute);
        if (hostname is not null) json.WriteString("hostname", hostname);
        if (address is not null) json.WriteString("ip", address);
        if (port is long and >= 0 and <= 65_535) json.WriteNumber("port", (long)port);
        json.WriteEndObject();
    }

    private static void WriteQuery(Utf8JsonWriter json, EvidenceEvent e)
    {
        if (e[FieldId.QueryHostname] is not string hostname) return;
        json.WriteStartObject("query");
        json.WriteString("hostname", hostname);
        if (e[FieldId.QueryType] is string type) json.WriteString("type", type);
        json.WriteEndObject();
    }

    private static void WriteUrl(Utf8JsonWriter json, EvidenceEvent e)
    {
        var url = e[FieldId.UrlText] as string;
        var path = e[FieldId.UrlPath] as string;
        if (url is null && path is null) return;
        json.WriteStartObject("url");
        if (url is not null) json.WriteString("url_string", url);
        if (e[FieldId.UrlHostname] is string hostname) json.WriteString("hostname", hostname);
        if (path is not null) json.WriteString("path", path);
        json.WriteEndObject();
    }

    private static void WriteRequest(Utf8JsonWriter json, EvidenceEvent e)
    {
        var method = OcsfNames.HttpMethod(e[FieldId.HttpMethod] as string);
        var agent = e[FieldId.HttpUserAgent] as string;
        if (method is null && agent is null) return;
        json.WriteStartObject("http_request");
        if (method is not null) json.WriteString("http_method", method);
        if (agent is not null) json.WriteString("user_agent", agent);
        json.WriteEndObject();
    }

    private static void WriteResponse(Utf8JsonWriter json, EvidenceEvent e)
    {
        if (e[FieldId.HttpStatusCode] is not (long and >= 0 and <= int.MaxValue)) return;
        json.WriteStartObject("http_response");
        json.WriteNumber("code", (long)e[FieldId.HttpStatusCode]!);
        if (e[FieldId.HttpContentType] is string type) json.WriteString("content_type", type);
        json.WriteEndObject();
    }

    private static void WriteTls(Utf8JsonWriter json, EvidenceEvent e)
    {
        if (e[FieldId.TlsVersion] is not string version) return;
        json.WriteStartObject("tls");
        json.WriteString("version", version);
        if (e[FieldId.TlsSni] is string sni) json.WriteString("sni", sni);
        if (e[FieldId.TlsJa3] is string ja3)
        {
            json.WritePropertyName("ja3_hash");
            OcsfEvidence.WriteFingerprint(json, ja3);
        }
        json.WriteEndObject();
    }
}

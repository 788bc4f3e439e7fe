using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Formats;
using Nightjar.Sinks.Ocsf;

namespace Nightjar.Sinks.Stix;

/// <summary>Makes the observables that an event names.</summary>
internal sealed class StixObservables(StixBundle bundle)
{
    /// <summary>Adds them to the bundle and returns their ids, each once.</summary>
    public List<string> Of(EvidenceEvent e)
    {
        var ids = new List<string>();
        if (e.App is { Length: > 0 } app) ids.Add(Software(app, FindingEntities.Text(e, FieldId.AppVersion)));
        foreach (var file in FindingEntities.FilesOf(e)) ids.Add(File(file));
        AddNetwork(e, ids);
        if (FindingEntities.Text(e, FieldId.UrlText) is { } url && IsUrl(url)) ids.Add(Add("url", new JsonObject { ["value"] = url }, "value"));
        return [.. ids.Distinct(StringComparer.Ordinal)];
    }

    public string Software(string app, string? version)
    {
        var software = new JsonObject { ["name"] = app };
        if (version is not null) software["version"] = version;
        return Add("software", software, "name", "version");
    }

    private void AddNetwork(EvidenceEvent e, List<string> ids)
    {
        if (FindingEntities.Peer(e) is not { } peer) return;
        var host = peer.Host is { } name && IsDomain(name) ? Add("domain-name", new JsonObject { ["value"] = name }, "value") : null;
        var address = Address(peer.Ip ?? OcsfNames.Address(peer.Host));
        if (host is not null) ids.Add(host);
        if (address is not null) ids.Add(address);
        if (e.Class is EventClass.NetworkActivity or EventClass.HttpActivity && (host ?? address) is { } destination) ids.Add(Traffic(e, peer, destination));
    }

    // Who sends is the device: its address where the record has it.
    private string Traffic(EvidenceEvent e, NetworkPeer peer, string destination)
    {
        var traffic = new JsonObject { ["start"] = e.Time.ToString(), ["end"] = e.End.ToString() };
        if (Address(OcsfNames.Address(FindingEntities.Text(e, FieldId.SrcIp))) is { } source) traffic["src_ref"] = source;
        traffic["dst_ref"] = destination;
        if (FindingEntities.Port(e, FieldId.SrcPort) is { } from) traffic["src_port"] = from;
        if (peer.Port is { } to) traffic["dst_port"] = to;
        traffic["protocols"] = Protocols(e, peer);
        if (e[FieldId.BytesOut] is long sent and >= 0) traffic["src_byte_count"] = sent;
        if (e[FieldId.BytesIn] is long received and >= 0) traffic["dst_byte_count"] = received;
        return Add("network-traffic", traffic, "start", "end", "src_ref", "dst_ref", "src_port", "dst_port", "protocols");
    }

    private static JsonArray Protocols(EvidenceEvent e, NetworkPeer peer)
    {
        var protocols = new JsonArray();
        if (peer.Ip is not null) protocols.Add(peer.Ip.Contains(':', StringComparison.Ordinal) ? "ipv6" : "ipv4");
        if (FindingEntities.Text(e, FieldId.ProtocolName) is { } name && name.All(char.IsAsciiLetterOrDigit)) protocols.Add(name.ToLowerInvariant());
        if (protocols.Count == 0) protocols.Add("ip");
        return protocols;
    }

    private string? Address(string? ip)
    {
        if (ip is null) return null;
        var (type, value) = AddressOf(ip);
        return Add(type, new JsonObject { ["value"] = value }, "value");
    }

    /// <summary>The type of an address and its form in STIX, which takes no IPv6 address with an IPv4 tail.</summary>
    internal static (string Type, string Value) AddressOf(string ip)
    {
        if (!ip.Contains(':', StringComparison.Ordinal)) return ("ipv4-addr", ip);
        if (!ip.Contains('.', StringComparison.Ordinal) || !IPAddress.TryParse(ip, out var address)) return ("ipv6-addr", ip);
        if (address.IsIPv4MappedToIPv6) return ("ipv4-addr", address.MapToIPv4().ToString());
        var groups = address.GetAddressBytes().Chunk(2).Select(pair => ((pair[0] << 8) | pair[1]).ToString("x", CultureInfo.InvariantCulture));
        return ("ipv6-addr", string.Join(':', groups));
    }

    private string File(FileEntity file)
    {
        var result = new JsonObject();
        var hashes = new JsonObject();
        foreach (var algorithm in (ReadOnlySpan<string>)["MD5", "SHA-1", "SHA-256", "SHA-512"])
        {
            if (file.Hash(algorithm) is { } hash) hashes[algorithm] = hash;
        }
        // Of several hashes the first in STIX's order makes up the id.
        var identity = new JsonObject();
        if (hashes.Count > 0) identity["hashes"] = new JsonObject { [hashes.First().Key] = hashes.First().Value!.GetValue<string>() };
        if (hashes.Count > 0) result["hashes"] = hashes;
        if (file.Size is { } size) result["size"] = size;
        result["name"] = file.Name;
        identity["name"] = file.Name;
        if (file.MimeType is not null) result["mime_type"] = file.MimeType;
        var slash = file.Path?.LastIndexOf('/') ?? -1;
        if (slash > 0)
        {
            var folder = Add("directory", new JsonObject { ["path"] = file.Path![..slash] }, "path");
            result["parent_directory_ref"] = folder;
            identity["parent_directory_ref"] = folder;
        }
        return bundle.AddObservable("file", result, identity);
    }

    private string Add(string type, JsonObject content, params ReadOnlySpan<string> identity)
    {
        var part = new JsonObject();
        foreach (var key in identity)
        {
            if (content[key] is { } value) part[key] = value.DeepClone();
        }
        return bundle.AddObservable(type, content, part);
    }

    private static bool IsDomain(string host) => Uri.CheckHostName(host) == UriHostNameType.Dns && host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');

    // STIX takes addresses of RFC 3986 only.
    private static bool IsUrl(string url) =>
        url.All(c => c is > ' ' and <= '~' and not ('"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}'))
        && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && IsDomain(uri.Host);
}

using System.Text.Json;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Records;

namespace Nightjar.Sinks.Formats;

/// <summary>Google Security Operations: Unified Data Model events.</summary>
internal sealed class UdmFormat : IFindingFormat
{
    public string Id => "udm";

    public string Title => "Google Security Operations UDM, one event a line";

    public void Write(IReadOnlyList<Finding> findings, Stream output) => JsonLines.Write(findings, output, Write);

    private static void Write(Utf8JsonWriter json, Finding finding)
    {
        var entities = FindingEntities.Of(finding);
        json.WriteObject("metadata", true, () => WriteMetadata(json, finding));
        json.WriteObject("principal", true, () => WritePrincipal(json, finding));
        var peer = entities.FirstPeer;
        var file = entities.FirstFile;
        json.WriteObject("target", peer is not null || file is not null || entities.Urls.Count > 0, () =>
        {
            WritePeer(json, peer);
            json.WriteKnown("url", entities.FirstUrl);
            WriteFile(json, file);
        });
        json.WriteList("about", [.. entities.Peers.Skip(1).Select(item => (Peer: (NetworkPeer?)item, File: (FileEntity?)null)), .. entities.Files.Skip(1).Select(item => (Peer: (NetworkPeer?)null, File: (FileEntity?)item))], item =>
        {
            json.WriteStartObject();
            WritePeer(json, item.Peer);
            WriteFile(json, item.File);
            json.WriteEndObject();
        });
        json.WriteStartArray("securityResult");
        json.WriteStartObject();
        WriteResult(json, finding);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteObject("additional", true, () => WriteAdditional(json, finding));
    }

    private static void WriteMetadata(Utf8JsonWriter json, Finding finding)
    {
        json.WriteString("eventTimestamp", finding.End.ToString());
        json.WriteString("eventType", "GENERIC_EVENT");
        json.WriteString("vendorName", ProductInfo.Name);
        json.WriteString("productName", ProductInfo.Name);
        json.WriteString("productVersion", ProductInfo.Version);
        json.WriteString("productLogId", finding.Uid);
        json.WriteKnown("productEventType", finding.Analytic.Uid);
        json.WriteKnown("description", finding.Title);
    }

    private static void WritePrincipal(Utf8JsonWriter json, Finding finding)
    {
        var platform = finding.Device.Platform switch { Platform.Android => "ANDROID", Platform.IOS or Platform.IPadOS => "IOS", _ => null };
        json.WriteKnown("platform", platform);
        json.WriteKnown("application", finding.App);
        json.WriteStartObject("asset");
        json.WriteString("assetId", $"nightjar:{finding.Device.Uid}");
        json.WriteString("type", "MOBILE");
        json.WriteKnown("hostname", finding.Device.Name);
        json.WriteEndObject();
    }

    private static void WritePeer(Utf8JsonWriter json, NetworkPeer? peer)
    {
        if (peer is null) return;
        json.WriteKnown("hostname", peer.Host);
        if (peer.Ip is not null) json.WriteTexts("ip", [peer.Ip]);
        json.WriteKnown("port", peer.Port);
    }

    private static void WriteFile(Utf8JsonWriter json, FileEntity? file) => json.WriteObject("file", file is not null, () =>
    {
        json.WriteString("fullPath", file!.Path ?? file.Name);
        json.WriteKnown("mimeType", file.MimeType);
        // Protocol buffers write 64-bit numbers as text.
        json.WriteKnown("size", file.Size?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.WriteKnown("md5", file.Hash("MD5"));
        json.WriteKnown("sha1", file.Hash("SHA-1"));
        json.WriteKnown("sha256", file.Hash("SHA-256"));
    });

    private static void WriteResult(Utf8JsonWriter json, Finding finding)
    {
        var analytic = finding.Analytic;
        json.WriteString("alertState", finding.Activity == FindingActivity.Close ? "NOT_ALERTING" : "ALERTING");
        json.WriteString("severity", SeverityScale.Udm(finding.Severity));
        json.WriteString("confidence", finding.Confidence == Confidence.Unknown ? "UNKNOWN_CONFIDENCE" : finding.Confidence.Caption().ToUpperInvariant() + "_CONFIDENCE");
        json.WriteKnown("ruleId", analytic.Uid);
        json.WriteKnown("ruleName", analytic.Name);
        json.WriteKnown("ruleVersion", analytic.Version);
        json.WriteKnown("summary", finding.Title);
        json.WriteKnown("description", finding.Description);
        json.WriteStartObject("attackDetails");
        json.WriteKnown("version", analytic.AttackVersion);
        json.WriteList("tactics", [.. analytic.Techniques.Select(item => (item.TacticUid, item.TacticName)).Where(item => item.TacticUid.Length > 0).Distinct()], item => WritePair(json, ("id", item.TacticUid), ("name", item.TacticName)));
        json.WriteList("techniques", analytic.Techniques, technique =>
        {
            if (AttackPages.Parent(technique.Uid) is { } parent) WritePair(json, ("id", parent), ("subtechniqueId", technique.Uid), ("subtechniqueName", technique.Name));
            else WritePair(json, ("id", technique.Uid), ("name", technique.Name));
        });
        json.WriteEndObject();
    }

    private static void WriteAdditional(Utf8JsonWriter json, Finding finding)
    {
        json.WriteNumber("score", finding.Score);
        json.WriteNumber("count", finding.Count);
        json.WriteString("start_time", finding.Start.ToString());
        json.WriteString("end_time", finding.End.ToString());
        json.WriteList("stages", finding.Stages, stage => WritePair(json, ("id", stage.Id), ("title", stage.Title), ("state", stage.State.Word())));
        json.WriteList("contributions", finding.Contributions, item => WritePair(json, ("name", item.Name), ("points", SinkWords.Signed(item.Points)), ("applies", item.State.Word()), ("reason", item.Reason)));
        json.WriteList("context", finding.Context, fact => WritePair(json, ("name", fact.Name), ("value", fact.Value), ("source", fact.Source)));
        json.WriteTexts("notes", [.. finding.Notes]);
        json.WriteTexts("next_steps", [.. finding.NextSteps]);
    }

    private static void WritePair(Utf8JsonWriter json, params ReadOnlySpan<(string Name, string Value)> members)
    {
        json.WriteStartObject();
        foreach (var (name, value) in members) json.WriteKnown(name, value);
        json.WriteEndObject();
    }
}

using System.Text.Json;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Sinks.Formats;

/// <summary>Microsoft Sentinel: rows of ASIM's alert events. The whole finding stands in <c>AdditionalFields</c>.</summary>
internal sealed class AsimFormat : IFindingFormat
{
    public string Id => "asim";

    public string Title => "Microsoft Sentinel ASIM AlertEvent 0.1, one row a line";

    public void Write(IReadOnlyList<Finding> findings, Stream output) => JsonLines.Write(findings, output, Write);

    private static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteString("TimeGenerated", finding.End.ToString());
        WriteEvent(json, finding);
        WriteAlert(json, finding);
        WriteAttack(json, finding);
        json.WriteString("DvcId", finding.Device.Uid);
        json.WriteString("DvcIdType", "Other");
        json.WriteKnown("DvcHostname", finding.Device.Name);
        if (finding.Device.Platform is Platform.Android or Platform.IOS or Platform.IPadOS) json.WriteString("DvcOs", finding.Device.Platform.Name());
        WriteEntities(json, finding);
    }

    private static void WriteEvent(Utf8JsonWriter json, Finding finding)
    {
        json.WriteNumber("EventCount", finding.Count);
        json.WriteString("EventStartTime", finding.Start.ToString());
        json.WriteString("EventEndTime", finding.End.ToString());
        json.WriteString("EventType", "Alert");
        json.WriteString("EventSubType", "Suspicious Activity");
        json.WriteString("EventResult", "NA");
        json.WriteString("EventUid", finding.Uid);
        json.WriteKnown("EventMessage", finding.Title);
        json.WriteString("EventProduct", ProductInfo.Name);
        json.WriteString("EventVendor", ProductInfo.Name);
        json.WriteString("EventProductVersion", ProductInfo.Version);
        json.WriteString("EventSchema", "AlertEvent");
        json.WriteString("EventSchemaVersion", "0.1");
        json.WriteString("EventSeverity", SeverityScale.Asim(finding.Severity));
        json.WriteString("EventOriginalSeverity", finding.Severity.Caption());
    }

    private static void WriteAlert(Utf8JsonWriter json, Finding finding)
    {
        json.WriteString("AlertId", finding.Uid);
        json.WriteKnown("AlertName", finding.Analytic.Name);
        json.WriteKnown("AlertDescription", finding.Description);
        json.WriteString("AlertStatus", finding.Activity == FindingActivity.Close ? "Closed" : "Active");
        json.WriteString("AlertVerdict", "Unknown");
        json.WriteString("DetectionMethod", "Behavioral Analytics");
        json.WriteKnown("RuleName", finding.Analytic.Uid);
        json.WriteNumber("ThreatConfidence", finding.Score);
        json.WriteString("ThreatOriginalConfidence", finding.Confidence.Caption());
        json.WriteString("IndicatorType", finding.App is null ? "Host" : "Application");
        json.WriteString("IndicatorAssociation", "Associated");
    }

    private static void WriteAttack(Utf8JsonWriter json, Finding finding)
    {
        var techniques = finding.Analytic.Techniques;
        json.WriteKnown("AttackTactics", string.Join(", ", techniques.Select(technique => technique.TacticName).Where(name => name.Length > 0).Distinct()));
        json.WriteKnown("AttackTechniques", string.Join(", ", techniques.Select(technique => $"{technique.Name} ({technique.Uid})").Distinct()));
        json.WriteKnown("AttackRemediationSteps", string.Join('\n', finding.NextSteps));
    }

    private static void WriteEntities(Utf8JsonWriter json, Finding finding)
    {
        var entities = FindingEntities.Of(finding);
        var file = entities.FirstFile;
        json.WriteKnown("FileName", file?.Name);
        json.WriteKnown("FilePath", file?.Path);
        json.WriteKnown("FileSHA256", file?.Hash("SHA-256"));
        json.WriteKnown("FileSHA1", file?.Hash("SHA-1"));
        json.WriteKnown("FileMD5", file?.Hash("MD5"));
        json.WriteKnown("FileSize", file?.Size);
        json.WriteKnown("Url", entities.FirstUrl);
        json.WriteStartObject("AdditionalFields");
        json.WriteKnown("App", finding.App);
        json.WriteKnown("Destinations", string.Join(", ", entities.Peers.Select(peer => peer.Name)));
        json.WritePropertyName("Finding");
        json.WriteRawValue(JsonLines.Ocsf(finding).Span, skipInputValidation: true);
        json.WriteEndObject();
    }
}

using System.Globalization;
using System.Text.Json;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Records;

namespace Nightjar.Sinks.Formats;

/// <summary>Splunk: events for the HTTP Event Collector. The event is the finding in OCSF, the fields of CIM's Alerts model stand beside it for indexing.</summary>
internal sealed class CimFormat : IFindingFormat
{
    public string Id => "cim";

    public string Title => "Splunk CIM 8.5 Alerts, as events for the HTTP Event Collector";

    public void Write(IReadOnlyList<Finding> findings, Stream output) => JsonLines.Write(findings, output, Write);

    private static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WritePropertyName("time");
        json.WriteRawValue(Seconds(finding.End));
        json.WriteString("host", finding.Device.Uid);
        json.WriteString("source", "nightjar");
        json.WriteString("sourcetype", "nightjar:finding:ocsf");
        json.WritePropertyName("event");
        json.WriteRawValue(JsonLines.Ocsf(finding).Span, skipInputValidation: true);
        json.WriteObject("fields", true, () => WriteFields(json, finding));
    }

    // Indexed fields are texts or lists of texts; the collector takes nothing else.
    private static void WriteFields(Utf8JsonWriter json, Finding finding)
    {
        var entities = FindingEntities.Of(finding);
        json.WriteString("app", ProductInfo.Name);
        json.WriteString("id", finding.Uid);
        json.WriteString("type", "alert");
        json.WriteString("severity", SeverityScale.Cim(finding.Severity));
        json.WriteString("severity_id", ((int)finding.Severity).ToString(CultureInfo.InvariantCulture));
        json.WriteKnown("signature", finding.Analytic.Name);
        json.WriteKnown("signature_id", finding.Analytic.Uid);
        json.WriteKnown("description", finding.Title);
        json.WriteString("dest", finding.Device.Name ?? finding.Device.Uid);
        json.WriteString("dest_type", "mobile device");
        json.WriteKnown("src", finding.App);
        json.WriteTexts("mitre_technique_id", [.. finding.Analytic.Techniques.Select(technique => technique.Uid).Distinct()]);
        json.WriteTexts("file_hash", [.. entities.Hashes]);
        json.WriteTexts("file_path", [.. entities.Files.Select(file => file.Path).OfType<string>()]);
        json.WriteTexts("url", [.. entities.Urls]);
    }

    /// <summary>Seconds with three decimals, as the collector counts time.</summary>
    private static string Seconds(Instant time) => string.Create(CultureInfo.InvariantCulture, $"{time.Millis / 1000m:0.000}");
}

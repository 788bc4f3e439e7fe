using System.Buffers;
using System.Text.Json;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Records;

namespace Nightjar.Sinks.Ocsf;

/// <summary>Writes findings as OCSF Detection Finding (2004), one JSON object a line, always in the same order of attributes.</summary>
/// <remarks>
/// What OCSF has a place for stands there; the whole of each event stands in <c>evidences[].data</c> and what only Nightjar has
/// in <c>unmapped.nightjar</c>, so that <see cref="OcsfFindingReader"/> can restore the finding. Nothing tells where a record
/// stood: the same events give the same bytes in any split of files.
/// </remarks>
public sealed class OcsfFindingWriter(OcsfOptions? options = null)
{
    private readonly OcsfOptions _options = options ?? new OcsfOptions();

    /// <summary>Writes one finding and a line end.</summary>
    public void Write(Finding finding, IBufferWriter<byte> output)
    {
        using (var json = new Utf8JsonWriter(output, JsonLayout.Line)) WriteObject(json, finding);
        output.Write("\n"u8);
    }

    /// <summary>Writes findings in the order given.</summary>
    public void Write(IEnumerable<Finding> findings, Stream output)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        foreach (var finding in findings)
        {
            Write(finding, buffer);
            output.Write(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
        }
    }

    private void WriteObject(Utf8JsonWriter json, Finding whole)
    {
        var cuts = whole.Evidence.Select(item => (item.Stage, Held: EventCut.Of(item.Event, _options.TextLimit))).ToList();
        var finding = whole with { Evidence = [.. cuts.Select(item => new Evidence(item.Stage, item.Held.Event))] };
        json.WriteStartObject();
        WriteClassification(json, finding);
        WriteMetadata(json);
        WriteAssessment(json, finding);
        OcsfFindingInfo.Write(json, finding);
        OcsfFindingInfo.WriteAttacks(json, finding.Analytic);
        OcsfDevice.Write(json, "device", finding.Device, finding.Evidence);
        WriteRemediation(json, finding);
        json.WriteList("resources", OcsfResource.Of(finding), resource => resource.Write(json));
        json.WriteList("evidences", cuts, item => OcsfEvidence.Write(json, new Evidence(item.Stage, item.Held.Event), item.Held.Cut, _options));
        json.WriteList("observables", OcsfObservable.Of(finding), observable => observable.Write(json));
        OcsfUnmapped.Write(json, finding);
        json.WriteEndObject();
    }

    private static void WriteClassification(Utf8JsonWriter json, Finding finding)
    {
        json.WriteNumber("class_uid", OcsfNames.ClassUid);
        json.WriteString("class_name", OcsfNames.ClassName);
        json.WriteNumber("category_uid", 2);
        json.WriteString("category_name", "Findings");
        json.WriteNumber("activity_id", (int)finding.Activity);
        json.WriteString("activity_name", finding.Activity.ToString());
        json.WriteNumber("type_uid", OcsfNames.ClassUid * 100L + (int)finding.Activity);
        json.WriteString("type_name", $"{OcsfNames.ClassName}: {finding.Activity}");
        json.WriteNumber("severity_id", (int)finding.Severity);
        json.WriteString("severity", finding.Severity.Caption());
        // No clock here: a finding is as old as the last event that made it.
        json.WriteNumber("time", finding.End.Millis);
        json.WriteNumber("start_time", finding.Start.Millis);
        json.WriteNumber("end_time", finding.End.Millis);
        json.WriteNumber("duration", finding.End.Millis - finding.Start.Millis);
        json.WriteNumber("count", finding.Count);
    }

    private void WriteMetadata(Utf8JsonWriter json)
    {
        json.WriteStartObject("metadata");
        json.WriteString("version", _options.SchemaVersion);
        json.WriteStartObject("product");
        json.WriteString("name", ProductInfo.Name);
        json.WriteString("vendor_name", ProductInfo.Name);
        json.WriteString("version", ProductInfo.Version);
        json.WriteEndObject();
        json.WriteTexts("profiles", ["security_control"]);
        json.WriteEndObject();
    }

    // The playbook is in the form that is read back, so it stands here once and nowhere else.
    private static void WriteRemediation(Utf8JsonWriter json, Finding finding)
    {
        if (finding.Playbook is null) return;
        json.WriteStartObject("remediation");
        json.WriteString("desc", finding.Playbook.Markdown);
        json.WriteTexts("references", [.. finding.Analytic.Techniques.Select(technique => AttackPages.Of(technique.Uid)).Distinct()]);
        json.WriteEndObject();
    }

    private static void WriteAssessment(Utf8JsonWriter json, Finding finding)
    {
        var isClosed = finding.Activity == FindingActivity.Close;
        json.WriteString("message", finding.Title);
        json.WriteBoolean("is_alert", finding.Activity == FindingActivity.Create);
        json.WriteNumber("status_id", isClosed ? 4 : 1);
        json.WriteString("status", isClosed ? "Resolved" : "New");
        json.WriteNumber("confidence_id", (int)finding.Confidence);
        json.WriteString("confidence", finding.Confidence.Caption());
        json.WriteNumber("confidence_score", finding.Score);
        json.WriteNumber("action_id", 3);
        json.WriteString("action", "Observed");
        json.WriteNumber("disposition_id", 15);
        json.WriteString("disposition", "Detected");
    }
}

/// <summary>All findings in order of time, as <c>findings.ocsf.ndjson</c>.</summary>
internal sealed class OcsfSink : ISink
{
    public string Id => "ocsf";

    public string FileName => "findings.ocsf.ndjson";

    public void Write(RunResult result, Stream output) => new OcsfFindingWriter().Write(result.Findings.Order(ReportOrder.ByTime), output);
}

using System.Buffers;
using System.Text.Json;
using Nightjar.Findings;

namespace Nightjar.Sinks.Records;

/// <summary>Writes where every event of every finding stands: one line an event, with the whole of it.</summary>
/// <remarks>Kept apart from the findings, because a position changes with the split of the input files and a finding must not.</remarks>
public static class EvidenceIndexWriter
{
    /// <summary>Writes the lines of one finding, in the order of its evidence.</summary>
    public static void Write(Finding finding, IBufferWriter<byte> output)
    {
        foreach (var evidence in finding.Evidence)
        {
            using (var json = new Utf8JsonWriter(output, JsonLayout.Line)) WriteLine(json, finding.Uid, evidence);
            output.Write("\n"u8);
        }
    }

    private static void WriteLine(Utf8JsonWriter json, string finding, Evidence evidence)
    {
        json.WriteStartObject();
        json.WriteString("finding_uid", finding);
        json.WriteString("stage", evidence.Stage);
        json.WriteString("event_uid", evidence.Event.Uid);
        json.WriteString("source", evidence.Event.LogName);
        json.WriteString("provenance", evidence.Event.Provenance);
        json.WriteStartObject("event");
        EventJson.WriteMembers(json, evidence.Event, cut: []);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}

/// <summary>One line of <c>evidence.ndjson</c>.</summary>
/// <param name="FindingUid">The finding.</param>
/// <param name="Evidence">The event with its provenance, and its part.</param>
public sealed record EvidenceIndexEntry(string FindingUid, Evidence Evidence);

/// <summary>Reads the lines back.</summary>
public static class EvidenceIndexReader
{
    /// <summary>Reads one line; null, and a reason, when it is none.</summary>
    public static EvidenceIndexEntry? Read(ReadOnlyMemory<byte> line, out string? reason) => JsonView.Read(line, out reason, Entry);

    /// <summary>The finding with the evidence that the index tells of it, whole and with provenance. As it was when the index tells nothing.</summary>
    /// <param name="finding">A finding, as it was read back.</param>
    /// <param name="index">Entries of any findings.</param>
    public static Finding Join(Finding finding, IEnumerable<EvidenceIndexEntry> index)
    {
        var evidence = index.Where(entry => entry.FindingUid == finding.Uid).Select(entry => entry.Evidence).ToList();
        return evidence.Count == 0 ? finding : finding with { Evidence = evidence };
    }

    private static (EvidenceIndexEntry?, string?) Entry(JsonView json)
    {
        if (json["finding_uid"].Text is not { } finding) return (null, "it has no finding_uid");
        if (!json["event"].IsObject) return (null, "it has no event");
        var e = EventJsonReader.Read(
            json["event"], json["event_uid"].Text ?? "", json["source"].Text ?? "", json["provenance"].Text ?? "");
        return (new EvidenceIndexEntry(finding, new Evidence(json["stage"].Text ?? "", e)), null);
    }
}

/// <summary>The events of all findings with where they stand, as <c>evidence.ndjson</c>.</summary>
internal sealed class EvidenceIndexSink : ISink
{
    public string Id => "evidence";

    public string FileName => "evidence.ndjson";

    public void Write(RunResult result, Stream output)
    {
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var finding in result.Findings.Order(ReportOrder.ByTime))
        {
            EvidenceIndexWriter.Write(finding, buffer);
            output.Write(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
        }
    }
}

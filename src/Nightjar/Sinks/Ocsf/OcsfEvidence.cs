using System.Text.Json;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Records;

namespace Nightjar.Sinks.Ocsf;

/// <summary>Writes one entry of <c>evidences</c>: the objects that OCSF knows, as far as they can be filled rightly, and the whole event in <c>data</c>.</summary>
internal static class OcsfEvidence
{
    /// <param name="json">Inside an array.</param>
    /// <param name="evidence">The event, cut to size.</param>
    /// <param name="cut">Paths of the fields that were cut.</param>
    /// <param name="options">How to write.</param>
    public static void Write(Utf8JsonWriter json, Evidence evidence, IReadOnlyCollection<string> cut, OcsfOptions options)
    {
        var e = evidence.Event;
        json.WriteStartObject();
        json.WriteString("name", evidence.Stage);
        json.WriteString("uid", e.Uid);
        WriteActor(json, e, options);
        OcsfNetworkObjects.Write(json, e);
        WriteFile(json, e);
        WriteJob(json, e);
        WriteProcess(json, e);
        json.WriteStartObject("data");
        json.WriteString("stage", evidence.Stage);
        json.WriteString("event_uid", e.Uid);
        json.WriteString("source", e.LogName);
        EventJson.WriteMembers(json, e, cut);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteActor(Utf8JsonWriter json, EvidenceEvent e, OcsfOptions options)
    {
        if (e.App is null) return;
        json.WriteStartObject("actor");
        json.WriteString("app_uid", e.App);
        if (options.HasActorApplication)
        {
            json.WriteStartObject("application");
            json.WriteString("uid", e.App);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    /// <summary>The name of the file that the <c>file</c> object is about; null when there is none, for OCSF requires one.</summary>
    internal static string? FileName(EvidenceEvent e)
    {
        if (e[FieldId.FileName] is string { Length: > 0 } name) return name;
        return e[FieldId.FilePath] is string { Length: > 0 } path ? OcsfNames.FileName(path) : null;
    }

    private static void WriteFile(Utf8JsonWriter json, EvidenceEvent e)
    {
        if (FileName(e) is not { } name) return;
        json.WriteStartObject("file");
        json.WriteString("name", name);
        if (e[FieldId.FilePath] is string path) json.WriteString("path", path);
        json.WriteNumber("type_id", 0);
        json.WriteString("type", "Unknown");
        if (e[FieldId.FileSize] is long size) json.WriteNumber("size", size);
        if (e[FieldId.FileMimeType] is string mime) json.WriteString("mime_type", mime);
        if (e[FieldId.FileHashes] is string[] hashes) json.WriteList("hashes", hashes, hash => WriteFingerprint(json, hash));
        json.WriteEndObject();
    }

    /// <summary>Writes a fingerprint object.</summary>
    internal static void WriteFingerprint(Utf8JsonWriter json, string value)
    {
        var (id, caption) = OcsfNames.HashAlgorithm(value);
        json.WriteStartObject();
        json.WriteNumber("algorithm_id", id);
        json.WriteString("algorithm", caption);
        json.WriteString("value", value);
        json.WriteEndObject();
    }

    private static void WriteJob(Utf8JsonWriter json, EvidenceEvent e)
    {
        if (e[FieldId.JobName] is not string name) return;
        json.WriteStartObject("job");
        json.WriteString("name", name);
        json.WriteEndObject();
    }

    // OCSF's process needs a number; without one, name and command line stand in data alone.
    private static void WriteProcess(Utf8JsonWriter json, EvidenceEvent e)
    {
        if (e[FieldId.ProcessId] is not (long and >= 0 and <= int.MaxValue)) return;
        json.WriteStartObject("process");
        json.WriteNumber("pid", (long)e[FieldId.ProcessId]!);
        if (e[FieldId.ProcessName] is string name) json.WriteString("name", name);
        if (e[FieldId.ProcessCommandLine] is string command) json.WriteString("cmd_line", command);
        json.WriteEndObject();
    }
}

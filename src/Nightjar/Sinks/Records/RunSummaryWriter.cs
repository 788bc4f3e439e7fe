using System.Text.Json;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Sinks.Records;

/// <summary>Writes <c>run.json</c>: which files were read and how, what they held, and which analytics looked at it.</summary>
public static class RunSummaryWriter
{
    /// <summary>Writes the whole file.</summary>
    public static void Write(RunResult result, Stream output) => JsonLayout.WritePage(output, json =>
    {
        var summary = result.Summary;
        json.WriteStartObject();
        json.WriteOrigin();
        json.WriteNumber("findings", result.Findings.Count);
        json.WriteNumber("events", summary.Events);
        json.WriteNumber("duplicates", summary.Duplicates);
        json.WriteNumber("unattributed", summary.Unattributed);
        json.WriteNumber("partials_given_up", summary.PartialsGivenUp);
        json.WriteSpan("span", summary.Span);
        json.WriteStartArray("analytics");
        foreach (var analytic in summary.Analytics) WriteAnalytic(json, analytic);
        json.WriteEndArray();
        WriteJoins(json, summary.Joins);
        json.WriteList("clocks", summary.Clocks, clock => WriteClock(json, clock));
        json.WriteTexts("reviewed_packages", [.. summary.ReviewedPackages]);
        json.WriteBaseline(summary.Baseline);
        if (summary.Policy is { } policy) WritePolicy(json, policy);
        json.WriteStartArray("files");
        foreach (var file in summary.Files) WriteFile(json, file);
        json.WriteEndArray();
        json.WriteStartArray("devices");
        foreach (var device in summary.Devices) WriteDevice(json, device);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteAnalytic(Utf8JsonWriter json, AnalyticReference analytic)
    {
        json.WriteStartObject();
        json.WriteString("uid", analytic.Uid);
        json.WriteString("name", analytic.Name);
        json.WriteString("version", analytic.Version);
        if (analytic.Strategy is not null) json.WriteString("strategy", analytic.Strategy);
        json.WriteString("attack_version", analytic.AttackVersion);
        json.WriteTexts("techniques", [.. analytic.Techniques.Select(technique => technique.Uid).Distinct()]);
        json.WriteEndObject();
    }

    private static void WritePolicy(Utf8JsonWriter json, PolicyAccount policy)
    {
        json.WriteStartObject("policy");
        json.WriteString("name", policy.Name);
        json.WriteString("file", policy.File);
        json.WriteString("sha256", policy.Sha256);
        json.WriteNumber("findings_hidden", policy.Hidden);
        json.WriteList("exceptions", policy.Exceptions, exception =>
        {
            json.WriteStartObject();
            json.WriteString("id", exception.Id);
            json.WriteString("reason", exception.Reason);
            json.WriteString("owner", exception.Owner);
            json.WriteString("expires", exception.Expires.ToString());
            json.WriteNumber("hidden", exception.Hidden);
            json.WriteNumber("hidden_alone", exception.HiddenAlone);
            if (exception.LastHidden is { } last) json.WriteString("last_hidden", last.ToString());
            json.WriteNumber("missed_after_expiry", exception.MissedAfterExpiry);
            if (exception.LastMissed is { } missed) json.WriteString("last_missed", missed.ToString());
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static void WriteJoins(Utf8JsonWriter json, JoinCounts joins)
    {
        json.WriteStartObject("app_joins");
        json.WriteNumber("by_connection", joins.ByConnection);
        json.WriteNumber("by_destination", joins.ByDestination);
        json.WriteNumber("ambiguous", joins.Ambiguous);
        json.WriteNumber("given_up", joins.GivenUp);
        json.WriteEndObject();
    }

    private static void WriteClock(Utf8JsonWriter json, ClockOffset clock)
    {
        json.WriteStartObject();
        json.WriteString("device", clock.Device);
        json.WriteString("reference", clock.Reference);
        json.WriteString("source", clock.Source);
        json.WriteNumber("offset_ms", (long)clock.Offset.TotalMilliseconds);
        json.WriteNumber("spread_ms", (long)clock.Spread.TotalMilliseconds);
        json.WriteNumber("pairs", clock.Pairs);
        json.WriteBoolean("applied", clock.IsApplied);
        json.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter json, FileAccount file)
    {
        json.WriteStartObject();
        json.WriteString("path", file.Path);
        json.WriteString("state", file.State.Snake());
        if (file.Reason is not null) json.WriteString("reason", file.Reason);
        if (file.Reader is not null) json.WriteString("reader", file.Reader);
        json.WriteNumber("bytes", file.Bytes);
        if (file.Records is { } records) json.WriteNumber("records", records);
        json.WriteNumber("events", file.Events);
        if (file.Span is not null) json.WriteSpan("span", file.Span);
        if (file.TimeBasis is { } basis) json.WriteString("time_basis", basis.Snake());
        WriteLate(json, file.Late);
        WriteCounts(json, "devices_by", file.Attribution.Devices);
        WriteCounts(json, "apps_by", file.Attribution.Apps);
        json.WriteList("anomalies", file.Anomalies, anomaly => WriteAnomaly(json, anomaly));
        json.WriteEndObject();
    }

    private static void WriteLate(Utf8JsonWriter json, (long Events, TimeSpan Longest) late)
    {
        if (late.Events == 0) return;
        json.WriteStartObject("late");
        json.WriteNumber("events", late.Events);
        json.WriteNumber("longest_ms", (long)late.Longest.TotalMilliseconds);
        json.WriteEndObject();
    }

    private static void WriteCounts<T>(Utf8JsonWriter json, string name, IReadOnlyList<(T Kind, long Events)> counts)
        where T : struct, Enum
    {
        if (counts.Count == 0) return;
        json.WriteStartObject(name);
        foreach (var (kind, events) in counts) json.WriteNumber(kind.Snake(), events);
        json.WriteEndObject();
    }

    private static void WriteAnomaly(Utf8JsonWriter json, AnomalyAccount anomaly)
    {
        json.WriteStartObject();
        json.WriteString("kind", anomaly.Kind.Snake());
        json.WriteNumber("count", anomaly.Count);
        json.WriteNumber("first_position", anomaly.FirstPosition);
        json.WriteString("first_reason", anomaly.FirstReason);
        json.WriteEndObject();
    }

    private static void WriteDevice(Utf8JsonWriter json, DeviceAccount device)
    {
        json.WriteStartObject();
        json.WriteDevice(device.Device);
        json.WriteNumber("events", device.Events);
        json.WriteNumber("apps", device.Apps);
        json.WriteComponents("components", device.Components);
        json.WriteEndObject();
    }
}

/// <summary>Reads from <c>run.json</c> what others need to know of a run that is over.</summary>
public static class RunSummaryReader
{
    /// <summary>What the run covered; null when the file does not tell, or is none.</summary>
    public static (Instant From, Instant To)? Span(ReadOnlyMemory<byte> json)
    {
        (Instant From, Instant To)? span = null;
        JsonView.Read<string>(json, out _, view =>
        {
            if (view["span"]["start"].Time is { } from && view["span"]["end"].Time is { } to) span = (from, to);
            return ("", null);
        });
        return span;
    }
}

/// <summary>The account of the run, as <c>run.json</c>.</summary>
internal sealed class RunSink : ISink
{
    public string Id => "run";

    public string FileName => "run.json";

    public void Write(RunResult result, Stream output) => RunSummaryWriter.Write(result, output);
}

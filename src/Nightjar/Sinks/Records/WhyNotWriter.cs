using System.Text.Json;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Plain;

namespace Nightjar.Sinks.Records;

/// <summary>Writes why an analytic reported nothing as one JSON document.</summary>
public static class WhyNotWriter
{
    public static void Write(WhyNot answer, Stream output) => JsonLayout.WritePage(output, json =>
    {
        json.WriteStartObject();
        json.WriteOrigin();
        json.WriteString("answer", TextWhyNot.Lead(answer));
        json.WriteString("analytic", answer.Analytic.Uid);
        json.WriteString("device", answer.Device.Uid);
        json.WriteString("platform", answer.Device.Platform.Name());
        json.WriteString("app", answer.App);
        json.WriteBoolean("is_applicable", answer.IsApplicable);
        json.WriteNumber("window_seconds", answer.Window.TotalSeconds);
        json.WriteNumber("threshold", answer.Threshold);
        json.WriteNumber("events", answer.Events);
        json.WriteNumber("app_events", answer.AppEvents);
        json.WriteSpan("span", answer.Span);
        json.WriteList("stages", answer.Stages, stage => WriteCount(json, stage));
        json.WriteList("reported", answer.Reported, item => WriteReported(json, item));
        json.WriteList("closest", answer.Closest, item => WriteAttempt(json, item));
        json.WriteTexts("given_up", answer.GivenUp);
        json.WriteEndObject();
    });

    private static void WriteCount(Utf8JsonWriter json, StageCount stage)
    {
        json.WriteStartObject();
        json.WriteString("id", stage.Id);
        json.WriteString("title", stage.Title);
        json.WriteNumber("events", stage.Events);
        json.WriteNumber("similar", stage.Similar);
        json.WriteComponents("missing_telemetry", stage.Missing);
        json.WriteEndObject();
    }

    private static void WriteReported(Utf8JsonWriter json, ReportedFinding item)
    {
        json.WriteStartObject();
        json.WriteString("uid", item.Uid);
        json.WriteNumber("score", item.Score);
        json.WriteString("start_time", item.Start.ToString());
        json.WriteString("end_time", item.End.ToString());
        json.WriteNumber("count", item.Count);
        if (item.HiddenBy.Count > 0) json.WriteTexts("hidden_by", [.. item.HiddenBy]);
        if (item.ExpiredExceptions.Count > 0) json.WriteTexts("expired_exceptions", [.. item.ExpiredExceptions]);
        json.WriteEndObject();
    }

    private static void WriteAttempt(Utf8JsonWriter json, Attempt attempt)
    {
        json.WriteStartObject();
        json.WriteString("chain", attempt.Chain);
        json.WriteBoolean("is_ordered", attempt.IsOrdered);
        if (attempt.Score is { } score) json.WriteNumber("score", score);
        json.WriteList("stages", attempt.Stages, stage => WriteStage(json, stage));
        json.WriteList("gaps", attempt.Gaps, gap => WriteGap(json, gap));
        json.WriteList("contributions", attempt.Contributions, item => WriteContribution(json, item));
        json.WriteStartObject("context");
        foreach (var fact in attempt.Context) json.WriteString(fact.Name, fact.Value);
        json.WriteEndObject();
        json.WriteNumber("alike", attempt.Alike);
        json.WriteEndObject();
    }

    private static void WriteContribution(Utf8JsonWriter json, Contribution item)
    {
        json.WriteStartObject();
        json.WriteString("name", item.Name);
        json.WriteNumber("points", item.Points);
        json.WriteString("state", item.State.Word());
        json.WriteString("reason", item.Reason);
        json.WriteEndObject();
    }

    private static void WriteStage(Utf8JsonWriter json, AttemptStage stage)
    {
        json.WriteStartObject();
        json.WriteString("id", stage.Id);
        json.WriteString("state", stage.State.Word());
        json.WriteList("gaps", stage.Gaps, gap => WriteGap(json, gap));
        json.WriteComponents("missing_telemetry", stage.Missing);
        if (stage.Event is { } e) WriteEvent(json, e);
        json.WriteEndObject();
    }

    private static void WriteGap(Utf8JsonWriter json, Gap gap)
    {
        json.WriteStartObject();
        json.WriteString("kind", gap.Kind.Snake());
        json.WriteString("reason", GapSentence.Of(gap));
        if (gap.Stage.Length > 0) json.WriteString("stage", gap.Stage);
        if (gap.Text.Length > 0) json.WriteString("text", gap.Text);
        if (gap.Took != TimeSpan.Zero) json.WriteNumber("took_seconds", gap.Took.TotalSeconds);
        if (gap.Kind is GapKind.TooLate or GapKind.TooEarly) json.WriteNumber("allowed_seconds", gap.Allowed.TotalSeconds);
        json.WriteList("compared", gap.Compared, item => WriteCompared(json, item));
        if (gap.Event is { } e) WriteEvent(json, e);
        json.WriteEndObject();
    }

    private static void WriteCompared(Utf8JsonWriter json, ComparedValue item)
    {
        json.WriteStartObject();
        if (item.Of.Length > 0) json.WriteString("of", item.Of);
        WriteValue(json, "seen", item.Seen);
        if (item.Relation.Length > 0) json.WriteString("relation", item.Relation);
        WriteValue(json, "wanted", item.Wanted);
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, string name, object? value)
    {
        if (value is string text) json.WriteString(name, text);
        else if (value is double number && double.IsFinite(number)) json.WriteNumber(name, number);
    }

    private static void WriteEvent(Utf8JsonWriter json, EvidenceEvent e)
    {
        json.WriteStartObject("event");
        json.WriteString("uid", e.Uid);
        json.WriteString("source", e.LogName);
        json.WriteString("provenance", e.Provenance);
        EventJson.WriteMembers(json, e, []);
        json.WriteEndObject();
    }
}

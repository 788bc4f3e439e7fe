using System.Text.Json;
using Nightjar.Findings;
using Nightjar.Sinks.Records;

namespace Nightjar.Sinks.Ocsf;

/// <summary>Writes <c>unmapped.nightjar</c>: why the finding is one, in the terms of its analytic.</summary>
internal static class OcsfUnmapped
{
    public static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject("unmapped");
        json.WriteStartObject("nightjar");
        json.WriteNumber("contract", ProductInfo.Contract);
        json.WriteSpan("span", (finding.Start, finding.End));
        WriteScore(json, finding);
        json.WriteList("stages", finding.Stages, stage => WriteStage(json, stage));
        json.WriteList("context", finding.Context, fact => WriteFact(json, fact));
        json.WriteList("tunables", finding.Tunables, item => WriteTriple(json, ("name", item.Name), ("value", item.Value), ("origin", item.Origin)));
        json.WriteTexts("notes", [.. finding.Notes]);
        json.WriteTexts("hidden_by", [.. finding.HiddenBy]);
        json.WriteTexts("false_positives", [.. finding.FalsePositives]);
        json.WriteTexts("next_steps", [.. finding.NextSteps]);
        json.WriteNumber("evidence_omitted", finding.EvidenceOmitted);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteScore(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject("score");
        json.WriteNumber("total", finding.Score);
        json.WriteList("contributions", finding.Contributions, item =>
        {
            json.WriteStartObject();
            json.WriteString("name", item.Name);
            json.WriteNumber("points", item.Points);
            json.WriteString("applies", item.State.Word());
            json.WriteString("reason", item.Reason);
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static void WriteStage(Utf8JsonWriter json, StageOutcome stage)
    {
        json.WriteStartObject();
        json.WriteString("id", stage.Id);
        json.WriteString("title", stage.Title);
        json.WriteString("state", stage.State.Word());
        json.WriteBoolean("required", stage.IsRequired);
        json.WriteComponents("missing_telemetry", stage.MissingTelemetry);
        json.WriteTexts("event_uids", [.. stage.EventUids]);
        json.WriteEndObject();
    }

    private static void WriteFact(Utf8JsonWriter json, ContextFact fact)
    {
        json.WriteStartObject();
        json.WriteString("name", fact.Name);
        json.WriteString("value", fact.Value);
        json.WriteString("source", fact.Source);
        if (fact is { Told: { } told, Asked: { } asked }) json.WriteSpan("span", (told, asked));
        json.WriteEndObject();
    }

    private static void WriteTriple(Utf8JsonWriter json, params ReadOnlySpan<(string Name, string Value)> members)
    {
        json.WriteStartObject();
        foreach (var (name, value) in members) json.WriteString(name, value);
        json.WriteEndObject();
    }
}

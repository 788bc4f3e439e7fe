using System.Text.Json;
using Nightjar.Analytics;
using Nightjar.Scenarios;
using Nightjar.Sinks;
using Nightjar.Sinks.Records;

namespace Nightjar.Auditing;

/// <summary>Writes <c>scenarios.json</c>: how the analytics were tested.</summary>
internal static class ScenariosWriter
{
    public static void Write(EvidencePack pack, Stream output) => JsonLayout.WritePage(output, json =>
    {
        json.WriteStartObject();
        json.WriteOrigin();
        json.WriteNumber("passed", pack.Scenarios.Passed);
        json.WriteNumber("failed", pack.Scenarios.Failed);
        json.WriteBoolean("mutations_run", pack.Mutations is not null);
        json.WriteObjects("analytics", pack.Analytics, analytic => Write(json, pack, analytic));
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, EvidencePack pack, Analytic analytic)
    {
        ScenarioResult[] own = [.. pack.Scenarios.Results.Where(result => result.Analytic == analytic.Uid)];
        json.WriteString("uid", analytic.Uid);
        json.WriteString("version", analytic.Version);
        json.WriteNumber("fires", own.Count(result => result.Scenario.Kind == ScenarioKind.Fires));
        json.WriteNumber("quiet", own.Count(result => result.Scenario.Kind == ScenarioKind.Quiet));
        json.WriteNumber("passed", own.Count(result => result.HasPassed));
        json.WriteNumber("failed", own.Count(result => !result.HasPassed));
        json.WriteNumber("near_misses_and_equivalences", own.Sum(result => result.Derived));
        json.WriteRows("scenarios", own, WriteScenario);
        if (pack.Mutations is not { } mutations) return;
        MutantResult[] mutants = [.. mutations.Mutants.Where(mutant => mutant.Analytic == analytic.Uid)];
        json.WriteStartObject("mutations");
        json.WriteNumber("changes", mutants.Length);
        json.WriteNumber("noticed", mutants.Count(mutant => mutant.NoticedBy is not null));
        json.WriteTexts("unnoticed", [.. mutants.Where(mutant => mutant.NoticedBy is null).Select(mutant => mutant.Change)]);
        json.WriteEndObject();
    }

    private static void WriteScenario(Utf8JsonWriter json, ScenarioResult result)
    {
        json.WriteString("file", result.Scenario.File);
        json.WriteString("title", result.Scenario.Title);
        json.WriteString("kind", result.Scenario.Kind.Snake());
        json.WriteBoolean("passed", result.HasPassed);
        json.WriteTexts("failures", [.. result.Failures.Select(failure => failure.What)]);
    }
}

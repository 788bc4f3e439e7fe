using System.Text.Json;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks;
using Nightjar.Sinks.Records;

namespace Nightjar.Auditing;

/// <summary>Writes <c>answers.json</c> and <c>coverage-by-day.csv</c>.</summary>
internal static class AnswersJson
{
    private static readonly string[] DayColumns = ["day", "strategy", "platform", "devices_runnable", "devices_degraded", "devices_blind", "devices_not_assessed", "events"];

    public static void Write(IReadOnlyList<StrategyAnswer> answers, Stream output) => JsonLayout.WritePage(output, json =>
    {
        json.WriteStartObject();
        json.WriteOrigin();
        json.WriteObjects("answers", answers, answer => Write(json, answer));
        json.WriteEndObject();
    });

    public static void WriteDays(RunSummary summary, IReadOnlyList<StrategyAnswer> answers, Stream output) => CsvText.Write(output, DayColumns, Days(summary, answers));

    private static IEnumerable<IReadOnlyList<string?>> Days(RunSummary summary, IReadOnlyList<StrategyAnswer> answers)
    {
        if (summary.Period is not { } period) yield break;
        for (var day = period.From; day <= period.To; day = day.AddDays(1))
        {
            foreach (var answer in answers)
            {
                var counts = DeviceCounts.None;
                foreach (var device in answer.Devices)
                    counts = counts.With(device.Account.Telemetry.On(day)?.Checks.Where(check => answer.Analytics.Any(analytic => analytic.Uid == check.Analytic)).Min(check => (CheckState?)check.State));
                var events = answer.Devices.Sum(device => device.Account.Telemetry.On(day)?.Events ?? 0);
                yield return [SinkWords.Day(day), answer.Strategy, answer.Platform.Name(), $"{counts.Runnable}", $"{counts.Degraded}", $"{counts.Blind}", $"{counts.NotAssessed + answer.Unknown}", $"{events}"];
            }
        }
    }

    private static void Write(Utf8JsonWriter json, StrategyAnswer answer)
    {
        json.WriteString("strategy", answer.Strategy);
        if (answer.Name is not null) json.WriteString("name", answer.Name);
        json.WriteString("platform", answer.Platform.Name());
        json.WriteString("covered", answer.Covered.Snake());
        WriteDay(json, "since", answer.Since);
        WriteDay(json, "since_on_all_devices", answer.SinceOnAll);
        WriteDay(json, "until", answer.Until);
        WriteDays(json, answer.Days);
        json.WriteNumber("devices_of_unknown_platform", answer.Unknown);
        json.WriteNumber("findings", answer.Findings);
        json.WriteNumber("findings_hidden", answer.Hidden);
        json.WriteObjects("telemetry", answer.Telemetry, item =>
        {
            json.WriteComponent(item.Component);
            json.WriteNumber("events", item.Events);
            json.WriteNumber("devices", item.Devices);
        });
        json.WriteFields(answer.Fields);
        json.WriteTexts("log_sources", [.. answer.LogSources]);
        json.WriteObjects("analytics", answer.Analytics, analytic =>
        {
            json.WriteString("uid", analytic.Uid);
            json.WriteString("version", analytic.Version);
            json.WriteTexts("cannot_see", [.. analytic.Texts.CannotSee]);
        });
        json.WriteRows("lost", answer.Lost, WriteLost);
        json.WriteRows("missing", answer.Missing, WriteMissing);
        json.WriteRows("devices", answer.Devices, WriteDevice);
    }

    private static void WriteLost(Utf8JsonWriter json, LostSight lost)
    {
        json.WriteString("analytic", lost.Analytic);
        json.WriteString("what", lost.What);
        json.WriteString("title", lost.Title);
        json.WriteString("why", lost.Why);
        json.WriteNumber("devices", lost.Devices);
    }

    private static void WriteMissing(Utf8JsonWriter json, MissingTelemetry missing)
    {
        json.WriteComponent(missing.Component);
        json.WriteNumber("devices", missing.Devices);
        json.WriteTexts("sources", [.. missing.Sources]);
    }

    private static void WriteDevice(Utf8JsonWriter json, DeviceAnswer device)
    {
        json.WriteString("uid", device.Account.Device.Uid);
        WriteDay(json, "since", device.First);
        WriteDay(json, "until", device.Last);
        WriteDays(json, device.Days);
        json.WriteNumber("reachable_score", device.ReachableScore);
        if (device.Account.KnownFrom is { } from) json.WriteString("known_from", from);
    }

    private static void WriteDays(Utf8JsonWriter json, AnswerDays days)
    {
        json.WriteStartObject("days");
        json.WriteNumber("runnable", days.Runnable);
        json.WriteNumber("degraded", days.Degraded);
        json.WriteNumber("blind", days.Blind);
        json.WriteNumber("not_assessed", days.NotAssessed);
        json.WriteEndObject();
    }

    private static void WriteDay(Utf8JsonWriter json, string name, DateOnly? day)
    {
        if (day is { } known) json.WriteString(name, SinkWords.Day(known));
        else json.WriteNull(name);
    }
}

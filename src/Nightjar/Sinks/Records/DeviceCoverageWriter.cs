using System.Text.Json;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Sinks.Records;

/// <summary>Writes what a device delivered, and what each analytic could see of it.</summary>
internal sealed class DeviceCoverageWriter(Utf8JsonWriter json, RunResult result)
{
    private readonly RunSummary _summary = result.Summary;
    private readonly DeviceVerdicts _verdicts = new(result);

    public void Write(DeviceAccount device)
    {
        var telemetry = device.Telemetry;
        json.WriteDevice(device.Device);
        if (StrategyCoverage.WhyNotAssessed(device) is { } why) json.WriteString("not_assessed", why);
        json.WriteNumber("events", device.Events);
        json.WriteNumber("apps", device.Apps);
        json.WriteRows("components", telemetry.Components, WriteComponent);
        json.WriteRows("log_sources", telemetry.LogSources, WriteLogSource);
        json.WriteFields(telemetry.Fields);
        WriteTimeBases(telemetry);
        json.WriteRows("clocks", [.. _summary.Clocks.Where(clock => clock.Device == device.Device.Uid)], WriteClock);
        if (telemetry.LeftOut > 0) json.WriteNumber("left_out", telemetry.LeftOut);
        json.WriteNumber("days_with_telemetry", telemetry.Days.Count);
        json.WriteNumber("days_silent", DaySpans.Silent(_summary, device));
        json.WriteRows("days", telemetry.Days, WriteDay);
        json.WriteObjects("checks", device.Checks, check => WriteCheck(device, check));
    }

    private static void WriteComponent(Utf8JsonWriter json, ComponentTelemetry component)
    {
        json.WriteComponent(component.Component);
        json.WriteNumber("events", component.Events);
        json.WriteString("first", component.First.ToString());
        json.WriteString("last", component.Last.ToString());
        if (component.Gaps.Count > 0) json.WriteObjects("gaps", component.Gaps, gap =>
        {
            json.WriteString("from", gap.From.ToString());
            json.WriteString("to", gap.To.ToString());
        });
    }

    private static void WriteLogSource(Utf8JsonWriter json, LogSourceTelemetry log)
    {
        json.WriteString("name", log.Name);
        json.WriteNumber("events", log.Events);
        json.WriteString("first", log.First.ToString());
        json.WriteString("last", log.Last.ToString());
        json.WriteTexts("components", [.. log.Components.Bits().Select(bit => DataComponentNames.Of(bit).Id)]);
    }

    private void WriteTimeBases(DeviceTelemetry telemetry)
    {
        json.WriteStartObject("time_bases");
        foreach (var (basis, events) in telemetry.TimeBases) json.WriteNumber(basis.Snake(), events);
        json.WriteEndObject();
    }

    private static void WriteClock(Utf8JsonWriter json, ClockOffset clock)
    {
        json.WriteString("source", clock.Source);
        json.WriteString("reference", clock.Reference);
        json.WriteNumber("offset_ms", (long)clock.Offset.TotalMilliseconds);
        json.WriteBoolean("applied", clock.IsApplied);
    }

    private static void WriteDay(Utf8JsonWriter json, TelemetryDay day)
    {
        json.WriteString("day", SinkWords.Day(day.Day));
        json.WriteNumber("events", day.Events);
        json.WriteString("first", day.First.ToString());
        json.WriteString("last", day.Last.ToString());
        json.WriteArrivals(day.Arrived);
        json.WriteTexts("observable", [.. day.Observable.Bits().Select(bit => DataComponentNames.Of(bit).Id)]);
        json.WriteTexts("log_sources", [.. day.LogSources]);
        json.WriteFields(day.Fields);
    }

    private void WriteCheck(DeviceAccount device, DeviceCheck check)
    {
        json.WriteString("analytic", check.Analytic);
        if (_verdicts.Of(device, check) is { } verdict)
        {
            json.WriteString("verdict", verdict.Snake());
            json.WriteNumber("findings", _verdicts.Findings(device, check));
        }
        json.WriteSight(check);
        json.WriteStartObject("days");
        json.WriteNumber("runnable", check.Days.Runnable);
        json.WriteNumber("degraded", check.Days.Degraded);
        json.WriteNumber("blind", check.Days.Blind);
        json.WriteNumber("silent", DaySpans.Silent(_summary, device));
        json.WriteEndObject();
        json.WriteRows("spans", DaySpans.Of(_summary, device, check.Analytic), WriteSpan);
    }

    private static void WriteSpan(Utf8JsonWriter json, DaySpan span)
    {
        json.WriteString("first_day", SinkWords.Day(span.From));
        json.WriteString("last_day", SinkWords.Day(span.To));
        if (span.Check is { } check) json.WriteSight(check);
        else json.WriteString("state", "not_assessed");
    }
}

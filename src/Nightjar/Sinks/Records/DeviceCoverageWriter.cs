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
        json.WriteObjects("components", telemetry.Components, WriteComponent);
        json.WriteObjects("log_sources", telemetry.LogSources, WriteLogSource);
        json.WriteFields(telemetry.Fields);
        WriteTimeBases(telemetry);
        json.WriteObjects("clocks", [.. _summary.Clocks.Where(clock => clock.Device == device.Device.Uid)], WriteClock);
        if (telemetry.LeftOut > 0) json.WriteNumber("left_out", telemetry.LeftOut);
        json.WriteNumber("days_with_telemetry", telemetry.Days.Count);
        json.WriteNumber("days_silent", DaySpans.Silent(_summary, device));
        json.WriteObjects("days", telemetry.Days, WriteDay);
        json.WriteObjects("checks", device.Checks, check => WriteCheck(device, check));
    }

    private void WriteComponent(ComponentTelemetry component)
    {
        json.WriteComponent(component.Component);
        json.WriteNumber("events", component.Events);
        json.WriteString("first", component.First.ToString());
        json.WriteString("last", component.Last.ToString());
        if (component.Gaps.Count > 0) json.WriteObjects("gaps", component.Gaps, WriteGap);
    }

    private void WriteGap(TelemetryGap gap)
    {
        json.WriteString("from", gap.From.ToString());
        json.WriteString("to", gap.To.ToString());
    }

    private void WriteLogSource(LogSourceTelemetry log)
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

    private void WriteClock(ClockOffset clock)
    {
        json.WriteString("source", clock.Source);
        json.WriteString("reference", clock.Reference);
        json.WriteNumber("offset_ms", (long)clock.Offset.TotalMilliseconds);
        json.WriteBoolean("applied", clock.IsApplied);
    }

    private void WriteDay(TelemetryDay day)
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
        json.WriteObjects("spans", DaySpans.Of(_summary, device, check.Analytic), WriteSpan);
    }

    private void WriteSpan(DaySpan span)
    {
        json.WriteString("first_day", SinkWords.Day(span.From));
        json.WriteString("last_day", SinkWords.Day(span.To));
        if (span.Check is { } check) json.WriteSight(check);
        else json.WriteString("state", "not_assessed");
    }
}

/// <summary>Parts of <c>coverage.json</c> that come in several places.</summary>
internal static class CoverageJson
{
    /// <summary>Writes an array of objects, also when it is empty.</summary>
    public static void WriteObjects<T>(this Utf8JsonWriter json, string name, IReadOnlyCollection<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static void WriteComponent(this Utf8JsonWriter json, DataComponents component)
    {
        var (uid, name) = DataComponentNames.Of(System.Numerics.BitOperations.TrailingZeroCount((uint)component));
        json.WriteString("uid", uid);
        json.WriteString("name", name);
    }

    /// <summary>Writes events by id of the data component.</summary>
    public static void WriteArrivals(this Utf8JsonWriter json, IEnumerable<(DataComponents Component, long Events)> arrived)
    {
        json.WriteStartObject("arrived");
        foreach (var (component, events) in arrived) json.WriteNumber(DataComponentNames.Of(System.Numerics.BitOperations.TrailingZeroCount((uint)component)).Id, events);
        json.WriteEndObject();
    }

    /// <summary>Writes how complete fields were: events that could have had the field, and those that had it.</summary>
    public static void WriteFields(this Utf8JsonWriter json, IEnumerable<FieldCompleteness> fields)
    {
        json.WriteStartObject("fields");
        foreach (var field in fields)
        {
            json.WriteStartObject(field.Field.Snake());
            json.WriteNumber("events", field.Events);
            json.WriteNumber("complete", field.Complete);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    /// <summary>Writes how well an analytic could see, and why not better.</summary>
    public static void WriteSight(this Utf8JsonWriter json, DeviceCheck check)
    {
        json.WriteString("state", check.State.Snake());
        json.WriteNumber("reachable_score", check.ReachableScore);
        json.WriteTexts("blind_stages", [.. check.BlindStages]);
        json.WriteList("obstacles", check.Obstacles, obstacle =>
        {
            json.WriteStartObject();
            json.WriteString("stage", obstacle.Stage);
            json.WriteString("lacks", obstacle.Lacks.Snake());
            json.WriteEndObject();
        });
        json.WriteTexts("blind_contributions", [.. check.BlindContributions]);
        json.WriteComponents("missing", check.Missing);
    }

    public static void WriteCounts(this Utf8JsonWriter json, DeviceCounts counts)
    {
        json.WriteNumber("devices_runnable", counts.Runnable);
        json.WriteNumber("devices_degraded", counts.Degraded);
        json.WriteNumber("devices_blind", counts.Blind);
        json.WriteNumber("devices_not_assessed", counts.NotAssessed);
    }
}

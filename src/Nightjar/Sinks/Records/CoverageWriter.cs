using System.Text.Json;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Sinks.Records;

/// <summary>Writes <c>coverage.json</c>: what arrived, per device and analytic whether it could see, and what that comes to for strategies,
/// techniques, platforms, groups and days.</summary>
public static class CoverageWriter
{
    /// <summary>Writes the whole file.</summary>
    public static void Write(RunResult result, Stream output)
    {
        ArgumentNullException.ThrowIfNull(result);
        var summary = result.Summary;
        JsonLayout.WritePage(output, json =>
        {
            json.WriteStartObject();
            json.WriteOrigin();
            json.WriteSpan("span", summary.Span);
            WritePeriod(json, summary);
            json.WriteBaseline(summary.Baseline);
            json.WriteBoolean("judged", summary.IsJudged);
            json.WriteNumber("observation_window_s", (long)summary.ObservationWindow.TotalSeconds);
            json.WriteObjects("strategies", StrategyCoverage.Of(summary), strategy => WriteStrategy(json, strategy));
            json.WriteObjects("techniques", StrategyCoverage.OfTechniques(summary), technique => WriteStrategy(json, technique));
            json.WriteObjects("missing", MissingTelemetry.Of(summary), missing => WriteMissing(json, missing));
            CoverageGroupWriter.Write(json, summary);
            var devices = new DeviceCoverageWriter(json, result);
            json.WriteObjects("devices", summary.Devices, devices.Write);
            WriteLosses(json, summary);
            json.WriteEndObject();
        });
    }

    /// <summary>Writes the members that tell which device it is.</summary>
    internal static void WriteDevice(this Utf8JsonWriter json, DeviceReference device)
    {
        json.WriteString("uid", device.Uid);
        if (device.Name is not null) json.WriteString("name", device.Name);
        json.WriteString("platform", device.Platform.Name());
        json.WriteTexts("groups", [.. device.Groups ?? []]);
    }

    private static void WritePeriod(Utf8JsonWriter json, RunSummary summary)
    {
        if (summary.Period is not { } period)
        {
            json.WriteNull("period");
            return;
        }
        json.WriteStartObject("period");
        json.WriteString("first_day", SinkWords.Day(period.From));
        json.WriteString("last_day", SinkWords.Day(period.To));
        json.WriteEndObject();
    }

    /// <summary>Writes of which apps the baseline could say what is new; nothing when that was not asked.</summary>
    internal static void WriteBaseline(this Utf8JsonWriter json, BaselineAccount? baseline)
    {
        if (baseline is null) return;
        json.WriteStartObject("baseline");
        json.WriteBoolean("given", baseline.IsGiven);
        json.WriteNumber("apps", baseline.Apps);
        json.WriteNumber("apps_mature", baseline.Mature);
        json.WriteTexts("apps_too_young", [.. baseline.Young]);
        json.WriteTexts("apps_not_known", [.. baseline.Absent]);
        json.WriteEndObject();
    }

    private static void WriteStrategy(Utf8JsonWriter json, StrategyCoverage strategy)
    {
        json.WriteString("uid", strategy.Uid);
        if (strategy.Name is not null) json.WriteString("name", strategy.Name);
        json.WriteTexts("analytics", [.. strategy.Analytics]);
        json.WriteTexts("platforms", [.. strategy.Platforms.Select(platform => platform.Name())]);
        json.WriteNumber("score", strategy.Score);
        json.WriteNumber("devices_runnable", strategy.Runnable);
        json.WriteNumber("devices_degraded", strategy.Degraded);
        json.WriteNumber("devices_blind", strategy.Blind);
        json.WriteNumber("devices_not_assessed", strategy.NotAssessed);
        json.WriteComponents("missing", strategy.Missing);
    }

    private static void WriteMissing(Utf8JsonWriter json, MissingTelemetry missing)
    {
        var (uid, name) = missing.Name;
        json.WriteString("uid", uid);
        json.WriteString("name", name);
        json.WriteString("platform", missing.Platform.Name());
        json.WriteNumber("devices", missing.Devices);
        json.WriteTexts("sources", [.. missing.Sources]);
    }

    private static void WriteLosses(Utf8JsonWriter json, RunSummary summary)
    {
        json.WriteStartObject("left_out");
        json.WriteNumber("unattributed_events", summary.Unattributed);
        json.WriteNumber("events_of_further_devices", summary.TelemetryLosses.Devices);
        json.WriteNumber("further_device_days", summary.TelemetryLosses.Days);
        json.WriteNumber("events_of_further_apps", summary.TelemetryLosses.Apps);
        json.WriteEndObject();
    }
}

/// <summary>What could be seen on each device, as <c>coverage.json</c>.</summary>
internal sealed class CoverageSink : ISink
{
    public string Id => "coverage";

    public string FileName => "coverage.json";

    public void Write(RunResult result, Stream output) => CoverageWriter.Write(result, output);
}

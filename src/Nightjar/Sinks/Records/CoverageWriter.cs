using System.Text.Json;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Sinks.Records;

/// <summary>Writes <c>coverage.json</c>: per device and analytic whether it could see, and per strategy what that comes to.</summary>
public static class CoverageWriter
{
    /// <summary>Writes the whole file.</summary>
    public static void Write(RunSummary summary, Stream output) => JsonLayout.WritePage(output, json =>
    {
        json.WriteStartObject();
        json.WriteOrigin();
        json.WriteSpan("span", summary.Span);
        json.WriteBaseline(summary.Baseline);
        json.WriteStartArray("strategies");
        foreach (var strategy in StrategyCoverage.Of(summary)) WriteStrategy(json, strategy);
        json.WriteEndArray();
        json.WriteStartArray("devices");
        foreach (var device in summary.Devices) WriteDevice(json, device);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>Writes the members that tell which device it is.</summary>
    internal static void WriteDevice(this Utf8JsonWriter json, DeviceReference device)
    {
        json.WriteString("uid", device.Uid);
        if (device.Name is not null) json.WriteString("name", device.Name);
        json.WriteString("platform", device.Platform.Name());
        json.WriteTexts("groups", [.. device.Groups ?? []]);
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
        json.WriteStartObject();
        json.WriteString("uid", strategy.Uid);
        if (strategy.Name is not null) json.WriteString("name", strategy.Name);
        json.WriteTexts("analytics", [.. strategy.Analytics]);
        json.WriteTexts("platforms", [.. strategy.Platforms.Select(platform => platform.Name())]);
        json.WriteNumber("devices_runnable", strategy.Runnable);
        json.WriteNumber("devices_degraded", strategy.Degraded);
        json.WriteNumber("devices_blind", strategy.Blind);
        json.WriteNumber("devices_not_assessed", strategy.NotAssessed);
        json.WriteComponents("missing", strategy.Missing);
        json.WriteEndObject();
    }

    private static void WriteDevice(Utf8JsonWriter json, DeviceAccount device)
    {
        json.WriteStartObject();
        json.WriteDevice(device.Device);
        json.WriteNumber("events", device.Events);
        json.WriteComponents("components", device.Components);
        if (device.Checks.Count == 0) json.WriteString("not_assessed", StrategyCoverage.WhyNotAssessed(device.Device.Platform));
        json.WriteStartArray("checks");
        foreach (var check in device.Checks) WriteCheck(json, check);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCheck(Utf8JsonWriter json, DeviceCheck check)
    {
        json.WriteStartObject();
        json.WriteString("analytic", check.Analytic);
        json.WriteString("state", check.State.Snake());
        json.WriteNumber("reachable_score", check.ReachableScore);
        json.WriteTexts("blind_stages", [.. check.BlindStages]);
        json.WriteComponents("missing", check.Missing);
        json.WriteEndObject();
    }
}

/// <summary>What could be seen on each device, as <c>coverage.json</c>.</summary>
internal sealed class CoverageSink : ISink
{
    public string Id => "coverage";

    public string FileName => "coverage.json";

    public void Write(RunResult result, Stream output) => CoverageWriter.Write(result.Summary, output);
}

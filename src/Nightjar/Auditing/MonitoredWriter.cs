using System.Text.Json;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks;
using Nightjar.Sinks.Records;

namespace Nightjar.Auditing;

/// <summary>Writes what was monitored: <c>monitored.json</c>, <c>monitored.csv</c> and <c>files.csv</c>.</summary>
internal static class MonitoredWriter
{
    private static readonly string[] DeviceColumns = ["device", "name", "platform", "groups", "known_from", "events", "apps", "days_with_telemetry", "first", "last", "log_sources"];
    private static readonly string[] FileColumns = ["path", "role", "bytes", "sha256"];

    public static void Write(EvidencePack pack, Stream output) => JsonLayout.WritePage(output, json =>
    {
        var summary = pack.Result.Summary;
        json.WriteStartObject();
        json.WriteOrigin();
        json.WriteSpan("span", summary.Span);
        json.WriteNumber("events", summary.Events);
        json.WriteNumber("unattributed", summary.Unattributed);
        json.WriteTexts("groups", [.. summary.Devices.SelectMany(device => device.Device.Groups ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
        json.WriteTexts("platforms", [.. summary.Devices.Select(device => device.Device.Platform).Distinct().Order().Select(platform => platform.Name())]);
        json.WriteRows("files", pack.Inputs, WriteInput);
        json.WriteRows("read", summary.Files, WriteFile);
        json.WriteObjects("devices", summary.Devices, device => WriteDevice(json, device));
        json.WriteEndObject();
    });

    public static void WriteDevices(RunSummary summary, Stream output) => CsvText.Write(output, DeviceColumns, summary.Devices.Select(Row));

    public static void WriteFiles(EvidencePack pack, Stream output) =>
        CsvText.Write(output, FileColumns, pack.Inputs.Select(input => (IReadOnlyList<string?>)[input.Path, input.Role, $"{input.Bytes}", input.Sha256]));

    private static IReadOnlyList<string?> Row(DeviceAccount device)
    {
        var days = device.Telemetry.Days;
        return
        [
            device.Device.Uid, device.Device.Name, device.Device.Platform.Name(), string.Join("; ", device.Device.Groups ?? []), device.KnownFrom, $"{device.Events}", $"{device.Apps}", $"{days.Count}",
            days.Count == 0 ? "" : days[0].First.ToString(), days.Count == 0 ? "" : days[^1].Last.ToString(), string.Join("; ", device.Telemetry.LogSources.Select(source => source.Name)),
        ];
    }

    private static void WriteInput(Utf8JsonWriter json, InputFingerprint input)
    {
        json.WriteString("path", input.Path);
        json.WriteString("role", input.Role);
        if (input.Bytes is { } bytes) json.WriteNumber("bytes", bytes);
        if (input.Sha256 is { } hash) json.WriteString("sha256", hash);
    }

    private static void WriteFile(Utf8JsonWriter json, FileAccount file)
    {
        json.WriteString("path", file.Path);
        json.WriteString("state", file.State.Snake());
        if (file.Reader is not null) json.WriteString("reader", file.Reader);
        json.WriteNumber("events", file.Events);
        json.WriteSpan("span", file.Span);
        if (file.Reason is not null) json.WriteString("reason", file.Reason);
    }

    private static void WriteDevice(Utf8JsonWriter json, DeviceAccount device)
    {
        json.WriteDevice(device.Device);
        if (device.KnownFrom is { } from) json.WriteString("known_from", from);
        json.WriteNumber("events", device.Events);
        json.WriteNumber("apps", device.Apps);
        json.WriteNumber("days_with_telemetry", device.Telemetry.Days.Count);
        json.WriteRows("log_sources", device.Telemetry.LogSources, (row, source) =>
        {
            row.WriteString("name", source.Name);
            row.WriteNumber("events", source.Events);
            row.WriteString("first", source.First.ToString());
            row.WriteString("last", source.Last.ToString());
        });
    }
}

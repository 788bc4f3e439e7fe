using System.Text.Json;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Sinks.Records;

/// <summary>Writes what telemetry and coverage come to by platform, by group and by day.</summary>
internal static class CoverageGroupWriter
{
    public static void Write(Utf8JsonWriter json, RunSummary summary)
    {
        json.WriteObjects("platforms", CoverageGroup.ByPlatform(summary), group => Write(json, group));
        json.WriteObjects("groups", CoverageGroup.ByGroup(summary), group => Write(json, group));
        WriteDays(json, summary);
    }

    private static void Write(Utf8JsonWriter json, CoverageGroup group)
    {
        json.WriteString("name", group.Key);
        json.WriteNumber("devices", group.Devices.Count);
        json.WriteNumber("devices_silent", group.Silent);
        json.WriteNumber("events", group.Events);
        json.WriteArrivals(Sum(group.Devices.SelectMany(device => device.Telemetry.Components.Select(item => (item.Component, item.Events)))));
        json.WriteFields(Sum(group.Devices.SelectMany(device => device.Telemetry.Fields)));
        json.WriteRows("checks", group.Analytics, (row, analytic) =>
        {
            row.WriteString("analytic", analytic);
            row.WriteCounts(group.Count(analytic));
        });
    }

    // Days on which nothing came from anywhere are not among them.
    private static void WriteDays(Utf8JsonWriter json, RunSummary summary)
    {
        var all = new CoverageGroup("", summary.Devices);
        var days = summary.Devices.SelectMany(device => device.Telemetry.Days).GroupBy(day => day.Day).OrderBy(day => day.Key).ToList();
        json.WriteObjects("days", days, day =>
        {
            json.WriteString("day", SinkWords.Day(day.Key));
            json.WriteNumber("devices_with_telemetry", day.Count());
            json.WriteNumber("devices_silent", summary.Devices.Count - day.Count());
            json.WriteNumber("events", day.Sum(item => item.Events));
            json.WriteArrivals(Sum(day.SelectMany(item => item.Arrived)));
            json.WriteFields(Sum(day.SelectMany(item => item.Fields)));
            json.WriteRows("checks", all.Analytics, (row, analytic) =>
            {
                row.WriteString("analytic", analytic);
                row.WriteCounts(all.Count(analytic, day.Key));
            });
        });
    }

    private static IEnumerable<(DataComponents Component, long Events)> Sum(IEnumerable<(DataComponents Component, long Events)> arrived) =>
        arrived.GroupBy(item => item.Component).OrderBy(item => item.Key).Select(item => (item.Key, item.Sum(part => part.Events)));

    private static IEnumerable<FieldCompleteness> Sum(IEnumerable<FieldCompleteness> fields) =>
        fields.GroupBy(item => item.Field).OrderBy(item => item.Key).Select(item => new FieldCompleteness(item.Key, item.Sum(part => part.Events), item.Sum(part => part.Complete)));
}

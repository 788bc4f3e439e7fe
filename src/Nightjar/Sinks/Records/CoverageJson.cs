using System.Buffers;
using System.Text.Json;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Sinks.Records;

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

    /// <summary>Writes an array of objects, a line for each: there are many of them.</summary>
    public static void WriteRows<T>(this Utf8JsonWriter json, string name, IReadOnlyCollection<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        var buffer = new ArrayBufferWriter<byte>(512);
        foreach (var item in items)
        {
            buffer.ResetWrittenCount();
            using (var row = new Utf8JsonWriter(buffer, JsonLayout.Line))
            {
                row.WriteStartObject();
                write(row, item);
                row.WriteEndObject();
            }
            json.WriteRawValue(buffer.WrittenSpan, skipInputValidation: true);
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

using System.Text.Json;
using Nightjar.Analytics.Tuning;
using Nightjar.Calibration;

namespace Nightjar.Cli.Terminal;

/// <summary>A study of thresholds as one JSON document (docs/reference/thresholds.md).</summary>
internal static class ThresholdsJson
{
    public static void Write(IReadOnlyList<TunableStudy> studies, long cut, Stream to)
    {
        using var stream = to;
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("cut", cut);
            json.WriteStartArray("tunables");
            foreach (var study in studies) Write(study, json);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        stream.Write("\n"u8);
    }

    private static void Write(TunableStudy study, Utf8JsonWriter json)
    {
        var tunable = study.Tunable;
        json.WriteStartObject();
        json.WriteString("analytic", study.Analytic);
        json.WriteString("tunable", tunable.Name);
        json.WriteString("type", tunable.Kind.Name());
        json.WriteString("unit", Unit(tunable.Kind));
        json.WriteString("description", tunable.Description);
        json.WriteString("default", tunable.Default.ToString());
        json.WriteString("in_force", tunable.Value.ToString());
        json.WriteString("origin", tunable.Origin);
        if (tunable.Minimum is { } low) json.WriteNumber("minimum", low);
        if (tunable.Maximum is { } high) json.WriteNumber("maximum", high);
        if (study.WhyNowhere.Length > 0) json.WriteString("why_nowhere", study.WhyNowhere);
        json.WriteStartArray("places");
        foreach (var place in study.Places) Write(place, json);
        json.WriteEndArray();
        json.WriteStartArray("values");
        foreach (var value in study.Values) Write(value, json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(PlaceStudy place, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("where", place.Where);
        json.WriteString("what", place.What);
        json.WriteNumber("without", place.Without);
        if (place.Why.Length > 0) json.WriteString("why", place.Why);
        if (place.Numbers is { } numbers) Write(numbers, json);
        json.WriteEndObject();
    }

    private static void Write(Distribution numbers, Utf8JsonWriter json)
    {
        json.WriteStartObject("numbers");
        json.WriteNumber("count", numbers.Count);
        json.WriteNumber("min", numbers.Minimum);
        json.WriteNumber("p25", numbers.Lower);
        json.WriteNumber("p50", numbers.Median);
        json.WriteNumber("p75", numbers.Upper);
        json.WriteNumber("p90", numbers.Percentile90);
        json.WriteNumber("p99", numbers.Percentile99);
        json.WriteNumber("max", numbers.Maximum);
        json.WriteNumber("error", numbers.Error);
        json.WriteNumber("devices", numbers.Devices);
        json.WriteNumber("apps", numbers.Apps);
        json.WriteEndObject();
    }

    private static void Write(ValueCount value, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("value", value.Value.ToString());
        json.WriteNumber("number", value.Value.Number);
        json.WriteBoolean("is_default", value.IsDefault);
        json.WriteBoolean("is_in_force", value.IsInForce);
        if (value.Refusal.Length > 0) json.WriteString("refusal", value.Refusal);
        if (value.Count is { } count)
        {
            json.WriteNumber("findings", count.Findings);
            json.WriteNumber("low", count.Low);
            json.WriteNumber("medium", count.Medium);
            json.WriteNumber("high", count.High);
            json.WriteNumber("devices", count.Devices);
            json.WriteNumber("apps", count.Apps);
        }
        json.WriteEndObject();
    }

    private static string Unit(TunableKind kind) => kind switch { TunableKind.Duration => "seconds", TunableKind.Bytes => "bytes", _ => "" };
}

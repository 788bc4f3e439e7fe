using System.Text.Json;
using Nightjar.Sinks.Records;

namespace Nightjar.Simulation;

/// <summary>Writes <c>labels.json</c>, which says what was planted, and reads it back.</summary>
public static class LabelFile
{
    // Far more than any simulation plants.
    private const int MostLabels = 10_000;

    /// <summary>Writes the whole file.</summary>
    public static void Write(SimulationSpec spec, IReadOnlyList<AttackLabel> labels, Stream output) => JsonLayout.WritePage(output, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("seed", spec.Seed);
        json.WriteNumber("devices", spec.Devices);
        json.WriteNumber("days", spec.Days);
        json.WriteString("start", spec.Start.ToString());
        json.WriteStartArray("attacks");
        foreach (var label in labels) Write(json, label);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is no file of labels.</exception>
    public static IReadOnlyList<AttackLabel> Read(ReadOnlyMemory<byte> json)
    {
        var labels = JsonView.Read<List<AttackLabel>>(json, out var reason, view => ([.. view["attacks"].Items.Take(MostLabels).Select(Label).OfType<AttackLabel>()], null));
        return labels ?? throw new InvalidDataException($"This is no file of labels: {reason}.");
    }

    private static void Write(Utf8JsonWriter json, AttackLabel label)
    {
        json.WriteStartObject();
        json.WriteString("name", label.Name);
        json.WriteString("title", label.Title);
        json.WriteTexts("analytics", [.. label.Analytics]);
        json.WriteString("device", label.Device);
        json.WriteString("app", label.App);
        json.WriteString("from", label.From.ToString());
        json.WriteString("to", label.To.ToString());
        json.WriteEndObject();
    }

    private static AttackLabel? Label(JsonView json) =>
        json["name"].Text is { } name && json["device"].Text is { } device && json["app"].Text is { } app && json["from"].Time is { } from && json["to"].Time is { } to
            ? new AttackLabel(name, json["title"].Text ?? "", json["analytics"].Texts, device, app, from, to)
            : null;
}

using System.Buffers;
using System.Text.Json;
using Nightjar.Events;

namespace Nightjar.Sinks.Records;

/// <summary>How the JSON outputs are laid out: ASCII only, so that a file shown in a terminal can do nothing to it.</summary>
internal static class JsonLayout
{
    /// <summary>One object a line.</summary>
    public static JsonWriterOptions Line { get; } = new() { Indented = false, SkipValidation = false };

    /// <summary>For files that people open too. The line end is fixed: outputs are the same on every system.</summary>
    public static JsonWriterOptions Page { get; } = new() { Indented = true, IndentSize = 2, NewLine = "\n" };

    /// <summary>Writes one indented document and a line end.</summary>
    public static void WritePage(Stream output, Action<Utf8JsonWriter> body)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using (var json = new Utf8JsonWriter(buffer, Page)) body(json);
        output.Write(buffer.WrittenSpan);
        output.Write("\n"u8);
    }

    /// <summary>Writes an array, or nothing when it would be empty.</summary>
    public static void WriteList<T>(this Utf8JsonWriter json, string name, IReadOnlyCollection<T> items, Action<T> write)
    {
        if (items.Count == 0) return;
        json.WriteStartArray(name);
        foreach (var item in items) write(item);
        json.WriteEndArray();
    }

    /// <summary>Writes an array of texts, or nothing when it would be empty.</summary>
    public static void WriteTexts(this Utf8JsonWriter json, string name, IReadOnlyCollection<string> items) =>
        json.WriteList(name, items, json.WriteStringValue);

    /// <summary>Writes data components with id and name, or nothing when there are none.</summary>
    public static void WriteComponents(this Utf8JsonWriter json, string name, DataComponents components) =>
        json.WriteList(name, components.Bits().ToArray(), bit =>
        {
            var (id, title) = DataComponentNames.Of(bit);
            json.WriteStartObject();
            json.WriteString("uid", id);
            json.WriteString("name", title);
            json.WriteEndObject();
        });

    /// <summary>Writes a span of time as RFC 3339, or null.</summary>
    public static void WriteSpan(this Utf8JsonWriter json, string name, (Instant From, Instant To)? span)
    {
        if (span is not { } known)
        {
            json.WriteNull(name);
            return;
        }
        json.WriteStartObject(name);
        json.WriteString("start", known.From.ToString());
        json.WriteString("end", known.To.ToString());
        json.WriteEndObject();
    }

    /// <summary>Writes what tells a reader of the file which product and contract made it.</summary>
    public static void WriteOrigin(this Utf8JsonWriter json)
    {
        json.WriteNumber("contract", ProductInfo.Contract);
        json.WriteStartObject("product");
        json.WriteString("name", ProductInfo.Name);
        json.WriteString("version", ProductInfo.Version);
        json.WriteEndObject();
    }
}

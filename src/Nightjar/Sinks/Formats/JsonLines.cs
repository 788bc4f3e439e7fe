using System.Buffers;
using System.Text;
using System.Text.Json;
using Nightjar.Findings;
using Nightjar.Sinks.Ocsf;
using Nightjar.Sinks.Records;

namespace Nightjar.Sinks.Formats;

/// <summary>Writes one JSON object a line for each finding, and the pieces that such formats have in common.</summary>
internal static class JsonLines
{
    public static void Write(IReadOnlyList<Finding> findings, Stream output, Action<Utf8JsonWriter, Finding> body)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        foreach (var finding in findings)
        {
            using (var json = new Utf8JsonWriter(buffer, JsonLayout.Line))
            {
                json.WriteStartObject();
                body(json, finding);
                json.WriteEndObject();
            }
            buffer.Write("\n"u8);
            output.Write(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
        }
    }

    /// <summary>The finding as OCSF has it, without the line end.</summary>
    public static ReadOnlyMemory<byte> Ocsf(Finding finding)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        new OcsfFindingWriter().Write(finding, buffer);
        return buffer.WrittenMemory[..^1];
    }

    /// <summary>JSON as a text. Ours is ASCII without controls, so quotes and backslashes are all that needs escaping.</summary>
    public static void WriteTextOf(this Utf8JsonWriter json, string name, ReadOnlyMemory<byte> inner)
    {
        var text = Encoding.ASCII.GetString(inner.Span).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        json.WritePropertyName(name);
        json.WriteRawValue($"\"{text}\"");
    }

    /// <summary>An object, or nothing when <paramref name="isThere"/> is false.</summary>
    public static void WriteObject(this Utf8JsonWriter json, string name, bool isThere, Action body)
    {
        if (!isThere) return;
        json.WriteStartObject(name);
        body();
        json.WriteEndObject();
    }

    /// <summary>A text, or nothing when there is none.</summary>
    public static void WriteKnown(this Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) json.WriteString(name, value);
    }

    /// <summary>A number, or nothing when there is none.</summary>
    public static void WriteKnown(this Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } known) json.WriteNumber(name, known);
    }
}

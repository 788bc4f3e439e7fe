using System.Text;
using System.Text.Json;

namespace Nightjar.Sources.PropertyList;

/// <summary>Reports in JSON, in the same shape as property lists.</summary>
internal static class JsonReport
{
    /// <summary>Reads one object; null when it is not well formed.</summary>
    public static ReportNode? Read(ReadOnlySpan<byte> json)
    {
        var builder = new ReportBuilder();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = ReportBuilder.MaxDepth });
        try
        {
            while (reader.Read())
                if (!Take(ref reader, builder)) return null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The parser has no other way to say so; the second is for escapes that are no character.
            return null;
        }
        return builder.Root;
    }

    private static bool Take(ref Utf8JsonReader reader, ReportBuilder builder)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return builder.Open(ReportNode.NewDictionary());
            case JsonTokenType.StartArray:
                return builder.Open(ReportNode.NewArray());
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                builder.Close();
                return true;
            case JsonTokenType.PropertyName:
                builder.Key(reader.GetString()!);
                return true;
            case JsonTokenType.True or JsonTokenType.False:
                return builder.Add(new ReportNode { Flag = reader.TokenType == JsonTokenType.True });
            case JsonTokenType.String:
                return builder.Add(new ReportNode { Text = reader.GetString()! });
            case JsonTokenType.Number:
                return builder.Add(new ReportNode { Text = Encoding.UTF8.GetString(reader.ValueSpan) });
            default:
                return builder.Add(new ReportNode());
        }
    }
}

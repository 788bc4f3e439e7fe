using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Nightjar.Sinks.Stix;

/// <summary>The one way of RFC 8785 to write JSON, for objects, texts, lists and whole numbers.</summary>
internal static class CanonicalJson
{
    public static string Of(JsonNode? node)
    {
        var text = new StringBuilder();
        Write(text, node);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                // Ordinal order of .NET texts is that of UTF-16 units, as the standard asks.
                WriteList(text, '{', map.OrderBy(pair => pair.Key, StringComparer.Ordinal), '}', pair =>
                {
                    Write(text, pair.Key);
                    text.Append(':');
                    Write(text, pair.Value);
                });
                break;
            case JsonArray list:
                WriteList(text, '[', list, ']', item => Write(text, item));
                break;
            case JsonValue value when value.TryGetValue<string>(out var plain):
                Write(text, plain);
                break;
            case JsonValue value when value.TryGetValue<long>(out var number):
                text.Append(number.ToString(CultureInfo.InvariantCulture));
                break;
            default:
                text.Append("null");
                break;
        }
    }

    private static void WriteList<T>(StringBuilder text, char open, IEnumerable<T> items, char close, Action<T> write)
    {
        text.Append(open);
        var isFirst = true;
        foreach (var item in items)
        {
            if (!isFirst) text.Append(',');
            isFirst = false;
            write(item);
        }
        text.Append(close);
    }

    private static void Write(StringBuilder text, string plain)
    {
        text.Append('"');
        foreach (var c in plain)
        {
            if (c is '"' or '\\') text.Append('\\').Append(c);
            else if (c >= ' ') text.Append(c);
            else if ("\b\t\n\f\r".IndexOf(c, StringComparison.Ordinal) is >= 0 and var at) text.Append('\\').Append("btnfr"[at]);
            else text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }
        text.Append('"');
    }
}

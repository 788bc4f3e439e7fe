using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Nightjar.Knowledge.Bundles;

/// <summary>One text for one JSON value, whatever the order and layout in which it was written, so that its hash says whether it changed.</summary>
/// <remarks>Members in order of their names by UTF-16 unit, no white space, arrays in their order, numbers as written; in texts only
/// quotation mark, backslash and control characters are escaped, these in their shortest form. Where numbers are whole this is RFC 8785.</remarks>
internal static class CanonicalJson
{
    /// <summary>SHA-256 of the canonical text in UTF-8, lower case hexadecimal.</summary>
    /// <exception cref="InvalidOperationException">A text in it is no Unicode.</exception>
    public static string Sha256(JsonElement value)
    {
        var text = new StringBuilder();
        Write(value, text);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void Write(JsonElement value, StringBuilder text)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object: WriteObject(value, text); break;
            case JsonValueKind.Array: WriteArray(value, text); break;
            case JsonValueKind.String: WriteText(value.GetString()!, text); break;
            default: text.Append(value.GetRawText()); break;
        }
    }

    private static void WriteObject(JsonElement value, StringBuilder text)
    {
        text.Append('{');
        var isFirst = true;
        foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            if (!isFirst) text.Append(',');
            isFirst = false;
            WriteText(member.Name, text);
            text.Append(':');
            Write(member.Value, text);
        }
        text.Append('}');
    }

    private static void WriteArray(JsonElement value, StringBuilder text)
    {
        text.Append('[');
        var isFirst = true;
        foreach (var item in value.EnumerateArray())
        {
            if (!isFirst) text.Append(',');
            isFirst = false;
            Write(item, text);
        }
        text.Append(']');
    }

    private static void WriteText(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }
        text.Append('"');
    }
}

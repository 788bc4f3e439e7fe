using System.Text;
using System.Text.Json;

namespace Nightjar.Sources.Intake.Inputs;

/// <summary>Says what a text is that no reader recognises, so that its owner can find the right export or write a mapping for it.</summary>
internal static class UnknownText
{
    private const int NamesShown = 6;
    private const int MostShown = 60;

    private static readonly char[] Delimiters = ['\t', ',', ';'];

    /// <summary>One sentence, or two.</summary>
    /// <param name="head">The beginning of the file.</param>
    public static string Describe(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith(Encoding.UTF8.Preamble)) head = head[3..];
        var text = head.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty) return "It holds nothing but blanks.";
        if (text[0] is (byte)'{' or (byte)'[' && Names(text) is { Count: > 0 } names)
            return $"It is JSON that no reader recognises; it begins with {List(names)}. A mapping file can read it.";
        if (text[0] == (byte)'<') return $"It is XML or HTML that no reader recognises; it begins with `{Cut(FirstLine(text))}`.";
        var line = FirstLine(text);
        if (Columns(line) is { Count: > 2 } columns)
            return $"It looks like a table that no reader recognises; its first line is {List(columns)}. A mapping file can read tables.";
        return $"It is text that no reader recognises; it begins with `{Cut(line)}`.";
    }

    // As far as the head goes: the attributes of the first object in it.
    private static List<string> Names(ReadOnlySpan<byte> text)
    {
        var names = new List<string>();
        var reader = new Utf8JsonReader(text, false, default);
        var depth = -1;
        try
        {
            while (names.Count < NamesShown && reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName) continue;
                if (depth < 0) depth = reader.CurrentDepth;
                if (reader.CurrentDepth == depth) names.Add(Encoding.UTF8.GetString(reader.ValueSpan));
            }
        }
        catch (JsonException)
        {
            // What was seen until here tells enough.
        }
        return names;
    }

    private static List<string> Columns(string line)
    {
        var delimiter = Delimiters.MaxBy(candidate => line.Count(c => c == candidate));
        var columns = line.Split(delimiter, StringSplitOptions.TrimEntries);
        return columns.Length > 2 && columns.All(column => column.Length is > 0 and < 40) ? [.. columns.Take(NamesShown)] : [];
    }

    private static string FirstLine(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAny((byte)'\r', (byte)'\n');
        return Encoding.UTF8.GetString(end < 0 ? text[..Math.Min(text.Length, 400)] : text[..Math.Min(end, 400)]);
    }

    private static string List(List<string> names) => string.Join(", ", names.Select(name => $"`{Cut(name)}`"));

    private static string Cut(string text) => text.Length <= MostShown ? text : text[..MostShown] + "…";
}

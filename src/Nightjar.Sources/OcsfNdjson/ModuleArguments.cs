using System.Text.Json;
using Nightjar.Events;

namespace Nightjar.Sources.OcsfNdjson;

/// <summary>Finds in the arguments of a call what analytics ask for: the path it works on and the name it goes by.</summary>
internal static class ModuleArguments
{
    // Best first: of several, the earliest in the list counts.
    private static readonly byte[][] PathKeys =
        [.. ((string[])["path", "dexPath", "file", "filename", "fileName", "libraryPath", "source"]).Select(System.Text.Encoding.ASCII.GetBytes)];

    private static readonly byte[][] NameKeys =
        [.. ((string[])["name", "interfaceName", "objectName"]).Select(System.Text.Encoding.ASCII.GetBytes)];

    /// <summary>Reads valid JSON. A path is the value of one of the known keys, else the first text that begins with a slash.</summary>
    public static void Read(ReadOnlySpan<byte> json, EventBatch batch, Scratch scratch)
    {
        var reader = new Utf8JsonReader(json);
        var pathRank = PathKeys.Length + 1;
        var nameRank = NameKeys.Length;
        var key = default(ReadOnlySpan<byte>);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                key = reader.ValueSpan;
                continue;
            }
            if (reader.TokenType == JsonTokenType.String)
            {
                var text = reader.ValueIsEscaped ? scratch.Unescape(reader.ValueSpan, out _) : reader.ValueSpan;
                Take(reader.CurrentDepth == 1 ? key : default, text, batch, ref pathRank, ref nameRank);
            }
            key = default;
        }
    }

    /// <summary>Reads arguments that are one plain text.</summary>
    public static void ReadText(ReadOnlySpan<byte> text, EventBatch batch)
    {
        if (text is [(byte)'/', ..]) batch.Set(FieldId.ModuleArgPath, FirstOf(text));
    }

    private static void Take(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text, EventBatch batch, ref int pathRank, ref int nameRank)
    {
        if (text.IsEmpty) return;
        var asPath = Rank(PathKeys, key);
        if (asPath == PathKeys.Length && (pathRank <= PathKeys.Length || text[0] != (byte)'/')) asPath = int.MaxValue;
        if (asPath <= pathRank)
        {
            pathRank = asPath;
            batch.Set(FieldId.ModuleArgPath, FirstOf(text));
        }
        var asName = Rank(NameKeys, key);
        if (asName == NameKeys.Length || asName > nameRank) return;
        nameRank = asName;
        batch.Set(FieldId.ModuleArgName, text);
    }

    private static int Rank(byte[][] keys, ReadOnlySpan<byte> key)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            if (key.SequenceEqual(keys[i])) return i;
        }
        return keys.Length;
    }

    // A class loader takes several paths joined by colons; the first is the one that was brought.
    private static ReadOnlySpan<byte> FirstOf(ReadOnlySpan<byte> paths)
    {
        var end = paths.IndexOf(":/"u8);
        return end > 0 && paths[0] == (byte)'/' ? paths[..end] : paths;
    }
}

using System.Text.Json;
using Nightjar.Sources.OcsfNdjson;

namespace Nightjar.Tests.Sources.OcsfNdjson;

/// <summary>The plain form of <see cref="LineWalker"/>, over .NET's own JSON reader, by which the fast one is measured.</summary>
internal sealed class PlainWalker(OcsfRecord record, Scratch scratch)
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = LineWalker.MaxDepth };

    /// <summary>Walks one line; false when it is no JSON object of the allowed depth.</summary>
    public bool TryWalk(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line, Options);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
            Object(ref reader, AttributeTree.Root, line);
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void Object(ref Utf8JsonReader reader, AttributeNode parent, ReadOnlySpan<byte> line)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueIsEscaped ? scratch.Unescape(reader.ValueSpan, out _) : reader.ValueSpan;
            var node = parent.Find(name);
            if (node is not null)
            {
                reader.Read();
                Value(ref reader, node, line);
                continue;
            }
            record.Unknown(parent, name);
            reader.Skip();
        }
    }

    private void Value(ref Utf8JsonReader reader, AttributeNode node, ReadOnlySpan<byte> line)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                record.Text(node, Text(ref reader, node));
                break;
            case JsonTokenType.Number:
                record.Number(node, reader.ValueSpan);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                record.Flag(node, reader.TokenType == JsonTokenType.True);
                break;
            case JsonTokenType.StartObject when node.Kind == AttributeKind.Object:
                Object(ref reader, node, line);
                break;
            case JsonTokenType.StartArray when node.Kind == AttributeKind.List:
                List(ref reader, node, line);
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                Whole(ref reader, node, line);
                break;
        }
    }

    private void Whole(ref Utf8JsonReader reader, AttributeNode node, ReadOnlySpan<byte> line)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        record.Whole(node, line[start..(int)reader.BytesConsumed]);
    }

    private void List(ref Utf8JsonReader reader, AttributeNode node, ReadOnlySpan<byte> line)
    {
        record.BeginList(node);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject && !node.IsPlain) Object(ref reader, node, line);
            else if (reader.TokenType == JsonTokenType.String) record.Text(node, Text(ref reader, node));
            else if (reader.TokenType != JsonTokenType.Null) WrongItem(ref reader, node);
        }
    }

    private void WrongItem(ref Utf8JsonReader reader, AttributeNode node)
    {
        reader.Skip();
        record.WrongItem(node);
    }

    private ReadOnlySpan<byte> Text(ref Utf8JsonReader reader, AttributeNode node)
    {
        if (!reader.ValueIsEscaped) return reader.ValueSpan;
        var text = scratch.Unescape(reader.ValueSpan, out var isWhole);
        if (!isWhole) record.BrokenText(node);
        return text;
    }
}

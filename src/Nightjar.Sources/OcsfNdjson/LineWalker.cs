namespace Nightjar.Sources.OcsfNdjson;

/// <summary>Finds the attributes in the bytes of one line and hands them to the record. Knows nothing of what they mean.</summary>
internal sealed class LineWalker(OcsfRecord record, Scratch scratch)
{
    /// <summary>Deepest nesting that is read.</summary>
    public const int MaxDepth = 64;

    /// <summary>Walks one line, without exceptions whatever it holds.</summary>
    /// <param name="line">The line.</param>
    /// <param name="at">How far it was understood, in bytes.</param>
    /// <returns>False when the line is no JSON object of at most <see cref="MaxDepth"/> levels; the record then holds part of it.</returns>
    public bool TryWalk(ReadOnlySpan<byte> line, out int at)
    {
        at = 0;
        return JsonScan.Space(line, ref at) == (byte)'{' && Object(AttributeTree.Root, line, ref at, MaxDepth - 1)
            && JsonScan.Space(line, ref at) == 0 && at == line.Length;
    }

    private bool Object(AttributeNode parent, ReadOnlySpan<byte> line, ref int at, int levels)
    {
        at++;
        if (JsonScan.Space(line, ref at) == (byte)'}')
        {
            at++;
            return true;
        }
        while (JsonScan.Space(line, ref at) == (byte)'"' && JsonScan.String(line, ref at, out var name, out var isEscaped)
            && JsonScan.Space(line, ref at) == (byte)':')
        {
            at++;
            JsonScan.Space(line, ref at);
            if (isEscaped) name = scratch.Unescape(name, out _);
            if (!Attribute(parent, name, line, ref at, levels)) return false;
            var next = JsonScan.Space(line, ref at);
            at++;
            if (next == (byte)'}') return true;
            if (next != (byte)',') return false;
        }
        return false;
    }

    private bool Attribute(AttributeNode parent, ReadOnlySpan<byte> name, ReadOnlySpan<byte> line, ref int at, int levels)
    {
        if (parent.Find(name) is { } node) return Value(node, line, ref at, levels);
        record.Unknown(parent, name);
        return JsonScan.Value(line, ref at, levels);
    }

    private bool Value(AttributeNode node, ReadOnlySpan<byte> line, ref int at, int levels)
    {
        switch (JsonScan.Peek(line, at))
        {
            case (byte)'"':
                return Text(node, line, ref at);
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                return Number(node, line, ref at);
            case (byte)'{' when node.Kind == AttributeKind.Object:
                return levels > 0 && Object(node, line, ref at, levels - 1);
            case (byte)'[' when node.Kind == AttributeKind.List:
                return levels > 0 && List(node, line, ref at, levels - 1);
            case (byte)'{' or (byte)'[':
                return Whole(node, line, ref at, levels);
            case (byte)'t':
                return JsonScan.Word(line, ref at, "true"u8) && Flag(node, true);
            case (byte)'f':
                return JsonScan.Word(line, ref at, "false"u8) && Flag(node, false);
            default:
                return JsonScan.Word(line, ref at, "null"u8);
        }
    }

    private bool Text(AttributeNode node, ReadOnlySpan<byte> line, ref int at)
    {
        if (!JsonScan.String(line, ref at, out var text, out var isEscaped)) return false;
        if (isEscaped)
        {
            text = scratch.Unescape(text, out var isWhole);
            if (!isWhole) record.BrokenText(node);
        }
        record.Text(node, text);
        return true;
    }

    private bool Number(AttributeNode node, ReadOnlySpan<byte> line, ref int at)
    {
        var start = at;
        if (!JsonScan.Number(line, ref at)) return false;
        record.Number(node, line[start..at]);
        return true;
    }

    private bool Flag(AttributeNode node, bool value)
    {
        record.Flag(node, value);
        return true;
    }

    private bool Whole(AttributeNode node, ReadOnlySpan<byte> line, ref int at, int levels)
    {
        var start = at;
        if (!JsonScan.Value(line, ref at, levels)) return false;
        if (node.Kind == AttributeKind.Arguments) record.Arguments(line[start..at]);
        else if (node.Kind != AttributeKind.Quiet) record.WrongShape(node, line[start] == (byte)'{' ? "an object" : "an array");
        return true;
    }

    private bool List(AttributeNode node, ReadOnlySpan<byte> line, ref int at, int levels)
    {
        record.BeginList(node);
        at++;
        if (JsonScan.Space(line, ref at) == (byte)']')
        {
            at++;
            return true;
        }
        while (true)
        {
            JsonScan.Space(line, ref at);
            if (!Item(node, line, ref at, levels)) return false;
            var next = JsonScan.Space(line, ref at);
            at++;
            if (next == (byte)']') return true;
            if (next != (byte)',') return false;
        }
    }

    private bool Item(AttributeNode node, ReadOnlySpan<byte> line, ref int at, int levels)
    {
        var first = JsonScan.Peek(line, at);
        if (first == (byte)'"') return Text(node, line, ref at);
        if (first == (byte)'{' && !node.IsPlain) return levels > 0 && Object(node, line, ref at, levels - 1);
        if (!JsonScan.Value(line, ref at, levels)) return false;
        if (first != (byte)'n') record.WrongItem(node);
        return true;
    }
}

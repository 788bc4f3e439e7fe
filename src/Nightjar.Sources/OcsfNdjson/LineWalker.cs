using Nightjar.Events;

namespace Nightjar.Sources.OcsfNdjson;

/// <summary>Finds the attributes in the bytes of one line and hands them to the record. Knows nothing of what they mean.</summary>
/// <remarks>Places are returned as <see cref="JsonScan"/> does.</remarks>
internal sealed class LineWalker(OcsfRecord record, Scratch scratch)
{
    /// <summary>Deepest nesting that is read.</summary>
    public const int MaxDepth = 64;

    // Which attribute came next, last time: after another one, or first inside it. A producer writes its records of one class alike, so it nearly always comes
    // again, and one comparison of 32 bytes takes the place of finding the name's end, hashing it and looking it up.
    private readonly AttributeNode?[] _next = new AttributeNode?[EventClasses.Count * AttributeTree.Count];
    private readonly AttributeNode?[] _first = new AttributeNode?[EventClasses.Count * AttributeTree.Count];
    private AttributeNode? _afterUnknown;
    private readonly Moulds _moulds = new();
    private readonly MouldMaker _maker = new();

    /// <summary>Lines so far that were read by a mould.</summary>
    public long Moulded { get; private set; }

    /// <summary>Walks one line, without exceptions whatever it holds.</summary>
    /// <param name="line">The line.</param>
    /// <param name="at">How far it was understood, in bytes.</param>
    /// <returns>False when the line is no JSON object of at most <see cref="MaxDepth"/> levels; the record then holds part of it.</returns>
    public bool TryWalk(ReadOnlySpan<byte> line, out int at)
    {
        var values = _moulds.Fit(line);
        if (!values.IsEmpty)
        {
            record.Take(_moulds, line, values);
            Moulded++;
            at = line.Length;
            return true;
        }
        _maker.Begin();
        if (!TryWalkAnew(line, out at)) return false;
        _maker.End(line.Length);
        if (!_maker.IsOdd) _moulds.Learn(line, _maker.Steps);
        return true;
    }

    private bool TryWalkAnew(ReadOnlySpan<byte> line, out int at)
    {
        at = JsonScan.Space(line, 0);
        if (JsonScan.Peek(line, at) != (byte)'{') return false;
        var end = Object(AttributeTree.Root, line, at, MaxDepth - 1);
        at = end < 0 ? ~end : JsonScan.Space(line, end);
        return end >= 0 && at == line.Length;
    }

    private int Object(AttributeNode parent, ReadOnlySpan<byte> line, int at, int levels)
    {
        at = JsonScan.Space(line, at + 1);
        if (JsonScan.Peek(line, at) == (byte)'}') return at + 1;
        ref var expected = ref _first[record.ClassNumber * AttributeTree.Count + parent.Number];
        while (true)
        {
            var node = expected;
            var name = at;
            if (node is not null && node.OpensAt(line, at))
            {
                at += node.OpeningLength;
            }
            else
            {
                at = Name(parent, line, at, out node);
                if (at < 0) return at;
                expected = node;
            }
            at = JsonScan.Space(line, at);
            at = node is null ? UnknownValue(parent, line, name, at, levels) : Value(node, line, at, levels);
            if (at < 0) return at;
            at = JsonScan.Space(line, at);
            var next = JsonScan.Peek(line, at++);
            if (next == (byte)'}') return at;
            if (next != (byte)',') return ~at;
            at = JsonScan.Space(line, at);
            expected = ref After(node);
        }
    }

    // What follows an attribute that is not known is not remembered: the place would belong to all of them.
    private ref AttributeNode? After(AttributeNode? node)
    {
        if (node is not null) return ref _next[record.ClassNumber * AttributeTree.Count + node.Number];
        _afterUnknown = null;
        return ref _afterUnknown;
    }

    // Takes a name with its colon; the node is null when the attribute is not known.
    private int Name(AttributeNode parent, ReadOnlySpan<byte> line, int at, out AttributeNode? node)
    {
        node = null;
        if (JsonScan.Peek(line, at) != (byte)'"') return ~at;
        at = JsonScan.String(line, at, out var name, out var isEscaped);
        if (at < 0) return at;
        at = JsonScan.Space(line, at);
        if (JsonScan.Peek(line, at) != (byte)':') return ~at;
        if (isEscaped) name = scratch.Unescape(name, out _);
        node = parent.Find(name);
        if (node is not null) return at + 1;
        record.Unknown(parent, name);
        if (isEscaped) _maker.Refuse();
        return at + 1;
    }

    private int UnknownValue(AttributeNode parent, ReadOnlySpan<byte> line, int name, int at, int levels)
    {
        var end = JsonScan.Value(line, at, levels);
        if (end < 0) return end;
        _maker.Unknown(parent, name + 1, line[(name + 1)..].IndexOf((byte)'"'), at, end, levels);
        return end;
    }

    private int Value(AttributeNode node, ReadOnlySpan<byte> line, int at, int levels)
    {
        var first = JsonScan.Peek(line, at);
        if (first == (byte)'"') return Text(node, line, at);
        if (first is (byte)'-' or (>= (byte)'0' and <= (byte)'9')) return Number(node, line, at);
        switch (first)
        {
            case (byte)'{' when node.Kind == AttributeKind.Object:
                return levels > 0 ? Object(node, line, at, levels - 1) : ~at;
            case (byte)'[' when node.Kind == AttributeKind.List:
                return levels > 0 ? List(node, line, at, levels - 1) : ~at;
            case (byte)'{' or (byte)'[':
                return Whole(node, line, at, levels);
            case (byte)'t':
                return Flag(node, true, at, JsonScan.Word(line, at, "true"u8));
            case (byte)'f':
                return Flag(node, false, at, JsonScan.Word(line, at, "false"u8));
            default:
                var end = JsonScan.Word(line, at, "null"u8);
                if (end >= 0) _maker.Word(node, at, end);
                return end;
        }
    }

    private int Text(AttributeNode node, ReadOnlySpan<byte> line, int at)
    {
        var first = at;
        at = JsonScan.String(line, at, out var text, out var isEscaped);
        if (at < 0) return at;
        if (isEscaped)
        {
            text = scratch.Unescape(text, out var isWhole);
            if (!isWhole) record.BrokenText(node);
        }
        _maker.Text(node, first, at - 1);
        record.Text(node, text);
        return at;
    }

    private int Number(AttributeNode node, ReadOnlySpan<byte> line, int at)
    {
        if (node.Kind >= AttributeKind.Integer && JsonScan.Integer(line, at, out var whole) is > 0 and var behind)
        {
            record.Whole(node, whole);
            _maker.Number(node, line, at, behind);
            return behind;
        }
        var end = JsonScan.Number(line, at);
        if (end < 0) return end;
        record.Number(node, line[at..end]);
        _maker.Number(node, line, at, end);
        return end;
    }

    private int Flag(AttributeNode node, bool value, int at, int end)
    {
        if (end < 0) return end;
        record.Flag(node, value);
        _maker.Word(node, at, end);
        return end;
    }

    private int Whole(AttributeNode node, ReadOnlySpan<byte> line, int at, int levels)
    {
        var end = JsonScan.Value(line, at, levels);
        if (end < 0) return end;
        record.Whole(node, line[at..end]);
        _maker.Whole(node, line, at, end, levels);
        return end;
    }

    private int List(AttributeNode node, ReadOnlySpan<byte> line, int at, int levels)
    {
        record.BeginList(node);
        _maker.List(node, at + 1);
        at = JsonScan.Space(line, at + 1);
        if (JsonScan.Peek(line, at) == (byte)']') return at + 1;
        while (true)
        {
            at = Item(node, line, JsonScan.Space(line, at), levels);
            if (at < 0) return at;
            at = JsonScan.Space(line, at);
            var next = JsonScan.Peek(line, at++);
            if (next == (byte)']') return at;
            if (next != (byte)',') return ~at;
        }
    }

    private int Item(AttributeNode node, ReadOnlySpan<byte> line, int at, int levels)
    {
        var first = JsonScan.Peek(line, at);
        if (first == (byte)'"') return Text(node, line, at);
        if (first == (byte)'{' && !node.IsPlain) return levels > 0 ? Object(node, line, at, levels - 1) : ~at;
        var end = JsonScan.Value(line, at, levels);
        if (end >= 0 && first != (byte)'n') record.WrongItem(node);
        _maker.Refuse();
        return end;
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text;
using Nightjar.Events;

namespace Nightjar.Sources.OcsfNdjson;

/// <summary>One attribute of the format, by its place in the record. Built once, then only read, by any number of sessions.</summary>
internal sealed class AttributeNode
{
    // Arrays in place of vectors: nothing that is of a type with a vector inside can be compiled before it runs, and that is the whole reader.
    private readonly byte[] _opening = new byte[Vector256<byte>.Count];
    private readonly byte[] _openingMask = new byte[Vector256<byte>.Count];
    private AttributeNode?[] _table = [];

    public AttributeNode(string name, string path)
    {
        Name = Encoding.UTF8.GetBytes(name);
        Path = path;
        if (Name.Length == 0 || Name.Length + 3 > _opening.Length) return;
        OpeningLength = Name.Length + 3;
        _opening[0] = _opening[OpeningLength - 2] = (byte)'"';
        Name.CopyTo(_opening.AsSpan(1));
        _opening[OpeningLength - 1] = (byte)':';
        _openingMask.AsSpan(0, OpeningLength).Fill(0xFF);
    }

    /// <summary>Its place among all attributes, from 0.</summary>
    public int Number { get; private set; }

    /// <summary>Bytes of the name with its quotes and colon, as <see cref="OpensAt"/> finds them; 0 for a name too long for that.</summary>
    public int OpeningLength { get; }

    public byte[] Name { get; }

    /// <summary>As people write it, for example <c>file.hashes[].value</c>.</summary>
    public string Path { get; }

    public AttributeKind Kind { get; set; }

    /// <summary>The field that is filled; of no meaning for kinds that fill none.</summary>
    public FieldId Field { get; set; }

    /// <summary>How that field is held.</summary>
    public FieldKind FieldKind { get; set; }

    /// <summary>True for texts that are looked up among those that are known.</summary>
    public bool IsInterned => Kind switch
    {
        AttributeKind.Text => FieldKind.IsSymbol(),
        AttributeKind.ListItem or AttributeKind.Device or AttributeKind.App or AttributeKind.LogName => true,
        _ => false,
    };

    /// <summary>True for lists of hashes, which are read in lower case.</summary>
    public bool IsHash { get; set; }

    /// <summary>True for lists whose items may be plain texts.</summary>
    public bool TakesPlainItems { get; set; }

    /// <summary>True for lists whose items are nothing but plain texts.</summary>
    public bool IsPlain => Children.Count == 0;

    /// <summary>The smallest number that makes sense.</summary>
    public long Min { get; set; } = long.MinValue;

    /// <summary>The largest number that makes sense.</summary>
    public long Max { get; set; } = long.MaxValue;

    /// <summary>Of <see cref="AttributeKind.App"/>: which of the places of an app's name this is.</summary>
    public AppPlace Place { get; set; }

    public Dictionary<string, AttributeNode> Children { get; } = new(StringComparer.Ordinal);

    /// <summary>The attribute with this name inside this one; null when there is none.</summary>
    public AttributeNode? Find(ReadOnlySpan<byte> name)
    {
        var table = _table;
        if (table.Length == 0) return null;
        var mask = (uint)table.Length - 1;
        for (var i = NameHash.Of(name) & mask; ; i = (i + 1) & mask)
        {
            var node = table[i];
            if (node is null || name.SequenceEqual(node.Name)) return node;
        }
    }

    /// <summary>True when this attribute's name stands there, with its quotes and its colon, all in one comparison. False may be said although it does:
    /// within 32 bytes of the line's end, with a space before the colon, with escapes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool OpensAt(ReadOnlySpan<byte> line, int at)
    {
        if (!Vector256.IsHardwareAccelerated || OpeningLength == 0 || line.Length - at < Vector256<byte>.Count) return false;
        return (Vector256.Create(line[at..]) & Vector256.Create(_openingMask)) == Vector256.Create(_opening);
    }

    /// <summary>Prepares <see cref="Find"/>, here and below, and numbers what is here and below.</summary>
    /// <returns>The number after the last.</returns>
    public int Seal(int number)
    {
        Number = number++;
        if (Children.Count == 0) return number;
        var table = new AttributeNode?[BitOperations.RoundUpToPowerOf2((uint)Children.Count * 8)];
        foreach (var child in Children.Values)
        {
            var i = NameHash.Of(child.Name) & (uint)(table.Length - 1);
            while (table[i] is not null) i = (i + 1) & (uint)(table.Length - 1);
            table[i] = child;
            number = child.Seal(number);
        }
        _table = table;
        return number;
    }
}

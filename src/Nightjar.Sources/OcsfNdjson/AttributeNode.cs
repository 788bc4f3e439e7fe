using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Nightjar.Events;

namespace Nightjar.Sources.OcsfNdjson;

/// <summary>One attribute of the format, by its place in the record. Built once, then only read, by any number of sessions.</summary>
internal sealed class AttributeNode
{
    private AttributeNode?[] _table = [];

    public AttributeNode(string name, string path)
    {
        Name = Encoding.UTF8.GetBytes(name);
        Path = path;
    }

    public byte[] Name { get; }

    /// <summary>As people write it, for example <c>file.hashes[].value</c>.</summary>
    public string Path { get; }

    public AttributeKind Kind { get; set; }

    /// <summary>The field that is filled; of no meaning for kinds that fill none.</summary>
    public FieldId Field { get; set; }

    /// <summary>How that field is held.</summary>
    public FieldKind FieldKind { get; set; }

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
        for (var i = Hash(name) & mask; ; i = (i + 1) & mask)
        {
            var node = table[i];
            if (node is null || name.SequenceEqual(node.Name)) return node;
        }
    }

    /// <summary>Prepares <see cref="Find"/>, here and below.</summary>
    public void Seal()
    {
        if (Children.Count == 0) return;
        var table = new AttributeNode?[BitOperations.RoundUpToPowerOf2((uint)Children.Count * 8)];
        foreach (var child in Children.Values)
        {
            var i = Hash(child.Name) & (uint)(table.Length - 1);
            while (table[i] is not null) i = (i + 1) & (uint)(table.Length - 1);
            table[i] = child;
            child.Seal();
        }
        _table = table;
    }

    /// <summary>A quick hash of a name: its length, its beginning and its end.</summary>
    public static uint Hash(ReadOnlySpan<byte> name)
    {
        ulong mixed;
        if (name.Length >= 8)
            mixed = BinaryPrimitives.ReadUInt64LittleEndian(name) ^ BitOperations.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(name[^8..]), 29);
        else if (name.Length >= 4)
            mixed = BinaryPrimitives.ReadUInt32LittleEndian(name) | (ulong)BinaryPrimitives.ReadUInt32LittleEndian(name[^4..]) << 32;
        else
            mixed = name.IsEmpty ? 0u : name[0] | (uint)name[name.Length / 2] << 8 | (uint)name[^1] << 16;
        return (uint)((mixed + (uint)name.Length) * 0x9E37_79B9_7F4A_7C15 >> 40);
    }
}

using System.Runtime.CompilerServices;
using Nightjar.Events;

namespace Nightjar.Sources.OcsfNdjson;

/// <summary>Counts the attributes of one file that Nightjar does not know: each path once, with the line where it first stood.</summary>
/// <remarks>Bounded: from <see cref="MaxPaths"/> distinct paths on, further ones are counted together.</remarks>
internal sealed class UnknownAttributes
{
    /// <summary>Distinct paths that are told apart.</summary>
    public const int MaxPaths = 200;

    private const int MaxNameBytes = 256;

    private readonly Entry?[] _table = new Entry?[1024];
    private readonly List<Entry> _entries = [];
    private long _further;
    private long _furtherLine;

    /// <summary>Counts one sight. Allocates only at the first of each path.</summary>
    public void Count(AttributeNode parent, ReadOnlySpan<byte> name, long line)
    {
        if (name.Length > MaxNameBytes) name = name[..MaxNameBytes];
        var i = (NameHash.Of(name) ^ (uint)RuntimeHelpers.GetHashCode(parent) * 31) & (uint)(_table.Length - 1);
        for (; _table[i] is { } known; i = (i + 1) & (uint)(_table.Length - 1))
        {
            if (known.Parent != parent || !name.SequenceEqual(known.Name)) continue;
            known.Sights++;
            return;
        }
        if (_entries.Count < MaxPaths)
        {
            _table[i] = new Entry(parent, name.ToArray(), line);
            _entries.Add(_table[i]!);
            return;
        }
        if (_further++ == 0) _furtherLine = line;
    }

    /// <summary>Reports each path at its first line.</summary>
    public void Report(EventBatch batch, int file)
    {
        foreach (var entry in _entries)
            batch.Report(AnomalyKind.UnknownField, file, entry.Line, $"The attribute {entry.Path} is not known; ignored {Times(entry.Sights)}, here first.");
        if (_further > 0)
            batch.Report(AnomalyKind.UnknownField, file, _furtherLine, $"Beyond {MaxPaths} unknown attributes, further ones were ignored {Times(_further)}, here first.");
        _entries.Clear();
        _table.AsSpan().Clear();
        _further = 0;
    }

    private static string Times(long count) => count == 1 ? "once" : $"{count} times";

    private sealed class Entry(AttributeNode parent, byte[] name, long line)
    {
        public AttributeNode Parent { get; } = parent;

        public byte[] Name { get; } = name;

        public long Line { get; } = line;

        public long Sights { get; set; } = 1;

        public string Path
        {
            get
            {
                var inside = Parent.Kind == AttributeKind.List ? Parent.Path + "[]." : Parent.Path.Length == 0 ? "" : Parent.Path + ".";
                return inside + Excerpt.Of(Name);
            }
        }
    }
}

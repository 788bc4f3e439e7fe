using System.Text;
using Nightjar.Events;

namespace Nightjar.Sources.Mapping.Records;

/// <summary>Counts what the records of a file say and no path of the mapping leads to. Bounded in the number of names.</summary>
internal sealed class UnmappedNames
{
    /// <summary>Names that are told apart; further ones are counted together.</summary>
    public const int MaxNames = 200;

    private const int MaxNameBytes = 120;
    private const int MaxTold = 8;

    private readonly Dictionary<string, long> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private long _further;
    private long _first;

    public UnmappedNames() => _lookup = _names.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Counts one sight, in the record of a number. Allocates only at the first of each name.</summary>
    public void Count(ReadOnlySpan<byte> path, long number)
    {
        if (path.Length > MaxNameBytes) path = path[..MaxNameBytes];
        Span<char> name = stackalloc char[MaxNameBytes];
        name = name[..Encoding.UTF8.GetChars(path, name)];
        if (_first == 0) _first = number;
        if (_lookup.TryGetValue(name, out var count)) _lookup[name] = count + 1;
        else if (_names.Count < MaxNames) _lookup[name] = 1;
        else _further++;
    }

    /// <summary>Tells of all in one report: how many names there are, and the first few by name.</summary>
    public void Report(EventBatch batch, int file)
    {
        if (_names.Count == 0) return;
        var told = _names.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(MaxTold)
            .Select(pair => $"{Visible(pair.Key)} ({pair.Value})");
        var more = _further > 0 ? "more than " : "";
        batch.Report(AnomalyKind.UnknownField, file, _first, $"{more}{_names.Count} attributes are not mapped; most often: {string.Join(", ", told)}.");
        _names.Clear();
        _further = 0;
    }

    private static string Visible(string name) => string.Concat((name.Length > 40 ? name[..40] + "…" : name).Select(c => char.IsControl(c) ? ' ' : c));
}

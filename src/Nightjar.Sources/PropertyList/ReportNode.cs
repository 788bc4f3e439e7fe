namespace Nightjar.Sources.PropertyList;

/// <summary>A value of a report that is read as a whole, whether it was a property list in XML or binary, or JSON.</summary>
/// <remarks>Kept as objects, because such reports are small and their keys come in any order. Whoever reads them bounds their number.</remarks>
internal sealed class ReportNode
{
    private static readonly ReportNode Nothing = new();

    private List<ReportNode>? _items;
    private Dictionary<string, ReportNode>? _entries;

    /// <summary>Text, or digits of a number; empty when it is neither.</summary>
    public string Text { get; init; } = "";

    /// <summary>A boolean; null when it is none.</summary>
    public bool? Flag { get; init; }

    /// <summary>Bytes; null when it is none.</summary>
    public byte[]? Data { get; init; }

    /// <summary>The values of an array; empty when it is none.</summary>
    public IReadOnlyList<ReportNode> Items => _items ?? (IReadOnlyList<ReportNode>)[];

    /// <summary>The values of a dictionary with their keys, in their order; empty when it is none.</summary>
    public IEnumerable<KeyValuePair<string, ReportNode>> Entries => _entries ?? Enumerable.Empty<KeyValuePair<string, ReportNode>>();

    /// <summary>True for a dictionary.</summary>
    public bool IsDictionary => _entries is not null;

    /// <summary>True for an array.</summary>
    public bool IsArray => _items is not null;

    /// <summary>The value of a key; a value that is nothing when there is none.</summary>
    public ReportNode this[string key] => _entries?.GetValueOrDefault(key) ?? Nothing;

    /// <summary>True when the key is there.</summary>
    public bool Has(string key) => _entries?.ContainsKey(key) == true;

    public static ReportNode NewArray() => new() { _items = [] };

    public static ReportNode NewDictionary() => new() { _entries = new(StringComparer.Ordinal) };

    /// <summary>Adds to an array, or to a dictionary under a key; of a repeated key the last value counts.</summary>
    public void Add(string? key, ReportNode value)
    {
        _items?.Add(value);
        if (key is not null && _entries is not null) _entries[key] = value;
    }
}

using Nightjar.Sources.Mapping.Plan;

namespace Nightjar.Sources.Mapping.Reading;

/// <summary>What a condition demands of each path.</summary>
internal sealed class Demands
{
    private readonly Dictionary<ValuePath, Demand> _demands = [];

    public IEnumerable<KeyValuePair<ValuePath, Demand>> All => _demands;

    /// <summary>Why no record can meet it; null when one can.</summary>
    public string? Contradiction => _demands.Values.Select(demand => demand.Contradiction).FirstOrDefault(reason => reason is not null);

    public Demand Of(ValuePath path, string name)
    {
        if (!_demands.TryGetValue(path, out var demand)) _demands.Add(path, demand = new Demand(name));
        return demand;
    }

    /// <summary>The path of which this and another condition demand different values; null when there is none.</summary>
    public string? ConflictWith(Demands other) => _demands
        .Where(pair => other._demands.TryGetValue(pair.Key, out var there) && pair.Value.Words is { } these && there.Words is { } those
            && !these.Intersect(those, StringComparer.OrdinalIgnoreCase).Any())
        .Select(pair => pair.Value.Name).FirstOrDefault();
}

/// <summary>What a condition demands of the value at one path.</summary>
internal sealed class Demand(string name)
{
    private readonly HashSet<string> _not = new(StringComparer.OrdinalIgnoreCase);
    private bool? _exists;
    private double _above = double.NegativeInfinity;
    private double _below = double.PositiveInfinity;

    public string Name => name;

    /// <summary>The values that are allowed; null for any.</summary>
    public IReadOnlyCollection<string>? Words { get; private set; }

    /// <summary>Why nothing meets it; null when something does.</summary>
    public string? Contradiction
    {
        get
        {
            if (Words is not null && Words.All(_not.Contains)) return $"`{name}` must have a value that it must not have.";
            if (_exists == false && (Words is not null || _above > double.NegativeInfinity || _below < double.PositiveInfinity)) return $"`{name}` must have a value and must not be there.";
            return _above >= _below ? $"`{name}` must be above {_above} and below {_below}." : null;
        }
    }

    public void Only(IReadOnlyList<string> words) =>
        Words = Words is null ? words : [.. Words.Intersect(words, StringComparer.OrdinalIgnoreCase)];

    public void Not(IEnumerable<string> words) => _not.UnionWith(words);

    public void Exists(bool exists) => _exists = exists;

    public void Bound(double above, double below)
    {
        _above = Math.Max(_above, above);
        _below = Math.Min(_below, below);
    }
}

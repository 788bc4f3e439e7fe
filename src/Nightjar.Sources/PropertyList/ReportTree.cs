namespace Nightjar.Sources.PropertyList;

/// <summary>What became of a report.</summary>
/// <param name="Root">Its outermost value; null when nothing of it could be read.</param>
/// <param name="Problem">Why it was not read, or not wholly; null when it was.</param>
/// <param name="IsCut">True when it ends too early, false when it is malformed.</param>
internal sealed record ReportTree(ReportNode? Root, string? Problem, bool IsCut);

/// <summary>Builds a report from the pieces that a parser finds, and makes the best of one that breaks off.</summary>
internal sealed class ReportBuilder
{
    /// <summary>Deepest nesting that is read.</summary>
    public const int MaxDepth = 64;

    /// <summary>The most values that are read of one report.</summary>
    public const int MaxValues = 1_000_000;

    private readonly Stack<(ReportNode Node, string? Key)> _open = new();
    private string? _key;
    private int _count;

    /// <summary>The outermost value; null while there is none.</summary>
    public ReportNode? Root { get; private set; }

    /// <summary>Containers that are not closed.</summary>
    public int Depth => _open.Count;

    public void Key(string key) => _key = key;

    /// <summary>Adds a value; false when the report has grown too large.</summary>
    public bool Add(ReportNode value)
    {
        Place(value, _key);
        _key = null;
        return ++_count < MaxValues;
    }

    /// <summary>Begins an array or dictionary; false when it is too deep or the report has grown too large.</summary>
    public bool Open(ReportNode container)
    {
        _open.Push((container, _key));
        _key = null;
        return _open.Count <= MaxDepth && ++_count < MaxValues;
    }

    public void Close()
    {
        if (_open.TryPop(out var closed)) Place(closed.Node, closed.Key);
    }

    /// <summary>Ends a report that broke off. A dictionary in a list that was not finished is left out, for nobody knows what it lacks.</summary>
    public void BreakOff()
    {
        while (_open.TryPop(out var last))
        {
            var isItem = _open.TryPeek(out var outer) && outer.Node.IsArray;
            if (!isItem || !last.Node.IsDictionary) Place(last.Node, last.Key);
        }
    }

    private void Place(ReportNode value, string? key)
    {
        if (_open.TryPeek(out var outer)) outer.Node.Add(key, value);
        else Root ??= value;
    }
}

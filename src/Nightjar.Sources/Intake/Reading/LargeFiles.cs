namespace Nightjar.Sources.Intake.Reading;

/// <summary>Files that are streamed instead of loaded, as long as they are in order. Safe for several threads.</summary>
internal sealed class LargeFiles
{
    private readonly Lock _adding = new();
    private List<LeafSource> _files = [];

    public void Add(LeafSource leaf)
    {
        lock (_adding) _files.Add(leaf);
    }

    /// <summary>The files in path order.</summary>
    public IReadOnlyList<LeafSource> All => _files;

    /// <summary>Keeps the largest, so many of them, and returns the others.</summary>
    public IReadOnlyList<LeafSource> Limit(int count)
    {
        var bySize = _files.OrderByDescending(leaf => leaf.Node.RoughSize).ThenBy(leaf => leaf.Node.Path, StringComparer.Ordinal).ToList();
        _files = [.. bySize.Take(count).OrderBy(leaf => leaf.Node.Path, StringComparer.Ordinal)];
        return [.. bySize.Skip(count)];
    }

    /// <summary>Gives up streaming these.</summary>
    public void Remove(IReadOnlyCollection<LeafSource> leaves) => _files.RemoveAll(leaves.Contains);
}

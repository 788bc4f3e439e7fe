using Nightjar.Events;

namespace Nightjar.Sources.Intake.Ordering;

/// <summary>What has been loaded, sorted, in memory and in temporary files. Loaders of several threads fill it; one reads it.</summary>
internal sealed class RunStore : IDisposable
{
    private const int LargestBuffer = 256 * 1024;
    private const int SmallestBuffer = 4 * 1024;

    private readonly Lock _adding = new();
    private readonly List<SpilledRun> _spilled = [];

    /// <summary>The runs in memory, one for each loader.</summary>
    public IReadOnlyList<RecordArena> Arenas { get; }

    /// <param name="loaders">How many fill it.</param>
    public RunStore(int loaders) => Arenas = [.. Enumerable.Range(0, loaders).Select(_ => new RecordArena())];

    /// <summary>Number of runs in temporary files.</summary>
    public int SpilledCount => _spilled.Count;

    /// <summary>Takes over a run.</summary>
    public void Add(SpilledRun run)
    {
        lock (_adding) _spilled.Add(run);
    }

    /// <summary>Reads everything from its beginning. The arenas must be sorted.</summary>
    /// <param name="budget">Bytes for buffers.</param>
    /// <param name="symbols">The table of the events.</param>
    public IEnumerable<OrderedSource> Open(long budget, SymbolTable symbols)
    {
        var buffer = (int)Math.Clamp(budget / Math.Max(1, _spilled.Count), SmallestBuffer, LargestBuffer);
        return [.. Arenas.Where(arena => arena.Count > 0).Select(arena => new ArenaRun(arena, symbols)), .. _spilled.Select(run => run.Open(buffer, symbols))];
    }

    public void Dispose()
    {
        foreach (var run in _spilled) run.Dispose();
        _spilled.Clear();
        foreach (var arena in Arenas) arena.Release();
    }
}

using Nightjar.Analytics;
using Nightjar.Analytics.InForce;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Engine;

/// <summary>Several engines that share the devices among them. One gives the same findings as many.</summary>
public sealed class EngineGroup
{
    private readonly DetectionEngine[] _engines;

    /// <param name="options">How time and room are treated; shards are set here.</param>
    /// <param name="threads">Number of engines, at least 1.</param>
    /// <param name="analytics">What to look for.</param>
    /// <param name="symbols">The table of the events.</param>
    /// <param name="locate">Tells where a record stands. May be asked by several threads.</param>
    /// <param name="policy">Whose values hold for whom, and what is hidden; null without a policy.</param>
    public EngineGroup(
        EngineOptions options, int threads, IReadOnlyList<Analytic> analytics, SymbolTable symbols, Func<int, long, string> locate, IPolicyInForce? policy = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _engines = [.. Enumerable.Range(0, threads).Select(shard => new DetectionEngine(options with { Shards = threads, Shard = shard }, analytics, symbols, locate, policy))];
    }

    /// <summary>What all of them did and left.</summary>
    public EngineCounters Counters => _engines.Select(engine => engine.Counters).Aggregate(EngineCounters.Sum);

    /// <summary>The findings that exceptions hide, in one order, once <see cref="Complete"/> was called; none of them is reported.</summary>
    public IReadOnlyList<Finding> Hidden { get; private set; } = [];

    /// <summary>What gives a batch to each of them. Each must be given every batch, in order, by one thread at a time; different ones may be at different batches.</summary>
    public IReadOnlyList<Action<EventBatch>> Takers => [.. _engines.Select(engine => (Action<EventBatch>)engine.Process)];

    /// <summary>Judges a batch, one engine after the other: the plain form of giving it to all <see cref="Takers"/>.</summary>
    public void Process(EventBatch batch)
    {
        foreach (var engine in _engines) engine.Process(batch);
    }

    /// <summary>The input has ended: every finding, in one order, with those that speak of the same events linked.</summary>
    public IReadOnlyList<Finding> Complete()
    {
        foreach (var engine in _engines) engine.Complete();
        Hidden = [.. _engines.SelectMany(engine => engine.TakeHidden()).Order(ReportOrder.ByTime)];
        return RelatedFindings.Link(_engines.SelectMany(engine => engine.TakeFindings()));
    }
}

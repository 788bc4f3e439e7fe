using Nightjar.Analytics;
using Nightjar.Engine;
using Nightjar.Events;

namespace Nightjar.Calibration;

/// <summary>Runs variants beside each other over one reading of the telemetry: engines that share the devices among them and count what they find.</summary>
internal sealed class VariantRun
{
    private readonly Dictionary<string, int> _places;
    private readonly DetectionEngine[] _engines;
    private readonly FindingCounter[][] _counters;

    public VariantRun(IReadOnlyList<Analytic> analytics, SymbolTable symbols, EngineOptions options, int shards)
    {
        _places = analytics.Select((analytic, place) => (analytic.Uid, place)).ToDictionary(item => item.Uid, item => item.place, StringComparer.Ordinal);
        _engines = [.. Enumerable.Range(0, shards).Select(shard => new DetectionEngine(options with { Shards = shards, Shard = shard }, analytics, symbols, (_, _) => ""))];
        _counters = [.. _engines.Select(_ => analytics.Select(_ => new FindingCounter()).ToArray())];
    }

    public void Process(EventBatch batch, int shard)
    {
        _engines[shard].Process(batch);
        Take(shard);
    }

    /// <summary>The input has ended. By uid of the variant.</summary>
    public IReadOnlyDictionary<string, FindingCount> Complete()
    {
        for (var shard = 0; shard < _engines.Length; shard++)
        {
            _engines[shard].Complete();
            Take(shard);
            if (shard == 0) continue;
            foreach (var place in _places.Values) _counters[0][place].Add(_counters[shard][place]);
        }
        return _places.ToDictionary(pair => pair.Key, pair => _counters[0][pair.Value].Count(), StringComparer.Ordinal);
    }

    private void Take(int shard)
    {
        foreach (var finding in _engines[shard].TakeFindings()) _counters[shard][_places[finding.Analytic.Uid]].Add(finding);
    }
}

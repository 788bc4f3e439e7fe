using Nightjar.Analytics;
using Nightjar.Engine;
using Nightjar.Events;

namespace Nightjar.Calibration;

/// <summary>Runs variants beside each other over one reading of the telemetry: engines that share the devices among them and count what they find.</summary>
internal sealed class VariantRun
{
    private readonly IReadOnlyList<Analytic> _analytics;
    private readonly DetectionEngine[] _engines;
    private readonly FindingCounter[][] _counters;

    public VariantRun(IReadOnlyList<Analytic> analytics, SymbolTable symbols, EngineOptions options, int shards)
    {
        _analytics = analytics;
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
            for (var i = 0; i < _analytics.Count; i++) _counters[0][i].Add(_counters[shard][i]);
        }
        return _analytics.Select((analytic, index) => (analytic.Uid, _counters[0][index])).ToDictionary(item => item.Uid, item => item.Item2.Count(), StringComparer.Ordinal);
    }

    private void Take(int shard)
    {
        foreach (var finding in _engines[shard].TakeFindings())
        {
            for (var i = 0; i < _analytics.Count; i++)
            {
                if (_analytics[i].Uid == finding.Analytic.Uid) _counters[shard][i].Add(finding);
            }
        }
    }
}

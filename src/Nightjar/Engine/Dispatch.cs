using Nightjar.Analytics;
using Nightjar.Analytics.Plan;
using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>A stage of an analytic, as the dispatch hands it an event.</summary>
internal readonly record struct StageOfAnalytic(int Analytic, Stage Stage, bool BeginsChain);

/// <summary>By class and activity: the stages that an event can be of. An event meets no other.</summary>
internal sealed class Dispatch
{
    private const int Activities = 16;

    /// <summary>From this activity on, all are in one row.</summary>
    public const int LastActivity = Activities - 1;

    /// <summary>Number of rows.</summary>
    public static int RowCount => EventClasses.Count * Activities;

    private readonly StageOfAnalytic[][] _table = new StageOfAnalytic[EventClasses.Count * Activities][];
    private readonly IReadOnlyList<Analytic> _analytics;
    private readonly List<Analytic>[] _variants;

    public Dispatch(IReadOnlyList<Analytic> analytics)
    {
        _analytics = analytics;
        _variants = [.. analytics.Select(analytic => new List<Analytic> { analytic })];
        Fill();
    }

    /// <summary>Takes variants in: an event meets a stage when it can be of it in one of them.</summary>
    public void Include(IReadOnlyList<Analytic> variants)
    {
        var isNew = false;
        for (var i = 0; i < variants.Count; i++)
        {
            if (_variants[i].Contains(variants[i], ReferenceEqualityComparer.Instance)) continue;
            _variants[i].Add(variants[i]);
            isNew = true;
        }
        if (isNew) Fill();
    }

    /// <summary>The row of an event's class and activity.</summary>
    public static int RowOf(in EventHeader header) => (int)header.Class * Activities + Math.Min((int)header.Activity, LastActivity);

    public StageOfAnalytic[] Of(in EventHeader header) => _table[RowOf(in header)];

    private void Fill()
    {
        var begins = _analytics.Select(Beginnings).ToArray();
        var row = new List<StageOfAnalytic>();
        for (var eventClass = 0; eventClass < EventClasses.Count; eventClass++)
        {
            for (var activity = 0; activity < Activities; activity++)
            {
                row.Clear();
                for (var i = 0; i < _analytics.Count; i++) Add(row, i, begins[i], (EventClass)eventClass, activity);
                _table[eventClass * Activities + activity] = row.Count == 0 ? [] : [.. row];
            }
        }
    }

    private void Add(List<StageOfAnalytic> row, int index, ulong begins, EventClass eventClass, int activity)
    {
        foreach (var stage in _analytics[index].Stages)
        {
            if (_variants[index].Exists(variant => Could(variant.Stages[stage.Index], eventClass, activity)))
                row.Add(new StageOfAnalytic(index, stage, (begins & StageBit.Of(stage.Index)) != 0));
        }
    }

    /// <summary>The stages with which a chain may begin, as bits: an ordered one begins with its first stage, another with any.</summary>
    public static ulong Beginnings(Analytic analytic) =>
        analytic.Chains.Aggregate(0UL, (sum, chain) => sum | (chain.IsOrdered ? StageBit.Of(chain.Stages[0]) : chain.Bits));

    // The last column stands for all activities from its number on.
    private static bool Could(Stage stage, EventClass eventClass, int activity) =>
        activity == Activities - 1 ? stage.Reach.HasFrom(eventClass, activity) : stage.Reach.Has(eventClass, activity);
}

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

    private readonly StageOfAnalytic[][] _table = new StageOfAnalytic[EventClasses.Count * Activities][];

    public Dispatch(IReadOnlyList<Analytic> analytics)
    {
        for (var eventClass = 0; eventClass < EventClasses.Count; eventClass++)
        {
            for (var activity = 0; activity < Activities; activity++)
                _table[eventClass * Activities + activity] = [.. StagesFor(analytics, (EventClass)eventClass, activity)];
        }
    }

    public StageOfAnalytic[] Of(in EventHeader header) =>
        _table[(int)header.Class * Activities + Math.Min((int)header.Activity, Activities - 1)];

    private static IEnumerable<StageOfAnalytic> StagesFor(IReadOnlyList<Analytic> analytics, EventClass eventClass, int activity)
    {
        for (var i = 0; i < analytics.Count; i++)
        {
            var chains = analytics[i].Chains;
            foreach (var stage in analytics[i].Stages)
            {
                if (!Could(stage, eventClass, activity)) continue;
                var begins = chains.Any(chain => chain.IsOrdered ? chain.Stages[0] == stage.Index : chain.Stages.Contains(stage.Index));
                yield return new StageOfAnalytic(i, stage, begins);
            }
        }
    }

    // The last column stands for all activities from its number on.
    private static bool Could(Stage stage, EventClass eventClass, int activity) =>
        activity == Activities - 1 ? stage.Reach.HasFrom(eventClass, activity) : stage.Reach.Has(eventClass, activity);
}

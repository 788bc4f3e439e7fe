using Nightjar.Analytics;
using Nightjar.Analytics.InForce;
using Nightjar.Analytics.Plan;
using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>
/// The dispatch for the events of those for whom the same values hold: by platform, class and activity the stages that an event can be of, each with
/// what is left to ask when these three are known, and what several ask of one text answered for all of them at once.
/// </summary>
/// <remarks>The same as asking each stage of <see cref="Dispatch"/> its whole condition. With a hundred analytics it asks of an event what one asks. One thread.</remarks>
internal sealed class DispatchPlan(Dispatch dispatch, ValuesInForce values, AloneTimes times, ChainsInSightMemo rows)
{
    private const int PlatformCount = (int)Platform.Other + 1;

    private readonly PlanRow?[] _rows = new PlanRow?[PlatformCount * Dispatch.RowCount];

    /// <summary>The row of an event of a device.</summary>
    public PlanRow Of(in EventHeader header, Platform platform)
    {
        var row = Dispatch.RowOf(in header);
        return _rows[(int)platform * Dispatch.RowCount + row] ??= Build(in header, platform);
    }

    private PlanRow Build(in EventHeader header, Platform platform)
    {
        var (eventClass, activity) = (header.Class, (int)header.Activity);
        return new PlanRow([.. dispatch.Of(in header)
            .Where(of => platform == Platform.Unknown || values.Analytics[of.Analytic].Platforms.Contains(platform))
            .Select(of => (of, values.Analytics[of.Analytic]))
            .Select(item => (item.of, item.Item2, Parts(item.Item2.Stages[item.of.Stage.Index].Own, eventClass, activity)))
            .Where(item => !item.Item3.Contains(ConstantTruth.False))], times, rows);
    }

    // The last row of a class stands for several activities, so there nothing is known of it.
    private static IReadOnlyList<TruthNode> Parts(TruthNode own, EventClass eventClass, int activity) =>
        Residue.Parts(activity < Dispatch.LastActivity ? Residue.Of(own, eventClass, activity) : Residue.Of(own));
}

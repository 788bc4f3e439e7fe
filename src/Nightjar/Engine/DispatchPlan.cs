using Nightjar.Analytics;
using Nightjar.Analytics.InForce;
using Nightjar.Analytics.Plan;
using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>A stage as an event of one platform, class and activity meets it, with what is left to ask.</summary>
internal sealed class StageToAsk(StageOfAnalytic of, Analytic variant, IReadOnlyList<TruthNode> rest, IReadOnlyList<TruthNode> ofTexts)
{
    /// <summary>Index of the analytic.</summary>
    public int Index { get; } = of.Analytic;

    public Stage Stage { get; } = of.Stage;

    public bool Begins { get; } = of.BeginsChain;

    public Analytic Variant { get; } = variant;

    /// <summary>True when what it sees is of one app.</summary>
    public bool IsOfApp { get; } = variant.IsPerApp && of.Stage.App != AppRule.Other;

    /// <summary>True when a record that names no app is none of it: it may be of the app itself, so it is none of another.</summary>
    public bool NeedsApp { get; } = variant.IsPerApp && of.Stage.App != AppRule.SameOrUnnamed && !variant.CountsUnnamed;

    /// <summary>What must be true beside what the texts decide; null: nothing.</summary>
    public TruthNode? Rest { get; } = rest.Count == 0 ? null : AllOf.Of([.. rest]);

    /// <summary>What the texts decide; null: nothing.</summary>
    public TruthNode? OfTexts { get; } = ofTexts.Count == 0 ? null : AllOf.Of([.. ofTexts]);
}

/// <summary>The stages that an event of one platform, class and activity can be of, where the same values hold for the app and for the device.</summary>
internal sealed class PlanRow
{
    /// <summary>Fewer questions than this about one text are asked one by one.</summary>
    private const int WorthAnIndex = 3;

    private readonly TextIndex[] _indexes;
    private readonly ulong[] _all;
    private readonly ulong[] _left;
    private bool _areTextsKnown = true;

    public PlanRow(IReadOnlyList<(StageOfAnalytic Of, Analytic Variant, IReadOnlyList<TruthNode> Parts)> stages)
    {
        var byText = stages.SelectMany((stage, number) => stage.Parts.Select(part => (Number: number, Part: part, Text: part.OnlyText)))
            .Where(asked => asked.Text is { Key.Length: > 0 }).GroupBy(asked => asked.Text!.Key, StringComparer.Ordinal)
            .Where(group => group.Select(asked => asked.Number).Distinct().Count() >= WorthAnIndex).ToArray();
        var decided = byText.SelectMany(group => group).Select(asked => (asked.Number, asked.Part)).ToHashSet();
        Stages = [.. stages.Select((stage, number) => new StageToAsk(
            stage.Of, stage.Variant, [.. stage.Parts.Where(part => !decided.Contains((number, part)))], [.. stage.Parts.Where(part => decided.Contains((number, part)))]))];
        _indexes = [.. byText.Select(group => new TextIndex(group.First().Text!, Stages.Length, [.. group.Select(asked => (asked.Number, asked.Part))]))];
        _all = Bits.All(Stages.Length);
        _left = new ulong[_all.Length];
    }

    public StageToAsk[] Stages { get; }

    public bool IsEmpty => Stages.Length == 0;

    /// <summary>The numbers of the stages that the texts of an event do not rule out, as bits. Valid until the next event.</summary>
    public ReadOnlySpan<ulong> Left(in MatchScope scope)
    {
        if (_indexes.Length == 0) return _all;
        _all.CopyTo(_left, 0);
        _areTextsKnown = true;
        foreach (var index in _indexes) _areTextsKnown &= index.TryRuleOut(in scope, _left);
        return _left;
    }

    /// <summary>Whether the event is of a stage that its texts do not rule out.</summary>
    public bool Holds(StageToAsk stage, in MatchScope scope) =>
        (stage.Rest is null || stage.Rest.Eval(in scope) == Tri.True) && (_areTextsKnown || stage.OfTexts is null || stage.OfTexts.Eval(in scope) == Tri.True);
}

/// <summary>
/// The dispatch for the events of those for whom the same values hold: by platform, class and activity the stages that an event can be of, each with
/// what is left to ask when these three are known, and what several ask of one text answered for all of them at once.
/// </summary>
/// <remarks>The same as asking each stage of <see cref="Dispatch"/> its whole condition. With a hundred analytics it asks of an event what one asks. One thread.</remarks>
internal sealed class DispatchPlan(Dispatch dispatch, ValuesInForce values)
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
            .Where(item => !item.Item3.Contains(ConstantTruth.False))]);
    }

    // The last row of a class stands for several activities, so there nothing is known of it.
    private static IReadOnlyList<TruthNode> Parts(TruthNode own, EventClass eventClass, int activity) =>
        Residue.Parts(activity < Dispatch.LastActivity ? Residue.Of(own, eventClass, activity) : Residue.Of(own));
}

using Nightjar.Analytics;
using Nightjar.Analytics.Plan;

namespace Nightjar.Engine;

/// <summary>A stage as an event of one platform, class and activity meets it, with what is left to ask.</summary>
internal sealed class StageToAsk(StageOfAnalytic of, Analytic variant, IReadOnlyList<TruthNode> parts, IReadOnlyList<TruthNode> rest, AloneTimes times)
{
    // Of what is of use for longer, only what is of a stage shall be held.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    /// <summary>Index of the analytic.</summary>
    public int Index { get; } = of.Analytic;

    public Stage Stage { get; } = of.Stage;

    public bool Begins { get; } = of.BeginsChain;

    public Analytic Variant { get; } = variant;

    /// <summary>True when what it sees is of one app.</summary>
    public bool IsOfApp { get; } = variant.IsPerApp && of.Stage.App != AppRule.Other;

    /// <summary>True when a record that names no app is none of it: it may be of the app itself, so it is none of another.</summary>
    public bool NeedsApp { get; } = variant.IsPerApp && of.Stage.App != AppRule.SameOrUnnamed && !variant.CountsUnnamed;

    /// <summary>True when it need not be asked as long as no chain of the analytic is in sight.</summary>
    public bool MayWait { get; } = times.MayBeUnasked && times.MayBeAlone(of.Analytic) && variant.IsPerApp && times.Of(of.Analytic, of.Stage.Index) <= LongestWait
        && (of.Stage.App != AppRule.Other || variant.Chains.All(chain => !chain.Stages.Contains(of.Stage.Index)));

    /// <summary>The bit of the analytic, see <see cref="AloneTimes.GroupOf"/>.</summary>
    public uint Group { get; } = times.GroupOf(of.Analytic);

    /// <summary>What must be true; null: nothing.</summary>
    public TruthNode? All { get; } = parts.Count == 0 ? null : AllOf.Of([.. parts]);

    /// <summary>What must be true beside what the texts decide; null: nothing.</summary>
    public TruthNode? Rest { get; } = rest.Count == 0 ? null : AllOf.Of([.. rest]);
}

/// <summary>The stages that an event of one platform, class and activity can be of, where the same values hold for the app and for the device.</summary>
internal sealed class PlanRow
{
    private readonly StagesToAsk _now;
    private readonly StagesToAsk _later;

    public PlanRow(IReadOnlyList<(StageOfAnalytic Of, Analytic Variant, IReadOnlyList<TruthNode> Parts)> stages, AloneTimes times, ChainsInSightMemo rows)
    {
        var byText = stages.SelectMany((stage, number) => stage.Parts.Select(part => (Number: number, Part: part, Text: part.OnlyText)))
            .Where(asked => asked.Text is { Key.Length: > 0 }).GroupBy(asked => asked.Text!.Key, StringComparer.Ordinal)
            .Where(group => group.Select(asked => asked.Number).Distinct().Count() >= StagesToAsk.WorthAnIndex).ToArray();
        var decided = byText.SelectMany(group => group).Select(asked => (asked.Number, asked.Part)).ToHashSet();
        Stages = [.. stages.Select((stage, number) => new StageToAsk(
            stage.Of, stage.Variant, stage.Parts, [.. stage.Parts.Where(part => !decided.Contains((number, part)))], times))];
        TextIndex[] indexes = [.. byText.Select(group => new TextIndex(group.First().Text!, Stages.Length, [.. group.Select(asked => (asked.Number, asked.Part))]))];
        _now = new StagesToAsk(Stages, indexes, isLater: false);
        _later = new StagesToAsk(Stages, indexes, isLater: true);
        Number = rows.Add(this);
        var ofApp = Array.FindAll(Stages, stage => stage.IsOfApp);
        var waiting = Array.FindAll(Stages, stage => stage.MayWait);
        Possible = [.. ofApp.GroupBy(stage => stage.Index).Select(group => (group.Key, StageBit.Of(group.Select(stage => stage.Stage.Index))))];
        Waiting = Groups(waiting);
        Others = Groups(Array.FindAll(waiting, stage => !stage.IsOfApp));
        OfApp = Groups(ofApp);
        AsksAtOnce = waiting.Length < Stages.Length;
        Back = waiting.Select(stage => times.Back(stage.Index, stage.Stage.Index)).DefaultIfEmpty().Max();
        WaitsFor = waiting.Select(stage => times.UnaskedFor(stage.Index, stage.Stage.Index)).DefaultIfEmpty().Max();
        Begins = Groups(Array.FindAll(waiting, stage => stage.Begins));
        BeginsFor = times.BeginsOfAny(Begins);
    }

    /// <summary>Its number among the rows of the engine.</summary>
    public int Number { get; }

    public StageToAsk[] Stages { get; }

    /// <summary>What is in sight when there is nothing but one event of it; null until somebody asked.</summary>
    public ChainsInSight? Alone { get; set; }

    /// <summary>The analytics of whose stages events may wait unasked, as bits of <see cref="AloneTimes.GroupOf"/>.</summary>
    public uint Waiting { get; }

    /// <summary>Of those, the ones of whose stages it may be for other apps: only what is seen of one of them asks for it.</summary>
    public uint Others { get; }

    /// <summary>The analytics that take events for one app, as bits.</summary>
    public uint OfApp { get; }

    /// <summary>True when there are stages that must be asked at once.</summary>
    public bool AsksAtOnce { get; }

    /// <summary>By index of analytic: the stages that an event may be of for its app, as bits.</summary>
    public (int Index, ulong Stages)[] Possible { get; }

    /// <summary>How long before a beginning an event may end and still have to do with it.</summary>
    public TimeSpan Back { get; }

    /// <summary>How long after its end an event that was not asked is of use.</summary>
    public TimeSpan WaitsFor { get; }

    /// <summary>Of <see cref="Waiting"/>, those of which a chain may begin with it.</summary>
    public uint Begins { get; }

    /// <summary>How long after its end any of those waits for the rest.</summary>
    public TimeSpan BeginsFor { get; }

    public bool IsEmpty => Stages.Length == 0;

    /// <summary>Of the stages that must be asked at once and of those of some analytics, the ones that the texts of an event do not rule out. Valid until the next event is asked.</summary>
    /// <param name="scope">The event.</param>
    /// <param name="groups">The analytics, as bits of <see cref="AloneTimes.GroupOf"/>.</param>
    public StagesLeft Left(in MatchScope scope, uint groups = uint.MaxValue) => _now.Left(in scope, groups & Waiting);

    /// <summary>The same for an event that waited: what must be asked at once was asked then. Another event may be at hand meanwhile.</summary>
    public StagesLeft LeftLater(in MatchScope scope, uint groups) => _later.Left(in scope, groups & Waiting);

    private static uint Groups(StageToAsk[] stages) => stages.Aggregate(0u, (sum, stage) => sum | stage.Group);
}

using Nightjar.Analytics.Plan;
using Nightjar.Events;

namespace Nightjar.Coverage;

/// <summary>The answers that a condition may come to, as a set.</summary>
[Flags]
internal enum Answers : byte
{
    None = 0,
    Unknown = 1 << Tri.Unknown,
    False = 1 << Tri.False,
    True = 1 << Tri.True,
    Any = Unknown | False | True,
}

/// <summary>What conditions may come to when only some facts of device and app were ever told. Everything else may be anything.</summary>
internal sealed class Outcomes(ToldFacts told)
{
    private static readonly Tri[] Truths = [Tri.Unknown, Tri.False, Tri.True];

    private static readonly Instant Now = Instant.FromMillis(0);

    private readonly Dictionary<TruthNode, Answers> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>True when some event and some state of what was told make it true.</summary>
    public bool CanBeTrue(TruthNode node) => (Of(node) & Answers.True) != 0;

    private Answers Of(TruthNode node) => node switch
    {
        AllOf => node.Operands.Select(Of).Aggregate(Answers.True, (a, b) => Join(a, b, TriLogic.And)),
        AnyOf => node.Operands.Select(Of).Aggregate(Answers.False, (a, b) => Join(a, b, TriLogic.Or)),
        Negation => Map(Of(node.Operands[0]), TriLogic.Not),
        IsTrue => Map(Of(node.Operands[0]), answer => TriLogic.Of(answer == Tri.True)),
        ConstantTruth or Setting => Of(node.Eval(default)),
        MomentTest => OfMoments(node),
        _ => Answers.Any,
    };

    // What was told of some apps may be unknown of others.
    private Answers OfMoments(TruthNode node)
    {
        if (_known.TryGetValue(node, out var known)) return known;
        var answers = Answers.Unknown;
        foreach (var moment in Moments()) answers |= Of(node.Eval(new MatchScope(default, in moment, default)));
        return _known[node] = IsTold(ToldFacts.Permissions) && DependsOnPermissions(node) ? Answers.Any : answers;
    }

    // Which permissions are held is not drawn: what depends on them may come to anything once they were told.
    private static bool DependsOnPermissions(TruthNode node)
    {
        var without = At(default);
        var with = without with { Permissions = new HashSet<Symbol>() };
        return node.Eval(new MatchScope(default, in without, default)) != node.Eval(new MatchScope(default, in with, default));
    }

    // Every combination of facts that one question asks of together: whether somebody was there; when what was installed; and each other fact alone.
    private IEnumerable<Moment> Moments() => [.. Attendance(), .. Installation(), .. Alone()];

    private IEnumerable<Moment> Attendance() =>
        from app in Words<AppState>(ToldFacts.AppState)
        from locked in Flags(ToldFacts.Lock)
        from interaction in Times(ToldFacts.Interaction)
        select At(new StateBits { AppState = app, IsDeviceLocked = locked }) with { LastInteraction = interaction };

    private IEnumerable<Moment> Installation() =>
        from installed in Times(ToldFacts.Installed)
        from updated in Times(ToldFacts.Updated)
        from changed in Times(ToldFacts.Installer)
        select At(default) with { Installed = installed, Updated = updated, Drifts = Drifted(changed) };

    private IEnumerable<Moment> Alone() =>
    [
        .. Words<InstallSource>(ToldFacts.InstallSource).Select(source => At(new StateBits { InstallSource = source })),
        .. Flags(ToldFacts.Screen).Select(flag => At(new StateBits { IsScreenOn = flag })),
        .. Flags(ToldFacts.ManagedApp).Select(flag => At(new StateBits { IsManagedApp = flag })),
        .. Flags(ToldFacts.ManagedDevice).Select(flag => At(new StateBits { IsManagedDevice = flag })),
        .. Flags(ToldFacts.Supervised).Select(flag => At(new StateBits { IsSupervised = flag })),
    ];

    private static Moment At(StateBits state) =>
        new() { Time = Now, State = state, LastInteraction = Instant.Min, Installed = Instant.Min, Updated = Instant.Min };

    private static Drifts? Drifted(Instant time) =>
        time == Instant.Min ? null : Enum.GetValues<DriftKind>().Aggregate(Drifts.None, (all, kind) => all.With(new Drift(kind, time, default, default, default)));

    private T[] Words<T>(ToldFacts fact) where T : struct, Enum => IsTold(fact) ? Enum.GetValues<T>()[1..] : [default];

    private Tri[] Flags(ToldFacts fact) => IsTold(fact) ? [Tri.False, Tri.True] : [Tri.Unknown];

    // Just now, and longer ago than any window.
    private Instant[] Times(ToldFacts fact) => IsTold(fact) ? [Now, Now - TimeSpan.FromDays(10_000)] : [Instant.Min];

    private bool IsTold(ToldFacts fact) => (told & fact) != 0;

    private static Answers Of(Tri answer) => (Answers)(1 << (int)answer);

    private static Answers Map(Answers answers, Func<Tri, Tri> map) =>
        Truths.Where(answer => (answers & Of(answer)) != 0).Aggregate(Answers.None, (sum, answer) => sum | Of(map(answer)));

    private static Answers Join(Answers a, Answers b, Func<Tri, Tri, Tri> join) =>
        Truths.Where(left => (a & Of(left)) != 0).Aggregate(Answers.None, (sum, left) => sum | Map(b, right => join(left, right)));
}

using Nightjar.Events;

namespace Nightjar.Analytics.Plan;

/// <summary>A compiled condition. Immutable but for what it remembers; may be asked by several threads.</summary>
internal abstract class TruthNode
{
    public abstract Tri Eval(in MatchScope scope);

    /// <summary>
    /// False when no event of this class and activity can make it true: the engine need not ask. True and false are exact: every event of that
    /// class and activity gives this answer.
    /// </summary>
    public virtual Tri Could(EventClass eventClass, int activity) => Tri.Unknown;

    /// <summary>The answer, where nothing that an event tells can change it as things are set for the run; null otherwise.</summary>
    public virtual Tri? Settled => null;

    /// <summary>True when nothing that an event tells can make it true as things are set for the run.</summary>
    public virtual bool IsNeverTrue => Settled is Tri.False or Tri.Unknown;

    /// <summary>About how much it takes to ask, so that what takes little is asked first: 1 is a look at the event.</summary>
    public virtual int Cost => Operands.Count == 0 ? 2 : Operands.Sum(part => part.Cost);

    /// <summary>The stages whose events the answer depends on, one bit each.</summary>
    public virtual ulong Looks => 0;

    /// <summary>The text of the event by which alone the answer is decided; null when it is decided by anything else.</summary>
    public virtual TextNode? OnlyText => Operands.Count == 0 ? null : TextNode.Same(Operands.Select(part => part.OnlyText));

    /// <summary>The reviews of packages that it asks; null when it asks none.</summary>
    public virtual IReviews? Reviews => Operands.Select(part => part.Reviews).FirstOrDefault(asked => asked is not null);

    /// <summary>The conditions that it is made of; none when it is a question of its own.</summary>
    public virtual IReadOnlyList<TruthNode> Operands => [];

    /// <summary>What it compares here, for people; null when that is no question of values.</summary>
    public virtual Comparands? Compare(in MatchScope scope) => null;

    /// <summary>The number that it compares with a tunable; null when it compares none.</summary>
    public virtual TunedTest? Tuned => null;

    /// <summary>The same made of other conditions; one that joins several may be given fewer.</summary>
    public virtual TruthNode With(IReadOnlyList<TruthNode> operands) => this;
}

/// <summary>What a condition compared.</summary>
/// <param name="Field">The field of the event; null when it is not that of a field.</param>
/// <param name="Seen">A <see cref="Symbol"/> or <see cref="double"/>; null when absent.</param>
/// <param name="Relation">How it must stand to what is wanted; empty when that is a set.</param>
/// <param name="Wanted">A <see cref="Symbol"/> or <see cref="double"/>; null when absent or a set.</param>
internal readonly record struct Comparands(FieldId? Field, object? Seen, string Relation, object? Wanted);

internal sealed class ConstantTruth(Tri value) : TruthNode
{
    public static readonly ConstantTruth True = new(Tri.True);

    public static readonly ConstantTruth False = new(Tri.False);

    public static readonly ConstantTruth Unknown = new(Tri.Unknown);

    public override Tri? Settled => value;

    public override Tri Eval(in MatchScope scope) => value;

    public override Tri Could(EventClass eventClass, int activity) => value;
}

/// <summary>What a tunable decides: fixed while the analytic is loaded, and still no reason to call a stage impossible.</summary>
internal sealed class Setting(Tri value) : TruthNode
{
    public override Tri? Settled => value;

    public override Tri Eval(in MatchScope scope) => value;
}

internal sealed class AllOf(TruthNode[] parts) : TruthNode
{
    public override IReadOnlyList<TruthNode> Operands => parts;

    public override TruthNode With(IReadOnlyList<TruthNode> operands) => Of([.. operands]);

    public override ulong Looks { get; } = parts.Aggregate(0UL, (sum, part) => sum | part.Looks);

    public override Tri Eval(in MatchScope scope)
    {
        var result = Tri.True;
        foreach (var part in parts)
        {
            result = result.And(part.Eval(in scope));
            if (result == Tri.False) return Tri.False;
        }
        return result;
    }

    public override Tri Could(EventClass eventClass, int activity)
    {
        var result = Tri.True;
        foreach (var part in parts)
        {
            result = result.And(part.Could(eventClass, activity));
            if (result == Tri.False) return Tri.False;
        }
        return result;
    }

    /// <summary>One condition of several; none is always true.</summary>
    public static TruthNode Of(params TruthNode[] parts) =>
        parts.Length switch { 0 => ConstantTruth.True, 1 => parts[0], _ => new AllOf([.. parts.SelectMany(part => part is AllOf ? part.Operands : [part])]) };
}

internal sealed class AnyOf(TruthNode[] parts) : TruthNode
{
    public override IReadOnlyList<TruthNode> Operands => parts;

    public override TruthNode With(IReadOnlyList<TruthNode> operands) => Of([.. operands]);

    public override ulong Looks { get; } = parts.Aggregate(0UL, (sum, part) => sum | part.Looks);

    public override Tri Eval(in MatchScope scope)
    {
        var result = Tri.False;
        foreach (var part in parts)
        {
            result = result.Or(part.Eval(in scope));
            if (result == Tri.True) return Tri.True;
        }
        return result;
    }

    public override Tri Could(EventClass eventClass, int activity)
    {
        var result = Tri.False;
        foreach (var part in parts)
        {
            result = result.Or(part.Could(eventClass, activity));
            if (result == Tri.True) return Tri.True;
        }
        return result;
    }

    public static TruthNode Of(params TruthNode[] parts) =>
        parts.Length == 1 ? parts[0] : new AnyOf([.. parts.SelectMany(part => part is AnyOf ? part.Operands : [part])]);
}

internal sealed class Negation(TruthNode part) : TruthNode
{
    public override IReadOnlyList<TruthNode> Operands => [part];

    public override TruthNode With(IReadOnlyList<TruthNode> operands) => new Negation(operands[0]);

    public override ulong Looks => part.Looks;

    public override Tri Eval(in MatchScope scope) => part.Eval(in scope).Not();

    public override Tri Could(EventClass eventClass, int activity) => part.Could(eventClass, activity).Not();
}

/// <summary>Reads a three-valued answer as two-valued: what is not true is false. Sigma selections are two-valued.</summary>
internal sealed class IsTrue(TruthNode part) : TruthNode
{
    public override IReadOnlyList<TruthNode> Operands => [part];

    public override TruthNode With(IReadOnlyList<TruthNode> operands) => new IsTrue(operands[0]);

    public override ulong Looks => part.Looks;

    public override Tri Eval(in MatchScope scope) => TriLogic.Of(part.Eval(in scope) == Tri.True);

    public override Tri Could(EventClass eventClass, int activity) => part.Could(eventClass, activity);
}

/// <summary>True when a part is true or unknown.</summary>
internal sealed class Maybe(TruthNode part) : TruthNode
{
    public override IReadOnlyList<TruthNode> Operands => [part];

    public override TruthNode With(IReadOnlyList<TruthNode> operands) => new Maybe(operands[0]);

    public override ulong Looks => part.Looks;

    public override Tri Eval(in MatchScope scope) => TriLogic.Of(part.Eval(in scope) != Tri.False);

    public override Tri Could(EventClass eventClass, int activity) =>
        part.Could(eventClass, activity) == Tri.False ? Tri.False : Tri.Unknown;
}

/// <summary>Stages as bits; an analytic has at most 64.</summary>
internal static class StageBit
{
    public static ulong Of(int stage) => stage < 0 ? 0 : 1UL << stage;

    public static ulong Of(IEnumerable<int> stages) => stages.Aggregate(0UL, (sum, stage) => sum | Of(stage));
}

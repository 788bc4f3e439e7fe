using Nightjar.Events;

namespace Nightjar.Analytics.Plan;

/// <summary>What is left to ask of an event of which the class and the activity are known already, as things are set for the run.</summary>
internal static class Residue
{
    /// <summary>
    /// A condition that is true of the same events of a class and activity, with fewer questions, those first that take little. Where <see cref="TruthNode.Could"/>
    /// says true or false, the answer is exactly that.
    /// </summary>
    public static TruthNode Of(TruthNode node, EventClass eventClass, int activity) => WhenTrue(Known(node, eventClass, activity));

    /// <summary>The same for events of any class and activity.</summary>
    public static TruthNode Of(TruthNode node) => WhenTrue(node);

    /// <summary>The conditions that must all hold for a condition to hold.</summary>
    public static IReadOnlyList<TruthNode> Parts(TruthNode node) => node switch
    {
        ConstantTruth when node == ConstantTruth.True => [],
        AllOf => node.Operands,
        _ => [node],
    };

    // The same answer for every event of the class and activity.
    private static TruthNode Known(TruthNode node, EventClass eventClass, int activity)
    {
        var could = node.Could(eventClass, activity);
        if (could != Tri.Unknown) return could == Tri.True ? ConstantTruth.True : ConstantTruth.False;
        if (node.Settled is { } settled) return settled switch { Tri.True => ConstantTruth.True, Tri.False => ConstantTruth.False, _ => ConstantTruth.Unknown };
        if (node.Operands.Count == 0) return node;
        var rest = node.Operands.Select(part => Known(part, eventClass, activity)).ToList();
        return node switch
        {
            AllOf => All(rest),
            AnyOf => Any(rest),
            _ => node.With(rest),
        };
    }

    // True of the same events; where it is not true, it may be false or unknown.
    private static TruthNode WhenTrue(TruthNode node)
    {
        if (node.IsNeverTrue) return ConstantTruth.False;
        if (node.Settled == Tri.True) return ConstantTruth.True;
        return node switch
        {
            AllOf => All(node.Operands.Select(WhenTrue)),
            AnyOf => Any(node.Operands.Select(WhenTrue)),
            IsTrue => WhenTrue(node.Operands[0]),
            Negation => WhenFalse(node.Operands[0]),
            Maybe => WhenNotFalse(node.Operands[0]),
            _ => node,
        };
    }

    private static TruthNode WhenFalse(TruthNode node) => node switch
    {
        Negation => WhenTrue(node.Operands[0]),
        IsTrue => WhenNotTrue(node.Operands[0]),
        Maybe => WhenFalse(node.Operands[0]),
        _ when node.Settled is { } settled => settled == Tri.False ? ConstantTruth.True : ConstantTruth.False,
        _ => new Negation(node),
    };

    private static TruthNode WhenNotFalse(TruthNode node) => node switch
    {
        Negation => WhenNotTrue(node.Operands[0]),
        _ when node.Settled is { } settled => settled == Tri.False ? ConstantTruth.False : ConstantTruth.True,
        _ => new Maybe(node),
    };

    private static TruthNode WhenNotTrue(TruthNode node) => WhenTrue(node) switch
    {
        ConstantTruth answer => answer == ConstantTruth.True ? ConstantTruth.False : ConstantTruth.True,
        var left => new Negation(new IsTrue(left)),
    };

    private static TruthNode All(IEnumerable<TruthNode> parts)
    {
        TruthNode[] left = [.. parts.Where(part => part != ConstantTruth.True).OrderBy(part => part.Cost)];
        return left.Contains(ConstantTruth.False) ? ConstantTruth.False : AllOf.Of(left);
    }

    private static TruthNode Any(IEnumerable<TruthNode> parts)
    {
        TruthNode[] left = [.. parts.Where(part => part != ConstantTruth.False).OrderBy(part => part.Cost)];
        return left.Contains(ConstantTruth.True) ? ConstantTruth.True : left.Length == 0 ? ConstantTruth.False : AnyOf.Of(left);
    }
}

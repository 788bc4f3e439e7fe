using Nightjar.Events;

namespace Nightjar.Analytics.Plan;

/// <summary>What is left to ask of an event of which the class and the activity are known already.</summary>
internal static class Residue
{
    /// <summary>
    /// A condition that gives the same answer for every event of a class and activity, with fewer questions. Where <see cref="TruthNode.Could"/>
    /// says true or false, the answer is exactly that.
    /// </summary>
    public static TruthNode Of(TruthNode node, EventClass eventClass, int activity)
    {
        var could = node.Could(eventClass, activity);
        if (could != Tri.Unknown) return could == Tri.True ? ConstantTruth.True : ConstantTruth.False;
        if (node.Operands.Count == 0) return node;
        var rest = node.Operands.Select(part => Of(part, eventClass, activity));
        return node.With(node switch
        {
            AllOf => [.. rest.Where(part => part != ConstantTruth.True)],
            AnyOf => [.. rest.Where(part => part != ConstantTruth.False)],
            _ => [.. rest],
        });
    }

    /// <summary>The conditions that must all hold for a condition to hold.</summary>
    public static IReadOnlyList<TruthNode> Parts(TruthNode node) => node switch
    {
        ConstantTruth when node == ConstantTruth.True => [],
        AllOf => [.. node.Operands.SelectMany(Parts)],
        // What is true of the whole is true of the parts, so a reading as two-valued does not matter here.
        IsTrue => Parts(node.Operands[0]),
        _ => [node],
    };
}

using System.Globalization;
using Nightjar.Analytics.Plan;

namespace Nightjar.Scenarios.Mutating;

/// <summary>Conditions with one operand of an <c>and</c> or <c>or</c> left out.</summary>
internal static class Nodes
{
    /// <summary>Where an operand stands: its number in each condition on the way down.</summary>
    public static IEnumerable<(int[] Path, string Name)> Operands(TruthNode node) => Walk(node, []);

    /// <summary>The condition without the operand; null when there is none at this place.</summary>
    public static TruthNode? Without(TruthNode node, ReadOnlySpan<int> path)
    {
        var operands = node.Operands;
        if (path[0] >= operands.Count || path.Length == 1 && !Joins(node)) return null;
        var at = path[0];
        if (path.Length == 1) return node.With([.. operands.Where((_, index) => index != at)]);
        if (Without(operands[at], path[1..]) is not { } changed) return null;
        var all = operands.ToArray();
        all[at] = changed;
        return node.With(all);
    }

    private static IEnumerable<(int[] Path, string Name)> Walk(TruthNode node, int[] path)
    {
        for (var i = 0; i < node.Operands.Count; i++)
        {
            int[] here = [.. path, i];
            if (Joins(node)) yield return (here, string.Create(CultureInfo.InvariantCulture, $"operand {string.Join('.', here.Select(index => index + 1))}"));
            foreach (var deeper in Walk(node.Operands[i], here)) yield return deeper;
        }
    }

    private static bool Joins(TruthNode node) => node.Operands.Count > 1;
}

using Nightjar.Analytics.Plan;
using Nightjar.Analytics.Reading;
using Nightjar.Analytics.Sigma;
using Nightjar.Events;

namespace Nightjar.Analytics.Translation;

/// <summary>One way for a temporal correlation to hold: rules that must have been seen, and rules that must not.</summary>
internal sealed record TemporalCase(IReadOnlyList<int> With, IReadOnlyList<int> Without);

/// <summary>Turns the condition of a temporal correlation into its cases.</summary>
internal static class TemporalCases
{
    private const int Most = 32;

    /// <summary>None, and a mistake, when there are too many or one asks for nothing.</summary>
    public static IReadOnlyList<TemporalCase> Of(Correlation correlation)
    {
        var count = correlation.Rules.Count;
        var cases = correlation.Expression is not null ? OfExpression(correlation)
            : correlation.Bounds.Count > 0 ? OfNumber(correlation, count)
            : [new TemporalCase([.. Enumerable.Range(0, count)], [])];
        if (cases is { Count: > 0 and <= Most } && cases.All(item => item.With.Count > 0)) return cases;
        if (!correlation.Rule.Mistakes.HasErrors)
        {
            correlation.Rule.Mistakes.Add(Rules.NotCarried, correlation.Rule.Node.Get("correlation"),
                cases is null || cases.Count > Most ? $"The condition comes to more than {Most} cases." : "The condition can hold though none of the rules does.", "Name rules that must be seen.");
        }
        return [];
    }

    // So many different rules: where more do no harm, the least number of them in every combination.
    private static List<TemporalCase>? OfNumber(Correlation correlation, int count)
    {
        var bounds = BoundsOf(correlation);
        int[] allowed = [.. Enumerable.Range(0, count + 1).Where(number => bounds.Holds(number))];
        if (allowed.Length == 0 || allowed[0] == 0 || count > 12) return allowed is [0, ..] ? [] : null;
        if (!bounds.IsUpper) return [.. Subsets(count, allowed[0]).Take(Most + 1).Select(subset => new TemporalCase(subset, []))];
        return [.. allowed.SelectMany(number => Subsets(count, number)).Take(Most + 1)
            .Select(subset => new TemporalCase(subset, [.. Enumerable.Range(0, count).Except(subset)]))];
    }

    private static Bounds BoundsOf(Correlation correlation)
    {
        double? Limit(string word) => correlation.Bounds.Where(bound => bound.Word == word)
            .Select(bound => (double?)double.Parse(bound.Number, System.Globalization.CultureInfo.InvariantCulture)).FirstOrDefault();
        return new Bounds(Limit("at_least"), Limit("at_most"), Limit("more_than"), Limit("less_than"), Limit("exactly"), Limit("not"));
    }

    private static IEnumerable<int[]> Subsets(int count, int size) =>
        Enumerable.Range(0, 1 << count).Select(bits => Enumerable.Range(0, count).Where(index => (bits >> index & 1) != 0).ToArray())
            .Where(subset => subset.Length == size).OrderBy(subset => string.Join(',', subset.Select(index => (char)('a' + index))), StringComparer.Ordinal);

    private static List<TemporalCase>? OfExpression(Correlation correlation)
    {
        var names = new Dictionary<string, TruthNode>(StringComparer.Ordinal);
        for (var i = 0; i < correlation.Rules.Count; i++)
        {
            foreach (var name in new[] { correlation.Rules[i].Name, correlation.Rules[i].Id }.OfType<string>()) names.TryAdd(name, new RuleSeen(i));
        }
        var used = new HashSet<string>(StringComparer.Ordinal);
        var condition = SigmaCondition.Parse(correlation.Expression!, names, used, correlation.Rule.Mistakes);
        return correlation.Rule.Mistakes.HasErrors ? [] : Cases(condition, isNegated: false);
    }

    // Disjunctive form; null when it grows beyond the limit.
    private static List<TemporalCase>? Cases(TruthNode node, bool isNegated)
    {
        if (node is RuleSeen seen) return [isNegated ? new TemporalCase([], [seen.Index]) : new TemporalCase([seen.Index], [])];
        if (node is Negation) return Cases(node.Operands[0], !isNegated);
        var parts = node.Operands.Select(operand => Cases(operand, isNegated)).ToArray();
        if (Array.Exists(parts, part => part is null)) return null;
        var isAny = node is AnyOf != isNegated;
        var cases = isAny ? parts.SelectMany(part => part!) : parts.Aggregate(
            (IEnumerable<TemporalCase>)[new TemporalCase([], [])],
            (before, part) => [.. before.SelectMany(_ => part!, Both).Where(item => !item.With.Intersect(item.Without).Any()).Take(Most + 1)]);
        List<TemporalCase> all = [.. cases.Take(Most + 1)];
        return all.Count > Most ? null : all;
    }

    private static TemporalCase Both(TemporalCase a, TemporalCase b) =>
        new([.. a.With.Union(b.With).Order()], [.. a.Without.Union(b.Without).Order()]);

    /// <summary>Stands for "the rule was seen" in a condition.</summary>
    private sealed class RuleSeen(int index) : TruthNode
    {
        public int Index => index;

        public override Tri Eval(in MatchScope scope) => Tri.Unknown;
    }
}

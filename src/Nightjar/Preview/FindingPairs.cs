using Nightjar.Findings;

namespace Nightjar.Preview;

/// <summary>Which finding of one run is which of another: of equal uid, else of the same analytic, device and app at overlapping times.</summary>
/// <remarks>A uid names the event that a finding begins with; another value of a tunable may let the same behaviour begin elsewhere.</remarks>
internal sealed record FindingPairs(IReadOnlyList<(Finding Before, Finding After)> Both, IReadOnlyList<Finding> OnlyBefore, IReadOnlyList<Finding> OnlyAfter)
{
    public static FindingPairs Of(IReadOnlyList<Finding> before, IReadOnlyList<Finding> after)
    {
        var both = new List<(Finding Before, Finding After)>();
        var byUid = after.Order(ReportOrder.ByTime).GroupBy(item => item.Uid, StringComparer.Ordinal).ToDictionary(group => group.Key, group => new Queue<Finding>(group), StringComparer.Ordinal);
        var rest = new List<Finding>();
        foreach (var finding in before.Order(ReportOrder.ByTime))
        {
            if (byUid.GetValueOrDefault(finding.Uid)?.TryDequeue(out var same) == true) both.Add((finding, same));
            else rest.Add(finding);
        }
        // In order of time each takes the earliest that overlaps and is not taken.
        var open = byUid.Values.SelectMany(list => list).Order(ReportOrder.ByTime).GroupBy(KeyOf).ToDictionary(group => group.Key, group => group.ToList());
        var onlyBefore = new List<Finding>();
        foreach (var finding in rest)
        {
            if (open.TryGetValue(KeyOf(finding), out var list) && list.Find(item => Overlap(item, finding)) is { } found)
            {
                list.Remove(found);
                both.Add((finding, found));
            }
            else onlyBefore.Add(finding);
        }
        return new FindingPairs(
            [.. both.OrderBy(pair => pair.After, ReportOrder.ByTime)], onlyBefore, [.. open.Values.SelectMany(list => list).Order(ReportOrder.ByTime)]);
    }

    /// <summary>Whether two findings are of the same analytic, device and app, at overlapping times.</summary>
    public static bool AreAlike(Finding a, Finding b) => KeyOf(a) == KeyOf(b) && Overlap(a, b);

    private static (string, string, string?) KeyOf(Finding finding) => (finding.Analytic.Uid, finding.Device.Uid, finding.App);

    private static bool Overlap(Finding a, Finding b) => a.Start <= b.End && b.Start <= a.End;
}

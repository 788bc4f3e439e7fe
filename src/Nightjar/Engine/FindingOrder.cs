using Nightjar.Findings;

namespace Nightjar.Engine;

/// <summary>One order of findings, and which of them speak of the same events.</summary>
public static class FindingOrder
{
    /// <summary>By begin, device, app, analytic and uid: nothing of threads, files or arrival.</summary>
    public static IReadOnlyList<Finding> Sort(IEnumerable<Finding> findings) =>
        [.. findings.OrderBy(item => item.Start).ThenBy(item => item.Device.Uid, StringComparer.Ordinal)
            .ThenBy(item => item.App, StringComparer.Ordinal).ThenBy(item => item.Analytic.Uid, StringComparer.Ordinal).ThenBy(item => item.Uid, StringComparer.Ordinal)];

    /// <summary>Sorts, and names in each finding the others of the same device and app that share an event with it.</summary>
    public static IReadOnlyList<Finding> Link(IEnumerable<Finding> findings)
    {
        var sorted = Sort(findings);
        var byEvent = new Dictionary<(string Device, string? App, string Event), List<Finding>>();
        foreach (var finding in sorted)
        {
            foreach (var uid in finding.Evidence.Select(item => item.Event.Uid).Distinct(StringComparer.Ordinal))
            {
                var key = (finding.Device.Uid, finding.App, uid);
                if (!byEvent.TryGetValue(key, out var list)) byEvent[key] = list = [];
                list.Add(finding);
            }
        }
        return [.. sorted.Select(finding => finding with { RelatedFindings = RelatedTo(finding, byEvent) })];
    }

    private static string[] RelatedTo(Finding finding, Dictionary<(string, string?, string), List<Finding>> byEvent) =>
        [.. finding.Evidence.SelectMany(item => byEvent[(finding.Device.Uid, finding.App, item.Event.Uid)])
            .Where(other => other.Uid != finding.Uid).Select(other => other.Uid).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}

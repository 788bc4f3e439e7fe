using Nightjar.Findings;

namespace Nightjar.Engine;

/// <summary>Which findings speak of the same events.</summary>
public static class RelatedFindings
{
    /// <summary>Sorts by time, and names in each finding the others of the same device and app that share an event with it.</summary>
    public static IReadOnlyList<Finding> Link(IEnumerable<Finding> findings)
    {
        var sorted = findings.Order(ReportOrder.ByTime).ToArray();
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

using System.Globalization;
using Nightjar.Findings;

namespace Nightjar.Sinks.Html;

/// <summary>Ids of findings on the page: from the finding's uid, so that a link to it lasts.</summary>
internal sealed class FindingAnchors
{
    private readonly Dictionary<Finding, string> _byFinding = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, string> _byUid = new(StringComparer.Ordinal);

    /// <param name="findings">All findings of the page, in their order on it.</param>
    public FindingAnchors(IEnumerable<Finding> findings)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var finding in findings)
        {
            var wanted = "f-" + string.Concat(finding.Uid.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.').Take(80));
            var anchor = wanted;
            for (var i = 2; !taken.Add(anchor); i++) anchor = string.Create(CultureInfo.InvariantCulture, $"{wanted}-{i}");
            _byFinding[finding] = anchor;
            _byUid.TryAdd(finding.Uid, anchor);
        }
    }

    /// <summary>The id of a finding of the page.</summary>
    public string Of(Finding finding) => _byFinding[finding];

    /// <summary>The id of the finding with this uid; null when the page has none.</summary>
    public string? Find(string uid) => _byUid.GetValueOrDefault(uid);
}

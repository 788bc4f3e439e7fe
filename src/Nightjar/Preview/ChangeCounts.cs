using Nightjar.Findings;

namespace Nightjar.Preview;

/// <summary>Counts what changed, by whatever a finding belongs to.</summary>
internal sealed class ChangeCounts(JudgedRun before, JudgedRun after, IReadOnlyList<FindingChange> changes)
{
    /// <summary>The counts by name. What belongs to nothing counts under the empty name, which is left out when it is the only one.</summary>
    public IReadOnlyList<ChangeCount> By(Func<JudgedRun, Finding, IReadOnlyList<string>> names)
    {
        var counts = new SortedDictionary<string, ChangeCount>(StringComparer.Ordinal);
        foreach (var finding in before.Reported) Count(before, finding, item => item with { Before = item.Before + 1 });
        foreach (var finding in after.Reported) Count(after, finding, item => item with { After = item.After + 1 });
        foreach (var change in changes)
        {
            Count(change.After is null ? before : after, change.Finding, item => change.Kind switch
            {
                FindingChangeKind.Gained => item with { Gained = item.Gained + 1 },
                FindingChangeKind.Lost => item with { Lost = item.Lost + 1 },
                _ => item with { Rescored = item.Rescored + 1 },
            });
        }
        return counts.Count == 1 && counts.ContainsKey("") ? [] : [.. counts.Values];

        void Count(JudgedRun run, Finding finding, Func<ChangeCount, ChangeCount> more)
        {
            foreach (var name in names(run, finding).DefaultIfEmpty("").Distinct(StringComparer.Ordinal))
                counts[name] = more(counts.GetValueOrDefault(name) ?? new ChangeCount(name, 0, 0, 0, 0, 0));
        }
    }
}

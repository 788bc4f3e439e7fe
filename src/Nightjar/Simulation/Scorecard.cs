using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Simulation;

/// <summary>How one analytic did against what was planted.</summary>
/// <param name="Analytic">Its uid.</param>
/// <param name="OnAttacks">Its findings that speak of a planted attack: same device and app, at the same time.</param>
/// <param name="OnInnocent">Its other findings.</param>
/// <param name="Planted">Names of the attacks that it must report.</param>
/// <param name="Missed">Those of them that it did not.</param>
public sealed record AnalyticScore(string Analytic, int OnAttacks, int OnInnocent, IReadOnlyList<string> Planted, IReadOnlyList<string> Missed)
{
    /// <summary>Which share of its findings is true; null when it has none.</summary>
    public double? Precision => OnAttacks + OnInnocent == 0 ? null : OnAttacks / (double)(OnAttacks + OnInnocent);

    /// <summary>Which share of what was planted it found; null when nothing was planted.</summary>
    public double? Recall => Planted.Count == 0 ? null : (Planted.Count - Missed.Count) / (double)Planted.Count;
}

/// <summary>Precision and recall of every analytic, from findings and labels.</summary>
/// <param name="Analytics">By uid: those that report or should.</param>
/// <param name="LeftOut">Attacks that lie outside of what was scanned.</param>
public sealed record Scorecard(IReadOnlyList<AnalyticScore> Analytics, IReadOnlyList<string> LeftOut)
{
    /// <summary>Holds findings against labels.</summary>
    /// <param name="labels">What was planted.</param>
    /// <param name="findings">What was found.</param>
    /// <param name="span">What was scanned: attacks outside of it are not asked about. Null: everything.</param>
    public static Scorecard Of(IReadOnlyList<AttackLabel> labels, IReadOnlyList<Finding> findings, (Instant From, Instant To)? span)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(findings);
        var asked = labels.Where(label => span is not { } known || label.IsWithin(known.From, known.To)).ToList();
        var uids = asked.SelectMany(label => label.Analytics).Concat(findings.Select(finding => finding.Analytic.Uid)).Distinct().Order(StringComparer.Ordinal);
        return new Scorecard([.. uids.Select(uid => Of(uid, labels, asked, findings))], [.. labels.Except(asked).Select(label => label.Name).Order(StringComparer.Ordinal)]);
    }

    private static AnalyticScore Of(string uid, IReadOnlyList<AttackLabel> labels, List<AttackLabel> asked, IReadOnlyList<Finding> findings)
    {
        var own = findings.Where(finding => finding.Analytic.Uid == uid).ToList();
        var on = own.Count(finding => labels.Any(label => SpeaksOf(finding, label)));
        var planted = asked.Where(label => label.Analytics.Contains(uid)).ToList();
        return new AnalyticScore(
            uid, on, own.Count - on, [.. planted.Select(label => label.Name)], [.. planted.Where(label => !own.Exists(finding => SpeaksOf(finding, label))).Select(label => label.Name)]);
    }

    private static bool SpeaksOf(Finding finding, AttackLabel label) =>
        finding.Device.Uid == label.Device && finding.App == label.App && label.IsWithin(finding.Start, finding.End);
}

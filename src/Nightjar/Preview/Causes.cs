using Nightjar.Analytics;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Knowledge;
using Nightjar.Policies;
using Nightjar.Policies.Telling;

namespace Nightjar.Preview;

/// <summary>Says of a finding that is not the same under two policies what they say differently of its app and device.</summary>
internal sealed class Causes(JudgedRun before, JudgedRun after, IReadOnlyList<Analytic> analytics, ReferenceData reference)
{
    private static readonly BoundPolicy Nothing = new(new Policy { Name = "", File = "", Sha256 = "" }, []);

    private readonly Dictionary<(string Analytic, PolicyQuestion Who), IReadOnlyList<string>> _known = [];

    public FindingChange Gained(Finding finding)
    {
        string[] hiding = HidingIn(before, finding);
        return new FindingChange(FindingChangeKind.Gained, null, finding, hiding, [], hiding.Length > 0 ? [.. hiding.Select(id => NoLongerHides(id, finding))] : Differences(after, finding));
    }

    public FindingChange Lost(Finding finding)
    {
        string[] hiding = HidingIn(after, finding);
        return new FindingChange(FindingChangeKind.Lost, finding, null, hiding, [], hiding.Length > 0 ? [] : Differences(before, finding));
    }

    public FindingChange Rescored(Finding was, Finding isNow) =>
        new(FindingChangeKind.Rescored, was, isNow, [], [.. Scores(was, isNow)], Differences(after, isNow));

    private static string[] HidingIn(JudgedRun run, Finding finding) =>
        [.. run.Hidden.Where(hidden => hidden.Uid == finding.Uid || FindingPairs.AreAlike(hidden, finding)).SelectMany(hidden => hidden.HiddenBy).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private string NoLongerHides(string id, Finding finding) =>
        finding.ExpiredExceptions.Contains(id) ? $"exception {id} has expired by then"
        : after.Policy?.Policy.Exceptions.Any(item => item.Id == id) == true ? $"exception {id} covers it no longer"
        : $"exception {id} is gone";

    private static IEnumerable<ScoreChange> Scores(Finding was, Finding isNow)
    {
        var old = was.Contributions.ToLookup(item => item.Name, StringComparer.Ordinal);
        foreach (var item in isNow.Contributions)
        {
            var points = Points(old[item.Name].FirstOrDefault());
            if (points != Points(item)) yield return new ScoreChange(item.Name, points, Points(item), item.Reason);
        }
        var names = isNow.Contributions.Select(item => item.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var item in was.Contributions.Where(item => !names.Contains(item.Name) && Points(item) != 0))
            yield return new ScoreChange(item.Name, Points(item), 0, item.Reason);
    }

    private static int Points(Contribution? item) => item is { State: Tri.True } ? item.Points : 0;

    private IReadOnlyList<string> Differences(JudgedRun run, Finding finding)
    {
        var who = run.WhoOf(finding);
        if (_known.TryGetValue((finding.Analytic.Uid, who), out var known)) return known;
        var asked = analytics.Where(item => item.Uid == finding.Analytic.Uid).ToList();
        var (old, now) = (before.Policy?.Bound ?? Nothing, after.Policy?.Bound ?? Nothing);
        var (was, isNow) = (EffectivePolicy.Of(old, asked, reference, who), EffectivePolicy.Of(now, asked, reference, who));
        string[] told =
        [
            .. Values(was, isNow),
            .. Changed("roles", string.Join(", ", was.Roles), string.Join(", ", isNow.Roles)),
            .. Changed("approved", Word(was.IsApproved), Word(isNow.IsApproved)),
            .. Changed("managed", Word(was.IsManaged), Word(isNow.IsManaged)),
            .. Allowed(was).Except(Allowed(isNow), StringComparer.Ordinal).Select(text => $"no longer allowed: {text}"),
            .. Allowed(isNow).Except(Allowed(was), StringComparer.Ordinal).Select(text => $"now allowed: {text}"),
        ];
        // Whether what counts as normal mattered cannot be told from the finding: it is named where nothing else is.
        return _known[(finding.Analytic.Uid, who)] = told.Length > 0 ? told : [.. Baseline(old.Policy, now.Policy)];
    }

    private static IEnumerable<string> Values(EffectivePolicy was, EffectivePolicy isNow)
    {
        foreach (var (old, now) in was.Values.Zip(isNow.Values))
        {
            if (old.Value != now.Value) yield return $"{now.Tunable} {old.Value} → {now.Value} ({(now.Origin == "default" ? $"was {old.Origin}" : now.Origin)})";
        }
    }

    private static IEnumerable<string> Baseline(Policy old, Policy now) =>
        Policies.Reading.BaselineKey.All.SelectMany(key => Changed($"baseline {key.Key}", key.Text(old.Baseline), key.Text(now.Baseline)));

    private static IEnumerable<string> Changed(string what, string was, string isNow)
    {
        if (was != isNow) yield return $"{what} {was} → {isNow}";
    }

    private static IEnumerable<string> Allowed(EffectivePolicy policy) => policy.Allowances.SelectMany(item => item.ServiceClasses.Concat(item.Destinations)).Distinct(StringComparer.Ordinal);

    private static string Word(Tri value) => value switch { Tri.True => "yes", Tri.False => "no", _ => "not said" };
}

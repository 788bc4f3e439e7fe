using Nightjar.Analytics;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Knowledge;
using Nightjar.Policies;
using Nightjar.Scenarios;

namespace Nightjar.Preview;

/// <summary>Finds the narrowest exceptions that hide a chosen set of findings, by what exceptions are really asked about their matches.</summary>
public sealed class SuggestionStudy
{
    // More exceptions than that for one app nobody would review.
    private const int MostParts = 16;

    private static readonly Policy NoPolicy = new() { Name = "", File = "", Sha256 = "" };

    private readonly JudgedRun _run;
    private readonly Policy _policy;
    private readonly ReferenceData _reference;
    private readonly ExceptionDraft _draft;
    private readonly ILookup<string, JudgedMatch> _reported;

    /// <param name="run">What was judged by the policy that the exceptions are for, with all its matches.</param>
    /// <param name="dates">Between which days the exceptions are to hold.</param>
    /// <param name="reference">What counts as too broad.</param>
    /// <exception cref="ArgumentException">There were more matches than could be kept.</exception>
    public SuggestionStudy(JudgedRun run, SuggestionDates dates, ReferenceData reference)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.MatchesLeftOut > 0) throw new ArgumentException("Not all matches were kept.", nameof(run));
        (_run, _reference, _policy) = (run, reference, run.Policy?.Policy ?? NoPolicy);
        _draft = new ExceptionDraft(_policy, dates);
        _reported = run.Matches.Where(match => match.HiddenBy.Count == 0).ToLookup(match => match.Analytic, StringComparer.Ordinal);
    }

    /// <summary>The exceptions for some of the findings that the run reports.</summary>
    /// <param name="chosen">The findings.</param>
    /// <param name="scenarios">The scenarios beside the analytics.</param>
    /// <param name="sources">The files of the analytics.</param>
    public SuggestionReport Suggest(IReadOnlyList<Finding> chosen, IReadOnlyList<ScenarioSource> scenarios, IReadOnlyList<AnalyticSource> sources)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        var wanted = chosen.SelectMany(_run.Of).DistinctBy(match => match.Key, StringComparer.Ordinal).ToList();
        var drafts = new List<Draft>();
        foreach (var part in wanted.GroupBy(ShapeOf, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)) drafts.AddRange(Narrow([.. part], wanted.Select(match => match.Key).ToHashSet(StringComparer.Ordinal), 0));
        Draft[] usable = [.. Named(Needed([.. drafts.Where(draft => draft.Problem.Length == 0)]))];
        var all = new Cut([.. usable.Select(draft => draft.Exception)], _policy);
        var firing = new FiringScenarios(scenarios, sources, _reference);
        return new SuggestionReport(
            chosen,
            [.. usable.Select(draft => Told(draft, chosen, all, firing))],
            [.. chosen.Where(finding => !IsHidden(finding, all)).Select(finding => new Uncovered(finding, WhyNot(finding, drafts)))]);
    }

    // What names no place or no path must not make the exception silent about those of the others; nor may an unknown signer.
    private static string ShapeOf(JudgedMatch match) =>
        string.Join('\n', match.Analytic, match.Who.App, ExceptionDraft.SignerOf(match), match.Destinations.Count > 0, match.Paths.Count > 0);

    // One exception for all; where it would hide what nobody chose, one for each device, then for each behaviour, if that hides less.
    private List<Draft> Narrow(IReadOnlyList<JudgedMatch> matches, HashSet<string> wanted, int depth)
    {
        var whole = Draft.Of(_draft.Of(matches), matches, _reference);
        var others = Others([whole], wanted);
        if (others == 0 || depth == 2) return [whole];
        var parts = matches.GroupBy(match => depth == 0 ? match.Who.Device.Uid : $"{string.Join('\n', match.Destinations)}\t{string.Join('\n', match.Paths)}", StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => group.ToList()).ToList();
        if (parts.Count > MostParts) return [whole];
        List<Draft> narrower = [.. parts.SelectMany(part => Narrow(part, wanted, depth + 1))];
        return Others(narrower, wanted) < others ? narrower : [whole];
    }

    private int Others(IReadOnlyList<Draft> drafts, HashSet<string> wanted)
    {
        var cut = new Cut([.. drafts.Select(draft => draft.Exception)], _policy);
        return _reported[drafts[0].Exception.Analytics[0]].Count(match => !wanted.Contains(match.Key) && cut.Covers(match));
    }

    // What names no host covers what would need it to be named: then the narrower one adds nothing.
    private List<Draft> Needed(List<Draft> drafts)
    {
        foreach (var draft in drafts.OrderByDescending(draft => draft.Exception.Destinations.Count + draft.Exception.Paths.Count).ToList())
        {
            List<Draft> rest = [.. drafts.Where(other => other != draft && other.Matches[0].Analytic == draft.Matches[0].Analytic)];
            var cut = new Cut([.. rest.Select(other => other.Exception)], _policy);
            if (draft.Matches.All(cut.Covers)) drafts.Remove(draft);
        }
        return drafts;
    }

    private IEnumerable<Draft> Named(IEnumerable<Draft> drafts)
    {
        var taken = _policy.Exceptions.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var draft in drafts)
        {
            var id = draft.Exception.Id;
            for (var number = 2; !taken.Add(id); number++) id = $"{draft.Exception.Id}-{number}";
            yield return draft with { Exception = draft.Exception with { Id = id } };
        }
    }

    private Suggestion Told(Draft draft, IReadOnlyList<Finding> chosen, Cut all, FiringScenarios firing)
    {
        var own = new Cut([draft.Exception], _policy);
        var uids = chosen.Select(finding => finding.Uid).ToHashSet(StringComparer.Ordinal);
        Finding[] touched = [.. _run.Reported.Where(finding => finding.Analytic.Uid == draft.Exception.Analytics[0] && _run.Of(finding).Any(own.Covers))];
        return new Suggestion
        {
            Exception = draft.Exception,
            Yaml = ExceptionYaml.Write(draft.Exception),
            Remarks = draft.Remarks,
            Covers = [.. touched.Where(finding => uids.Contains(finding.Uid) && IsHidden(finding, all))],
            Others = [.. touched.Where(finding => !uids.Contains(finding.Uid))],
            Scenarios = new ScenarioWarnings(draft.Exception, draft.Matches[0].Who, _policy).Of(firing.Of(draft.Exception.Analytics[0])),
        };
    }

    private bool IsHidden(Finding finding, Cut cut) => _run.Of(finding) is { Count: > 0 } matches && matches.All(cut.Covers);

    private string WhyNot(Finding finding, List<Draft> drafts)
    {
        var matches = _run.Of(finding);
        if (matches.Count == 0) return "Its matches are not known.";
        var refused = drafts.Where(draft => draft.Problem.Length > 0).FirstOrDefault(draft => draft.Matches.Any(matches.Contains));
        if (refused is not null) return refused.Problem;
        return drafts.Count > 0 && matches.Max(match => match.Time) >= drafts[0].Exception.Expires
            ? "It is of after the day on which the exception would expire."
            : "No exception that can be written covers every match of it.";
    }

    /// <summary>An exception as it was read back, the matches that it is for, and what a check says.</summary>
    private sealed record Draft(ExceptionEntry Exception, IReadOnlyList<JudgedMatch> Matches, string Problem, IReadOnlyList<Diagnostic> Remarks)
    {
        public static Draft Of(ExceptionEntry exception, IReadOnlyList<JudgedMatch> matches, ReferenceData reference)
        {
            var (read, diagnostics) = ExceptionYaml.Read(exception, reference);
            var problem = read is null ? $"No policy would take the exception: {diagnostics.First(item => item.Severity == DiagnosticSeverity.Error).Reason}" : "";
            return new Draft(read ?? exception, matches, problem, [.. diagnostics.Where(item => item.Severity == DiagnosticSeverity.Warning)]);
        }
    }
}

/// <summary>Some exceptions beside a policy's groups, asked about matches by the code that a scan asks.</summary>
internal sealed class Cut
{
    private readonly ExceptionBook _book;
    private readonly Membership _membership;

    public Cut(IReadOnlyList<ExceptionEntry> exceptions, Policy policy)
    {
        // Ids may still be equal; only whether any holds is asked.
        _book = new ExceptionBook(policy with { Exceptions = exceptions });
        _membership = new Membership(policy);
    }

    public bool Covers(JudgedMatch match) => Covers(match, match.Time);

    public bool Covers(JudgedMatch match, Instant time)
    {
        var who = new CoveredApp(match.Who.Device.Uid, _membership.Of(match.Who.Device), match.Who.App, match.Who.Signer);
        return _book.Covering(who, match.Analytic, time, match.Destinations, match.Paths).Holding.Count > 0;
    }
}

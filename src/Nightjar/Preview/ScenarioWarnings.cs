using Nightjar.Analytics;
using Nightjar.Analytics.InForce;
using Nightjar.Analytics.Tuning;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Policies;
using Nightjar.Policies.Telling;
using Nightjar.Scenarios;

namespace Nightjar.Preview;

/// <summary>What happens in the scenarios that fire, match by match. Each analytic is run once.</summary>
internal sealed class FiringScenarios(IReadOnlyList<ScenarioSource> scenarios, IReadOnlyList<AnalyticSource> sources, ReferenceData reference)
{
    private readonly Dictionary<string, IReadOnlyList<FiringScenario>> _known = new(StringComparer.Ordinal);
    private readonly Lazy<IReadOnlyList<Analytic>> _analytics = new(() => AnalyticLoader.Load(sources, new SymbolTable(), reference, DefaultTuning.Instance).Analytics);

    /// <summary>The scenarios of an analytic that fire, in order of file.</summary>
    public IReadOnlyList<FiringScenario> Of(string analytic)
    {
        if (_known.TryGetValue(analytic, out var known)) return known;
        var found = new List<FiringScenario>();
        var file = _analytics.Value.FirstOrDefault(item => item.Uid == analytic)?.File;
        if (sources.FirstOrDefault(item => item.Path == file) is not { } source) return _known[analytic] = found;
        ScenarioSuite.Fire(scenarios, source, reference, (scenario, judging, symbols, run) =>
        {
            var record = new MatchRecord(new NoPolicy([judging]), symbols);
            var findings = run(record);
            var judged = new JudgedRun { Policy = null, Reported = findings, Hidden = [], Matches = record.Matches(), MatchesLeftOut = record.LeftOut };
            found.Add(new FiringScenario(scenario.Name, scenario.Title, [.. findings.Select(judged.Of)]));
        });
        return _known[analytic] = found;
    }
}

/// <summary>A scenario that fires.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">What happens.</param>
/// <param name="Findings">The matches of each of its findings.</param>
internal sealed record FiringScenario(string Name, string Title, IReadOnlyList<IReadOnlyList<JudgedMatch>> Findings);

/// <summary>Says which true findings an exception would hide if they happened in the app that it is for.</summary>
internal sealed class ScenarioWarnings(ExceptionEntry exception, PolicyQuestion who, Policy policy)
{
    private readonly Cut _whole = new([exception], policy);

    // Each with what it would be without some of its keys: what is hidden only then is kept visible by them.
    private readonly (string[] Keys, Cut Cut)[] _without =
    [
        (["destinations"], new Cut([exception with { Destinations = [] }], policy)),
        (["paths"], new Cut([exception with { Paths = [] }], policy)),
        (["destinations", "paths"], new Cut([exception with { Destinations = [], Paths = [] }], policy)),
    ];

    public IReadOnlyList<ScenarioEffect> Of(IReadOnlyList<FiringScenario> scenarios) => [.. scenarios.Select(Of)];

    private ScenarioEffect Of(FiringScenario scenario)
    {
        IReadOnlyList<JudgedMatch>[] moved = [.. scenario.Findings.Select(matches => (IReadOnlyList<JudgedMatch>)[.. matches.Select(Moved)])];
        var isHidden = moved.Any(matches => IsHidden(matches, _whole));
        string[] kept = isHidden ? [] : _without.FirstOrDefault(item => moved.Any(matches => IsHidden(matches, item.Cut))).Keys ?? [];
        return new ScenarioEffect(scenario.Name, scenario.Title, isHidden, scenario.Findings.Any(matches => IsHidden(matches, _whole)), kept);
    }

    // As if it happened while the exception holds.
    private bool IsHidden(IReadOnlyList<JudgedMatch> matches, Cut cut) => matches.Count > 0 && matches.All(match => cut.Covers(match, exception.Created));

    // The same behaviour in the app of the exception: its files lie in that app's folder then.
    private JudgedMatch Moved(JudgedMatch match) => match with
    {
        Who = who,
        Paths = match.Who.App.Length == 0 ? match.Paths : [.. match.Paths.Select(path => path.Replace($"/{match.Who.App}/", $"/{who.App}/", StringComparison.Ordinal))],
    };
}

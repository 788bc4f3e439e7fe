using Nightjar.Analytics;
using Nightjar.Analytics.InForce;
using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Policies;
using Nightjar.Policies.Telling;

namespace Nightjar.Preview;

/// <summary>Judges events by a policy, or without one, and remembers what its exceptions were asked.</summary>
public sealed class PolicyTrial
{
    private readonly PolicyInForce? _policy;
    private readonly MatchRecord _record;
    private readonly EngineGroup _engines;

    /// <param name="options">How time and room are treated.</param>
    /// <param name="threads">Number of engines, at least 1. The findings are the same.</param>
    /// <param name="analytics">What to look for, with the values that hold for all.</param>
    /// <param name="symbols">The table of the events.</param>
    /// <param name="locate">Tells where a record stands. May be asked by several threads.</param>
    /// <param name="policy">The policy; null without one.</param>
    public PolicyTrial(EngineOptions options, int threads, IReadOnlyList<Analytic> analytics, SymbolTable symbols, Func<int, long, string> locate, PolicyInForce? policy)
    {
        _policy = policy;
        _record = new MatchRecord((IPolicyInForce?)policy ?? new NoPolicy(analytics), symbols);
        _engines = new EngineGroup(options, threads, analytics, symbols, locate, _record);
    }

    /// <summary>What must be given every batch, see <see cref="EngineGroup.Takers"/>.</summary>
    public IReadOnlyList<Action<EventBatch>> Takers => _engines.Takers;

    /// <summary>Judges a batch.</summary>
    public void Process(EventBatch batch) => _engines.Process(batch);

    /// <summary>The input has ended.</summary>
    public JudgedRun Complete()
    {
        var reported = _engines.Complete();
        return new JudgedRun { Policy = _policy, Reported = reported, Hidden = _engines.Hidden, Matches = _record.Matches(), MatchesLeftOut = _record.LeftOut };
    }
}

/// <summary>What one policy, or none, made of some telemetry.</summary>
public sealed class JudgedRun
{
    private ILookup<(string, string, string), JudgedMatch>? _byApp;

    /// <summary>The policy; null without one.</summary>
    public required PolicyInForce? Policy { get; init; }

    /// <summary>The findings that are told, in order of time.</summary>
    public required IReadOnlyList<Finding> Reported { get; init; }

    /// <summary>The findings that exceptions hide, in order of time.</summary>
    public required IReadOnlyList<Finding> Hidden { get; init; }

    /// <summary>Every match, in order of time; empty when there were too many to keep.</summary>
    public required IReadOnlyList<JudgedMatch> Matches { get; init; }

    /// <summary>Matches beyond those that could be kept; 0 when all are there.</summary>
    public required long MatchesLeftOut { get; init; }

    private ILookup<(string, string, string), JudgedMatch> ByApp => _byApp ??= Matches.ToLookup(match => (match.Analytic, match.Who.Device.Uid, match.Who.App));

    /// <summary>The matches that a finding was made of.</summary>
    internal IReadOnlyList<JudgedMatch> Of(Finding finding) =>
    [
        .. ByApp[(finding.Analytic.Uid, finding.Device.Uid, finding.App ?? "")]
            .Where(match => match.Time >= finding.Start && match.Time <= finding.End && match.HiddenBy.SequenceEqual(finding.HiddenBy, StringComparer.Ordinal)),
    ];

    /// <summary>Whom a finding is about, as known at its first match; as the finding tells it where no match was kept.</summary>
    internal PolicyQuestion WhoOf(Finding finding) => Of(finding) is [var first, ..]
        ? first.Who
        : new PolicyQuestion(new DeviceFacts(finding.Device.Uid, finding.Device.Platform, finding.Device.Groups ?? [], Tri.Unknown), finding.App ?? "");
}

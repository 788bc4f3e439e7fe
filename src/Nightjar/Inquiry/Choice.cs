using Nightjar.Analytics;
using Nightjar.Analytics.InForce;
using Nightjar.Analytics.Plan;
using Nightjar.Events;

namespace Nightjar.Inquiry;

/// <summary>Which variant of an analytic counts where, by the rules of the language: as of the event that is asked about, or of the decision.</summary>
internal sealed class Choice(Analytic analytic, History history, IPolicyInForce policy)
{
    private readonly int _index = IndexOf(analytic, policy);

    /// <summary>The analytic itself.</summary>
    public Analytic Analytic => analytic;

    /// <summary>The longest times of all variants.</summary>
    public Reaches Reaches => policy.ReachesOf(_index);

    /// <summary>The variant by which an event is of a stage: that of its app as of the event. What counts for every app is judged by the values of the device.</summary>
    public Analytic Of(Stage stage, SeenEvent seen) => At(IsOfApp(stage) ? seen.App : Symbol.None, seen.Time, seen.Number + 1);

    /// <summary>The variant by which a match about an app is judged: as of its beginning; where that may belong to any app, as of the decision.</summary>
    public Analytic Of(Beginning beginning, Symbol app) => BelongsToAny(beginning.Stage, beginning.Seen)
        ? At(app, beginning.Decided, beginning.Until)
        : Of(analytic.Stages[beginning.Stage], beginning.Seen);

    /// <summary>The variant that holds for an app after everything that was told.</summary>
    public Analytic Latest(Symbol app) => At(app, Instant.Max, int.MaxValue);

    /// <summary>How long after the end of a beginning it is judged, without the skew of clocks.</summary>
    public TimeSpan WindowOf(int stage, SeenEvent seen) => BelongsToAny(stage, seen) ? Reaches.Window : Of(analytic.Stages[stage], seen).Window;

    /// <summary>The exceptions that cover a match about an app.</summary>
    public Cover Covering(Weighed match, Symbol app)
    {
        if (!policy.HasExceptions) return Cover.None;
        var own = match.Way.InChain.Where(seen => seen.App == app).MaxBy(seen => seen.Time);
        var subject = history.SubjectAt(app, match.Way.Beginning.Decided, match.Way.Beginning.Until) with
        {
            Signer = own?.Moment.Signer ?? default, Category = own?.Moment.Category ?? default,
        };
        var events = match.Way.InChain.Concat(match.Supporting.Select(item => item.Seen)).Select(seen => seen.Event);
        return policy.Covering(in subject, MatchedBehaviour.Of(analytic.Uid, match.Way.InChain.Max(seen => seen.Time), events));
    }

    private Analytic At(Symbol app, Instant time, int until) => policy.For(history.SubjectAt(app, time, until)).Analytics[_index];

    private bool IsOfApp(Stage stage) => analytic.IsPerApp && stage.App != AppRule.Other;

    private bool BelongsToAny(int stage, SeenEvent seen) =>
        analytic.IsPerApp && !analytic.CountsUnnamed && (seen.App.IsNone || !IsOfApp(analytic.Stages[stage]));

    private static int IndexOf(Analytic analytic, IPolicyInForce policy)
    {
        var nobody = new PolicySubject(new DeviceStanding(default, Platform.Unknown, [], Tri.Unknown), default, default, default);
        return policy.For(in nobody).Analytics.Select(item => item.Uid).ToList().IndexOf(analytic.Uid);
    }
}

using Nightjar.Analytics;
using Nightjar.Analytics.InForce;
using Nightjar.Analytics.Plan;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Inquiry;

/// <summary>Asks why an analytic reported nothing about an app of one device. Takes all events of the device first, in their total order.</summary>
/// <remarks>One thread. Memory is bounded: only events of the kinds that the analytic looks at are kept, and of those the latest.</remarks>
public sealed class DeviceInquiry
{
    /// <summary>Events that are kept when nothing else is said.</summary>
    public const int DefaultMostEvents = 100_000;

    private readonly Analytic _analytic;
    private readonly SymbolTable _symbols;
    private readonly InquiryOptions _options;
    private readonly IPolicyInForce _policy;
    private readonly Func<int, long, string> _locate;
    private readonly History _history;
    private string _device = "";

    /// <param name="analytic">What to ask about; compiled against <paramref name="symbols"/>.</param>
    /// <param name="symbols">The table of the events.</param>
    /// <param name="options">What the engine was told.</param>
    /// <param name="locate">Tells where a record stands: file number and position to text.</param>
    /// <param name="policy">Whose values hold for whom, and what is hidden; null without a policy.</param>
    /// <param name="mostEvents">Most events that are kept, at least 1; the oldest make room.</param>
    public DeviceInquiry(Analytic analytic, SymbolTable symbols, InquiryOptions options, Func<int, long, string> locate, IPolicyInForce? policy = null, int mostEvents = DefaultMostEvents)
    {
        ArgumentNullException.ThrowIfNull(analytic);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostEvents, 1);
        (_analytic, _symbols, _options, _locate) = (analytic, symbols, options, locate);
        _policy = policy ?? new NoPolicy([analytic]);
        _history = new History(options, symbols, Context.DriftRules.Shipped(symbols), _policy, IsLookedAt, mostEvents);
    }

    /// <summary>The apps that events named, in order.</summary>
    public IReadOnlyList<string> Apps => [.. _history.Apps.Select(_symbols.Text).Order(StringComparer.Ordinal)];

    /// <summary>Events taken, repeats not among them.</summary>
    public int Events => _history.Count;

    /// <summary>Takes the next event of the device.</summary>
    public void Add(in EventView view)
    {
        if (_device.Length == 0) _device = _symbols.Text(view.Header.Device);
        _history.Add(in view);
    }

    /// <summary>Answers for an app; for an analytic about the device as a whole the app plays no part.</summary>
    /// <param name="appName">Package name or bundle id.</param>
    /// <param name="most">Most attempts that are told, the closest first.</param>
    public WhyNot Ask(string appName, int most = 3)
    {
        var app = _analytic.IsPerApp ? _symbols.Intern(appName.AsSpan()) : Symbol.None;
        var evaluator = new Evaluator(_analytic, _history, _device, _symbols, _options, _policy);
        var analytic = evaluator.Choice.Latest(app);
        var closest = new Closest(analytic, evaluator.Appearances, _history, _options, new Conditions(analytic, _symbols), app);
        List<Weighed> matches = evaluator.IsApplicable ? [.. evaluator.Matches(app)] : [];
        List<Ruling> cases = [.. evaluator.Cases(matches.Where(match => match.Score >= analytic.Thresholds.Low), app).Select(evaluator.Rule)];
        var telling = new AttemptTelling(evaluator, analytic, closest, _history, _symbols, _locate, app);
        List<Attempt> attempts = matches.Exists(match => match.Score >= analytic.Thresholds.Low) ? [] : [.. telling.Tell(matches, most)];
        return new WhyNot
        {
            Analytic = AnalyticOf(_analytic),
            Device = new DeviceReference(_device, _history.Platform, _history.Name.IsNone ? null : _symbols.Text(_history.Name)),
            App = _analytic.IsPerApp ? appName : null,
            IsApplicable = evaluator.IsApplicable,
            Window = analytic.Window,
            Threshold = analytic.Thresholds.Low,
            Events = _history.Count,
            AppEvents = _history.EventsOf(app),
            Span = _history.Span,
            Stages = [.. analytic.Stages.Select(stage => Count(stage, closest))],
            Reported = [.. cases.Select(item => new ReportedFinding(item.Uid, item.Score, item.Start, item.End, item.Count) { HiddenBy = item.HiddenBy, ExpiredExceptions = item.Expired })],
            Closest = attempts,
            GivenUp = [.. GivenUp(evaluator, closest, telling)],
        };
    }

    private bool IsLookedAt(EventClass eventClass, int activity, ValuesInForce values) =>
        values.Analytics.First(item => item.Uid == _analytic.Uid).Stages.Any(stage => stage.Reach.Has(eventClass, Math.Min(activity, Reach.Activities - 1)));

    private StageCount Count(Stage stage, Closest closest)
    {
        var missing = stage.Components != DataComponents.None && (stage.Components & _history.Deliveries.All) == 0;
        var similar = closest.Similar(stage.Index).Count(seen => !_analytic.IsPerApp || seen.App == closest.App || seen.App.IsNone);
        return new StageCount(stage.Id, stage.Title, closest.Right(stage.Index).Count(), similar, missing ? stage.Components : DataComponents.None);
    }

    private IEnumerable<string> GivenUp(Evaluator evaluator, Closest closest, AttemptTelling telling)
    {
        if (_history.Dropped > 0) yield return $"The first {_history.Dropped} events of the kinds that the analytic looks at were not kept; ask about a shorter time with --since and --until.";
        if (evaluator.Memory.GivenUp > 0) yield return $"{evaluator.Memory.GivenUp} events had to make room: {_analytic.PartialsPerKey} of a stage are remembered for an app (limits.partials_per_key).";
        if (closest.PassedOver > 0) yield return $"Only the latest {Closest.MostAnchors} occasions of the rarest stage were looked at closely; {closest.PassedOver} were passed over.";
        if (evaluator.WasCut || telling.WasCut) yield return "Some beginnings fit so many events that the search was cut short.";
    }

    private static AnalyticReference AnalyticOf(Analytic analytic) => new(
        analytic.Uid, analytic.Title, analytic.Version, analytic.Attack.Strategy, analytic.StrategyName, analytic.Attack.Release,
        [.. analytic.Techniques.Select(item => new TechniqueReference(item.Uid, item.Name, item.TacticUid, item.TacticName))]);
}

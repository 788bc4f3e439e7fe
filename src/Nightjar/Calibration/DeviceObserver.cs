using Nightjar.Analytics;
using Nightjar.Analytics.InForce;
using Nightjar.Analytics.Plan;
using Nightjar.Context;
using Nightjar.Events;
using Nightjar.Inquiry;

namespace Nightjar.Calibration;

/// <summary>Observes one device: takes its events in their total order and remembers those of stages as long as a match may need them.</summary>
internal sealed class DeviceObserver
{
    /// <summary>Events that are remembered at most.</summary>
    public const int MostRemembered = 4000;

    // Matches are looked for once for so many events that are remembered.
    private const int Stride = 1000;

    private readonly IReadOnlyList<Studied> _studied;
    private readonly InquiryOptions _options;
    private readonly Symbol _device;
    private readonly History _history;
    private readonly Tally[] _tallies;
    private DataComponents _delivered;
    private Instant _now = Instant.Min;
    private int _next;
    private int _fresh;

    public DeviceObserver(IReadOnlyList<Studied> studied, InquiryOptions options, SymbolTable symbols, Symbol device)
    {
        (_studied, _options, _device) = (studied, options, device);
        _history = new History(options, symbols, DriftRules.Shipped(symbols), new NoPolicy([.. studied.Select(item => item.Analytic)]), (eventClass, activity, _) => IsLookedAt(eventClass, activity), int.MaxValue, Look);
        _tallies = [.. studied.Select(item => new Tally(item.Places.Count))];
    }

    /// <summary>Events that were asked about before all was there that may belong to them, to make room.</summary>
    public long Cut { get; private set; }

    public void Add(in EventView view)
    {
        _now = view.Header.Time;
        _delivered |= view.Header.Components;
        _history.Add(in view);
        if (_fresh < Stride) return;
        _fresh = 0;
        LookForMatches();
    }

    /// <summary>The input has ended. Adds what was seen to what was seen elsewhere, for the analytics that are for the device's platform.</summary>
    public void Complete(IReadOnlyList<Tally> all)
    {
        Match(int.MaxValue);
        for (var i = 0; i < _studied.Count; i++)
        {
            if (!_studied[i].Analytic.Platforms.Contains(_history.Platform)) continue;
            _tallies[i].Devices = 1;
            _tallies[i].Delivered = _delivered;
            all[i].Add(_tallies[i]);
        }
    }

    private bool IsLookedAt(EventClass eventClass, int activity) =>
        _studied.Any(item => item.Analytic.Stages.Any(stage => stage.Reach.Has(eventClass, Math.Min(activity, Reach.Activities - 1))));

    // True when the event is of a stage and must be remembered.
    private bool Look(SeenEvent seen)
    {
        var isOfStage = false;
        for (var i = 0; i < _studied.Count; i++)
        {
            var (studied, tally) = (_studied[i], _tallies[i]);
            if (_history.Platform != Platform.Unknown && !studied.Analytic.Platforms.Contains(_history.Platform)) continue;
            foreach (var stage in studied.Analytic.Stages.Where(stage => Counts(studied.Analytic, stage, seen)))
            {
                Observe(studied, tally, stage, seen);
                isOfStage |= studied.LooksAtMatches && seen.Ask(stage.Own, default) == Tri.True;
            }
        }
        if (isOfStage) _fresh++;
        return isOfStage;
    }

    private static bool Counts(Analytic analytic, Stage stage, SeenEvent seen) =>
        (!analytic.IsPerApp || !seen.App.IsNone || stage.App == AppRule.SameOrUnnamed || analytic.CountsUnnamed)
        && stage.Reach.Has(seen.Event.Header.Class, Math.Min((int)seen.Event.Header.Activity, Reach.Activities - 1));

    private void Observe(Studied studied, Tally tally, Stage stage, SeenEvent seen)
    {
        for (var i = 0; i < studied.Places.Count; i++)
        {
            if (studied.Places[i] is StagePlace place && place.Stage.Index == stage.Index)
                Conditional.Observe(place.Condition, tally.Places[i], seen, default, _device);
        }
    }

    private void LookForMatches()
    {
        var ahead = _studied.Where(item => item.LooksAtMatches).Select(item => item.Ahead).Max() + _options.ClockSkew;
        var open = _history.Events.FirstOrDefault(seen => seen.Number >= _next && seen.End + ahead >= _now);
        Match(open?.Number ?? int.MaxValue);
        Forget();
        if (_history.Events.Count <= MostRemembered) return;
        var middle = _history.Events[_history.Events.Count / 2].Number;
        Cut += _history.Events.Count(seen => seen.Number >= _next && seen.Number < middle);
        Match(middle);
        _history.Forget(seen => seen.Number < middle);
    }

    private void Forget()
    {
        var oldest = _history.Events.FirstOrDefault(seen => seen.Number >= _next)?.Time ?? _now;
        var horizon = oldest - _studied.Select(item => item.Back).Max() - _options.ClockSkew;
        _history.Forget(seen => seen.Number < _next && seen.End < horizon);
    }

    // Each beginning is judged once, when all that may belong to it is there.
    private void Match(int until)
    {
        for (var i = 0; i < _studied.Count; i++)
        {
            var studied = _studied[i];
            if (!studied.LooksAtMatches || _history.Platform != Platform.Unknown && !studied.Analytic.Platforms.Contains(_history.Platform)) continue;
            new MatchObserver(studied, _tallies[i], _history, _options, _device).Observe(_next, until);
        }
        _next = until == int.MaxValue ? _history.Count : until;
    }
}

using Nightjar.Analytics;
using Nightjar.Analytics.Plan;
using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>
/// Finds for one first-stage event the match that is completed earliest, or more where the analytic asks for them. All events of its window are there when it is asked, so the
/// answer does not depend on the order of arrival.
/// </summary>
internal sealed class Matcher(EngineOptions options)
{
    private const int MaxMatches = 1000;

    private readonly List<Sighting[]> _found = [];
    private readonly HashSet<StoredEvent> _completed = new(ReferenceEqualityComparer.Instance);
    private Sighting[] _assigned = [];
    private StoredEvent?[] _events = [];
    private Analytic _analytic = null!;
    private Chain _chain = null!;
    private Candidates _candidates;
    private Instant _latest;
    private DeviceTrack _device = null!;
    private int _steps;
    private bool _isGivenUp;
    private ulong _taken;
    private int _first;
    private Sighting[]? _best;
    private EventHeader _bound;

    /// <summary>Searches that were given up because they took too many steps.</summary>
    public long GivenUp { get; private set; }

    /// <summary>For each match the sightings by stage; none when the chain does not hold. The list is valid until the next call.</summary>
    public IReadOnlyList<Sighting[]> Find(Analytic analytic, Chain chain, int firstStage, in Sighting first, Candidates candidates, DeviceTrack device)
    {
        _device = device;
        _first = firstStage;
        if (!candidates.Admits(analytic.Stages[firstStage], in first.Event.Header)) return [];
        foreach (var stage in chain.Stages)
        {
            if (stage != firstStage && !candidates.Any(analytic.Stages[stage])) return [];
        }
        Begin(analytic, chain, candidates);
        _latest = first.End + analytic.Window;
        Assign(firstStage, in first);
        if (chain.IsOrdered) Last(firstStage);
        else Any(first.Time);
        return _found;
    }

    private void Begin(Analytic analytic, Chain chain, Candidates candidates)
    {
        _analytic = analytic;
        _chain = chain;
        _candidates = candidates;
        _steps = 0;
        _isGivenUp = false;
        _taken = 0;
        _found.Clear();
        _completed.Clear();
        _best = null;
        if (_assigned.Length != analytic.Stages.Count)
        {
            _assigned = new Sighting[analytic.Stages.Count];
            _events = new StoredEvent?[analytic.Stages.Count];
        }
        Array.Clear(_assigned);
        Array.Clear(_events);
    }

    // The last stage first, in order of time: the first that can be joined to the beginning is the earliest completion.
    private bool Last(int firstStage)
    {
        var stages = _chain.Stages;
        if (stages.Length == 1) return IsDone();
        var last = stages[^1];
        var walk = _candidates.Of(_analytic.Stages[last]);
        while (walk.MoveNext() && Step())
        {
            ref var candidate = ref walk.Current;
            if (candidate.Time > _latest) break;
            if (!Fits(last, in candidate) || !Follows(firstStage, in candidate)) continue;
            Assign(last, in candidate);
            if (JoinMayHold(last) && Middle(1)) return true;
            Remove(last);
        }
        return false;
    }

    private bool Middle(int position)
    {
        var stages = _chain.Stages;
        if (position == stages.Length - 1) return IsDone();
        var stage = stages[position];
        var walk = _candidates.Of(_analytic.Stages[stage]);
        while (walk.MoveNext() && Step() && !IsCompleted())
        {
            ref var candidate = ref walk.Current;
            if (candidate.Time > _latest) break;
            if (!Fits(stage, in candidate) || !IsBetween(position, in candidate)) continue;
            Assign(stage, in candidate);
            if (JoinMayHold(stage) && Middle(position + 1)) return true;
            Remove(stage);
        }
        return false;
    }

    // Between sources with skew, one after the other is not enough: what comes later must come after all that came before.
    private bool IsBetween(int position, in Sighting candidate)
    {
        var stages = _chain.Stages;
        for (var i = 0; i < position; i++)
        {
            if (!Follows(stages[i], in candidate)) return false;
        }
        return Order.Follows(in candidate.Event.Header, in _assigned[stages[^1]].Event.Header, options.ClockSkew);
    }

    // Without an order, the first event is the earliest and the others come after it in any order.
    private void Any(Instant from)
    {
        Rest(0, from);
        if (_best is not null) _found.Add(_best);
        // The search goes by stages; what is completed earlier comes first.
        if (_found.Count > 1) _found.Sort(CompareCompletion);
    }

    // A way that is found bounds the rest: only one that is completed earlier is better. True ends the search.
    private bool Rest(int position, Instant from)
    {
        var stages = _chain.Stages;
        if (position == stages.Length) return _analytic.Select == MatchSelection.First ? KeepIfEarlier() : IsDone();
        var stage = stages[position];
        if (stage == _first) return Rest(position + 1, from);
        var walk = _candidates.Of(_analytic.Stages[stage]);
        while (walk.MoveNext() && Step())
        {
            ref var candidate = ref walk.Current;
            if (candidate.Time > _latest || IsBeyondBest(in candidate.Event.Header)) break;
            if (candidate.Time < from || !Fits(stage, in candidate)) continue;
            Assign(stage, in candidate);
            if (JoinMayHold(stage) && Rest(position + 1, from)) return true;
            Remove(stage);
        }
        return false;
    }

    private bool IsBeyondBest(in EventHeader header) => _best is not null && EventHeader.Compare(in header, in _bound) >= 0;

    private bool KeepIfEarlier()
    {
        var last = Completing().Header;
        if (IsBeyondBest(in last) || !Holds()) return false;
        _best = (Sighting[])_assigned.Clone();
        _bound = last;
        return false;
    }

    // By the latest event of each, then by the events in the order of the chain.
    private int CompareCompletion(Sighting[] a, Sighting[] b)
    {
        var order = EventHeader.Compare(in LatestOf(a).Header, in LatestOf(b).Header);
        for (var i = 0; order == 0 && i < _chain.Stages.Length; i++)
            order = EventHeader.Compare(in a[_chain.Stages[i]].Event.Header, in b[_chain.Stages[i]].Event.Header);
        return order;
    }

    private StoredEvent LatestOf(Sighting[] assigned)
    {
        var latest = assigned[_chain.Stages[0]].Event;
        foreach (var stage in _chain.Stages)
        {
            if (assigned[stage].Event is { } other && EventHeader.Compare(in latest.Header, in other.Header) < 0) latest = other;
        }
        return latest;
    }

    // True ends the search: enough was found.
    private bool IsDone()
    {
        if (IsCompleted() || !Holds()) return false;
        _found.Add((Sighting[])_assigned.Clone());
        if (_analytic.Select == MatchSelection.First) return true;
        _completed.Add(Completing());
        if (_found.Count < MaxMatches) return false;
        GivenUp++;
        return true;
    }

    // Each event completes one match only.
    private bool IsCompleted() => _analytic.Select == MatchSelection.Each && _completed.Contains(Completing());

    private StoredEvent Completing() => _chain.IsOrdered ? _events[_chain.Stages[^1]]! : LatestOf(_assigned);

    private bool Step()
    {
        if (++_steps <= options.MaxSearchSteps) return true;
        if (!_isGivenUp) GivenUp++;
        _isGivenUp = true;
        return false;
    }

    private void Assign(int stage, in Sighting sighting)
    {
        _assigned[stage] = sighting;
        _events[stage] = sighting.Event;
        _taken |= StageBit.Of(stage);
    }

    private void Remove(int stage)
    {
        _assigned[stage] = default;
        _events[stage] = null;
        _taken &= ~StageBit.Of(stage);
    }

    private bool Fits(int stage, in Sighting candidate)
    {
        if (!_candidates.Admits(_analytic.Stages[stage], in candidate.Event.Header)) return false;
        foreach (var other in _chain.Stages)
        {
            if (other != stage && ReferenceEquals(_events[other], candidate.Event)) return false;
        }
        return true;
    }

    private bool Follows(int previous, in Sighting next) =>
        Order.Follows(in _assigned[previous].Event.Header, in next.Event.Header, options.ClockSkew);

    // Asked as soon as all the events are there that a part looks at; false ends the branch.
    private bool JoinMayHold(int stage)
    {
        foreach (var other in _chain.Stages)
        {
            if (_events[other] is not null && !Joins(other, _taken, StageBit.Of(stage))) return false;
        }
        return true;
    }

    private bool Holds()
    {
        if (_analytic.IsPerApp && !_analytic.CountsUnnamed && !NamesApp()) return false;
        foreach (var stage in _chain.Stages)
        {
            if (!Joins(stage, _chain.Bits, 0)) return false;
        }
        foreach (var stage in _chain.Unless)
        {
            if (Happened(stage, _assigned[_first].Time - _analytic.Window, LastTime)) return false;
        }
        return !_analytic.Absences.Any(Happened) && MeasuresHold();
    }

    // A match is about an app only when one of its events is the app's own.
    private bool NamesApp() => Array.Exists(_chain.Stages, stage => _candidates.App is { } key && _assigned[stage].Event.Header.App == key.App.App);

    private Instant LastTime => _chain.IsOrdered ? _assigned[_chain.Stages[^1]].Time : _chain.Stages.Max(stage => _assigned[stage].Time);

    private bool MeasuresHold()
    {
        if (_chain.Require.Length == 0) return true;
        var meter = new Meter(options, _analytic, _chain, _first, _assigned, _events, _candidates, _device, _latest + options.ClockSkew);
        var holds = Array.TrueForAll(_chain.Require, measure => meter.Read(measure).State == Tri.True);
        _steps += meter.Windows;
        return holds;
    }

    // Parts that look at stages outside the chain cannot be asked and do not count.
    private bool Joins(int stage, ulong there, ulong concerned)
    {
        var own = StageBit.Of(stage);
        foreach (var part in _analytic.Stages[stage].Joins)
        {
            if ((part.Looks & ~there) != 0 || concerned != 0 && ((part.Looks | own) & concerned) == 0) continue;
            if (part.Eval(new MatchScope(_assigned[stage].Event.View, in _assigned[stage].Moment, _events)) != Tri.True) return false;
        }
        return true;
    }

    private bool Happened(Absence absence)
    {
        var from = absence.After >= 0 && _events[absence.After] is not null ? _assigned[absence.After].Time : _assigned[_first].Time;
        var to = absence.Before >= 0 && _events[absence.Before] is not null ? _assigned[absence.Before].Time : _latest;
        return Happened(absence.Stage, from, to);
    }

    private bool Happened(int stage, Instant from, Instant to)
    {
        var walk = _candidates.Of(_analytic.Stages[stage]);
        while (walk.MoveNext() && Step())
        {
            ref var candidate = ref walk.Current;
            if (candidate.End < from || candidate.Time > to || !Fits(stage, in candidate)) continue;
            if (Joined.All(_analytic.Stages[stage], in candidate, _events, _chain.Bits)) return true;
        }
        return false;
    }
}

/// <summary>Whether an event beside the chain goes with the events of the chain.</summary>
internal static class Joined
{
    public static bool All(Stage stage, in Sighting candidate, StoredEvent?[] events, ulong there)
    {
        foreach (var part in stage.Joins)
        {
            if ((part.Looks & ~there) != 0) continue;
            if (part.Eval(new MatchScope(candidate.Event.View, in candidate.Moment, events)) != Tri.True) return false;
        }
        return true;
    }
}

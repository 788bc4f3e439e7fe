using Nightjar.Analytics;
using Nightjar.Analytics.InForce;
using Nightjar.Analytics.Plan;
using Nightjar.Events;
using Nightjar.Inquiry;

namespace Nightjar.Calibration;

/// <summary>Observes what one analytic compares with tunables around its matches on one device.</summary>
internal sealed class MatchObserver(Studied studied, Tally tally, History history, InquiryOptions options, Symbol device)
{
    /// <summary>Looks at the beginnings whose number lies from one up to another.</summary>
    public void Observe(int from, int until)
    {
        if (studied.Places.Any(place => place is AdditionPlace or MeasurePlace)) Observe(studied.Analytic, from, until, AtMatches);
        if (studied.LooksAtWindow) Observe(studied.Wide, from, until, AroundChains);
    }

    private void Observe(Analytic analytic, int from, int until, Action<Reconstruction, Chain, Beginning, Symbol> look)
    {
        var choice = new Choice(analytic, history, new NoPolicy([analytic]));
        var appearances = new Appearances(choice, history);
        var memory = new Memory(choice, appearances, history, options);
        List<Beginning> beginnings = [.. memory.Beginnings.Where(item => item.Seen.Number >= from && item.Seen.Number < until)];
        if (beginnings.Count == 0) return;
        foreach (var app in Apps(analytic))
        {
            var reconstruction = new Reconstruction(analytic, appearances, memory, history, options, app);
            foreach (var beginning in beginnings.Where(item => MayBeOf(analytic, item, app)))
            {
                foreach (var chain in analytic.Chains.Where(chain => chain.IsOrdered ? chain.Stages[0] == beginning.Stage : chain.Stages.Contains(beginning.Stage)))
                    look(reconstruction, chain, beginning, app);
            }
        }
    }

    private IEnumerable<Symbol> Apps(Analytic analytic)
    {
        if (!analytic.IsPerApp) return [Symbol.None];
        var named = history.Events.Select(seen => seen.App).Where(app => !app.IsNone).Distinct();
        return analytic.CountsUnnamed ? named.Append(Symbol.None) : named;
    }

    private static bool MayBeOf(Analytic analytic, Beginning beginning, Symbol app) =>
        !analytic.IsPerApp || beginning.Seen.App == app || beginning.Seen.App.IsNone && !analytic.CountsUnnamed;

    private void AtMatches(Reconstruction reconstruction, Chain chain, Beginning beginning, Symbol app)
    {
        if (!chain.Blind.All(stage => !reconstruction.Observed(stage, beginning))) return;
        foreach (var way in reconstruction.Matches(chain, beginning)) AtMatch(reconstruction, way, app);
        // A measure that a chain requires is of interest where it is all that is missing.
        foreach (var (place, index) in Indexed<MeasurePlace>().Where(item => item.Place.Chain == chain))
        {
            var way = reconstruction.Ways(chain, beginning).FirstOrDefault(way => reconstruction.Objections(way).All(objection => objection.Measure == place.Measure));
            if (way is not null) AtMeasure(reconstruction, way, place, tally.Places[index], app);
        }
    }

    private void AtMatch(Reconstruction reconstruction, Way way, Symbol app)
    {
        foreach (var (place, index) in Indexed<AdditionPlace>())
        {
            foreach (var seen in place.Addition.At < 0 ? way.InChain : way.InChain.Where(seen => seen == way.Events[place.Addition.At]))
                Conditional.Observe(place.Condition, tally.Places[index], seen, way.Stored, device);
        }
        foreach (var (place, index) in Indexed<MeasurePlace>().Where(item => item.Place.Chain is null)) AtMeasure(reconstruction, way, place, tally.Places[index], app);
    }

    private void AtMeasure(Reconstruction reconstruction, Way way, MeasurePlace place, PlaceTally seen, Symbol app)
    {
        seen.Asked++;
        var measured = reconstruction.Measure(way, place.Measure);
        if (measured.State == Tri.Unknown)
        {
            seen.NotObservable++;
            return;
        }
        if (measured.Figures.Any(figure => figure.Kind != place.Limit.Figure && !figure.Holds)) return;
        seen.Deciding++;
        var number = place.Limit.Figure == MeasureFigure.Period ? Regularity.Of(measured.Events, place.Measure.AtLeast) : measured.Figures.First(figure => figure.Kind == place.Limit.Figure).Have;
        if (double.IsFinite(number)) seen.Take(Math.Max(0, number - place.Limit.Plus), device, app);
    }

    // The way that is completed earliest; whether the match would hold otherwise is not asked, for that depends on the window itself.
    private void AroundChains(Reconstruction reconstruction, Chain chain, Beginning beginning, Symbol app)
    {
        if (reconstruction.Ways(chain, beginning).FirstOrDefault() is not { } way) return;
        foreach (var (place, index) in Indexed<ChainPlace>().Where(item => item.Place.Chain == chain))
        {
            tally.Places[index].Asked++;
            Take(tally.Places[index], way.InChain.Max(seen => seen.Time) - beginning.Seen.End, app);
        }
        foreach (var (place, index) in Indexed<BesidePlace>().Where(item => item.Place.Chain is null || item.Place.Chain == chain))
        {
            tally.Places[index].Asked++;
            foreach (var seen in reconstruction.Measure(way, place.Measure).Events.Where(seen => !way.InChain.Contains(seen)))
                Take(tally.Places[index], Distance(beginning.Seen, seen), app);
        }
    }

    private void Take(PlaceTally seen, TimeSpan span, Symbol app)
    {
        seen.Deciding++;
        seen.Take(Math.Max(0, span.TotalSeconds), device, app);
    }

    private static TimeSpan Distance(SeenEvent first, SeenEvent seen) => seen.Time > first.Time ? seen.Time - first.End : first.Time - seen.End;

    private IEnumerable<(T Place, int Index)> Indexed<T>()
        where T : Place
    {
        for (var i = 0; i < studied.Places.Count; i++)
        {
            if (studied.Places[i] is T place) yield return (place, i);
        }
    }
}

/// <summary>How regular contacts are, as the least tolerance at which they are called regular.</summary>
internal static class Regularity
{
    // Hundredths up to a fifth of the period, twentieths from there: nobody can tell more from so few contacts.
    private static readonly double[] Steps = [.. Enumerable.Range(0, 21).Select(step => step / 100d), .. Enumerable.Range(5, 16).Select(step => step / 20d)];

    /// <summary>Not a number where they are regular at no tolerance.</summary>
    public static double Of(IReadOnlyList<SeenEvent> events, int atLeast)
    {
        var once = Connections.Once(events);
        foreach (var step in Steps)
        {
            if (Rhythm.Of(once, step, atLeast) is not null) return step;
        }
        return double.NaN;
    }
}

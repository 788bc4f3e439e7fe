using System.Globalization;
using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>How regular contacts are.</summary>
/// <param name="Period">The median interval.</param>
/// <param name="Spread">Median deviation of the intervals that are one period long.</param>
/// <param name="Contacts">Contacts looked at; those within a second are one.</param>
/// <param name="Missed">Beats that were left out.</param>
/// <param name="Chance">How often contacts at random moments would look as regular as that, 0 to 1.</param>
internal sealed record Periodicity(TimeSpan Period, TimeSpan Spread, int Contacts, int Missed, double Chance)
{
    private const double RegularShare = 0.6;
    private const double ExplainedShare = 0.8;
    private const double MostChance = 0.02;
    private const int MostMissed = 4;

    private static readonly TimeSpan OneContact = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Null when there is no period. At least three fifths of the intervals must be one period long within the tolerance, and four fifths one
    /// period or a few: a phone that dozes leaves beats out, and a longer gap says nothing. And it must be so regular that random contacts
    /// would look like it in one of fifty cases at most: a wide tolerance or few contacts explain everything and prove nothing.
    /// </summary>
    /// <param name="times">Times of contacts, ascending.</param>
    /// <param name="tolerance">Share of the period by which an interval may differ.</param>
    /// <param name="atLeast">Contacts that there must be, those within a second counted as one.</param>
    public static Periodicity? Of(IReadOnlyList<Instant> times, double tolerance, int atLeast)
    {
        var contacts = Separate(times);
        if (contacts.Count < Math.Max(4, atLeast)) return null;
        var intervals = contacts.Skip(1).Zip(contacts, (later, earlier) => (later - earlier).TotalSeconds).Order().ToArray();
        var period = Shortest(intervals, tolerance);
        if (period < ShortestPeriod.TotalSeconds) return null;
        var beats = intervals.Select(interval => Math.Max(1, (int)Math.Round(interval / period))).ToArray();
        var fits = intervals.Select((interval, i) => Math.Abs(interval - beats[i] * period) <= tolerance * period).ToArray();
        var regular = Count(i => fits[i] && beats[i] == 1);
        var explained = Count(i => fits[i] && beats[i] <= MostMissed + 1);
        if (regular < RegularShare * intervals.Length || explained < ExplainedShare * intervals.Length) return null;
        var chance = ChanceOf(intervals, period, tolerance, explained);
        if (chance > MostChance) return null;
        var deviations = intervals.Where((_, i) => fits[i] && beats[i] == 1).Select(interval => Math.Abs(interval - period)).Order().ToArray();
        var missed = beats.Where((_, i) => fits[i]).Sum(beat => beat - 1);
        return new Periodicity(TimeSpan.FromSeconds(period), TimeSpan.FromSeconds(deviations[deviations.Length / 2]), contacts.Count, missed, chance);

        int Count(Func<int, bool> counts) => Enumerable.Range(0, intervals.Length).Count(counts);
    }

    public override string ToString()
    {
        var missed = Missed switch { 0 => "", 1 => ", 1 beat missed", _ => string.Create(CultureInfo.InvariantCulture, $", {Missed} beats missed") };
        return string.Create(CultureInfo.InvariantCulture,
            $"every {Period.TotalSeconds:0.#} s, give or take {Spread.TotalSeconds:0.#} s, from {Contacts} contacts{missed}; random contacts would look so in {Odds()}");
    }

    private string Odds()
    {
        if (Chance < 1e-6) return "less than 1 of a million cases";
        var cases = 1 / Chance;
        var unit = Math.Pow(10, Math.Floor(Math.Log10(cases)));
        return string.Create(CultureInfo.InvariantCulture, $"1 of {Math.Floor(cases / unit) * unit:0} cases");
    }

    private static List<Instant> Separate(IReadOnlyList<Instant> times)
    {
        var contacts = new List<Instant>();
        foreach (var time in times)
        {
            if (contacts.Count == 0 || time - contacts[^1] >= OneContact) contacts.Add(time);
        }
        return contacts;
    }

    // The median of the intervals that are not much longer than the median of all: missed beats must not stretch the period.
    private static double Shortest(double[] sorted, double tolerance)
    {
        var median = sorted[sorted.Length / 2];
        var near = Array.FindAll(sorted, interval => interval <= median * (1 + tolerance));
        return near[near.Length / 2];
    }

    // Contacts at random moments have exponential intervals. One of them lies near one of the first few multiples of the period by a chance
    // that follows from the mean interval; that so many do is the tail of a binomial. One interval is not counted: the period was chosen by it.
    private static double ChanceOf(double[] intervals, double period, double tolerance, int explained)
    {
        var rate = period / intervals.Average();
        var reach = Math.Min(tolerance, 0.5);
        var each = 0d;
        for (var beat = 1; beat <= MostMissed + 1; beat++) each += Math.Exp(-rate * (beat - reach)) - Math.Exp(-rate * (beat + reach));
        return Tail(intervals.Length - 1, explained - 1, each);
    }

    /// <summary>The chance of at least <paramref name="least"/> successes in <paramref name="trials"/>.</summary>
    private static double Tail(int trials, int least, double chance)
    {
        if (least <= 0 || chance >= 1) return 1;
        var choose = 0d;
        for (var i = 0; i < least; i++) choose += Math.Log((double)(trials - i) / (least - i));
        var sum = 0d;
        for (var k = least; k <= trials; k++)
        {
            sum += Math.Exp(choose + k * Math.Log(chance) + (trials - k) * Math.Log(1 - chance));
            choose += Math.Log((double)(trials - k) / (k + 1));
        }
        return Math.Min(1, sum);
    }
}

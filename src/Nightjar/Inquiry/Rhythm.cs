using System.Globalization;
using Nightjar.Events;

namespace Nightjar.Inquiry;

/// <summary>How regular contacts are: a period, how well the intervals keep to it, and how often chance alone would do as well.</summary>
internal sealed record Rhythm(double Period, double Spread, int Contacts, int Missed, double Chance)
{
    // A beat and up to four that were left out before it.
    private const int MostBeats = 5;

    /// <summary>Null when there is no rhythm.</summary>
    /// <param name="seen">The contacts, in order; those that begin within a second of one are that one.</param>
    /// <param name="tolerance">By which share of the period an interval may differ from a whole number of periods.</param>
    /// <param name="atLeast">How many contacts there must be; four in any case.</param>
    public static Rhythm? Of(IReadOnlyList<SeenEvent> seen, double tolerance, int atLeast)
    {
        List<Instant> contacts = [];
        foreach (var time in seen.Select(item => item.Time).Where(time => contacts.Count == 0 || time >= contacts[^1] + TimeSpan.FromSeconds(1))) contacts.Add(time);
        if (contacts.Count < 4 || contacts.Count < atLeast) return null;
        double[] intervals = [.. contacts.Zip(contacts.Skip(1)).Select(pair => (pair.Second - pair.First).TotalSeconds).Order()];
        var period = PeriodOf(intervals, tolerance);
        if (period < 2) return null;
        // How many periods an interval is long, and by how much it misses that.
        var kept = intervals.Select(interval => (Beats: Math.Max(1, (int)Math.Round(interval / period)), Interval: interval))
            .Select(item => (item.Beats, Off: Math.Abs(item.Interval - item.Beats * period))).Where(item => item.Off <= tolerance * period).ToList();
        double[] single = [.. kept.Where(item => item.Beats == 1).Select(item => item.Off).Order()];
        var explained = kept.Count(item => item.Beats <= MostBeats);
        if (single.Length < 0.6 * intervals.Length || explained < 0.8 * intervals.Length) return null;
        var chance = ChanceOf(intervals, period, tolerance, explained);
        return chance > 0.02 ? null : new Rhythm(period, single[single.Length / 2], contacts.Count, kept.Sum(item => item.Beats - 1), chance);
    }

    public override string ToString()
    {
        var missed = Missed == 0 ? "" : Missed == 1 ? ", 1 beat missed" : $", {Missed} beats missed";
        FormattableString text = $"every {TimeSpan.FromSeconds(Period).TotalSeconds:0.#} s, give or take {TimeSpan.FromSeconds(Spread).TotalSeconds:0.#} s, from {Contacts} contacts{missed}; random contacts would look so in {Odds}";
        return text.ToString(CultureInfo.InvariantCulture);
    }

    // In one figure: chance is not known better than that.
    private string Odds
    {
        get
        {
            if (Chance < 1e-6) return "less than 1 of a million cases";
            var power = Math.Pow(10, Math.Floor(Math.Log10(1 / Chance)));
            return string.Create(CultureInfo.InvariantCulture, $"1 of {Math.Floor(1 / Chance / power) * power:0} cases");
        }
    }

    // Beats that were left out make long intervals; they must not stretch the period.
    private static double PeriodOf(double[] sorted, double tolerance)
    {
        var bound = sorted[sorted.Length / 2] * (1 + tolerance);
        double[] near = [.. sorted.Where(interval => interval <= bound)];
        return near[near.Length / 2];
    }

    // Random contacts have exponential intervals. How likely is it that so many of them lie near a multiple of the period? The one by which
    // the period was chosen proves nothing.
    private static double ChanceOf(double[] intervals, double period, double tolerance, int explained)
    {
        var mean = intervals.Average();
        var half = Math.Min(tolerance, 0.5);
        var near = Enumerable.Range(1, MostBeats).Sum(beat => Math.Exp(-(beat - half) * period / mean) - Math.Exp(-(beat + half) * period / mean));
        var (trials, least) = (intervals.Length - 1, explained - 1);
        if (least <= 0 || near >= 1) return 1;
        return Math.Min(1, Enumerable.Range(least, trials - least + 1).Sum(k => Choose(trials, k) * Math.Pow(near, k) * Math.Pow(1 - near, trials - k)));
    }

    private static double Choose(int n, int k) => Enumerable.Range(1, k).Aggregate(1d, (product, i) => product * (n - k + i) / i);
}

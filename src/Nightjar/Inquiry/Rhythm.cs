using System.Globalization;
using Nightjar.Events;

namespace Nightjar.Inquiry;

/// <summary>How regular contacts are: a period, and how well the intervals keep to it.</summary>
internal sealed record Rhythm(double Period, double Spread, int Contacts, int Missed)
{
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
        // (how many periods the interval is long, by how much it misses that)
        var read = intervals.Select(interval => (Beats: Math.Max(1, (int)Math.Round(interval / period)), interval))
            .Select(item => (item.Beats, Off: Math.Abs(item.interval - item.Beats * period)))
            .Where(item => item.Off <= tolerance * period).ToArray();
        double[] single = [.. read.Where(item => item.Beats == 1).Select(item => item.Off).Order()];
        var explained = read.Count(item => item.Beats <= 5);
        if (single.Length / (double)intervals.Length < 0.6 || explained / (double)intervals.Length < 0.8) return null;
        return new Rhythm(period, single[single.Length / 2], contacts.Count, read.Sum(item => item.Beats - 1));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"every {TimeSpan.FromSeconds(Period).TotalSeconds:0.#} s, give or take {TimeSpan.FromSeconds(Spread).TotalSeconds:0.#} s, from {Contacts} contacts{(Missed > 0 ? $", {Missed} beats missed" : "")}");

    // Beats that were left out make long intervals; they must not stretch the period.
    private static double PeriodOf(double[] sorted, double tolerance)
    {
        var bound = sorted[sorted.Length / 2] * (1 + tolerance);
        double[] near = [.. sorted.Where(interval => interval <= bound)];
        return near[near.Length / 2];
    }
}

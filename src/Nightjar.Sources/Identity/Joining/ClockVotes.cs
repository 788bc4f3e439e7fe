namespace Nightjar.Sources.Identity.Joining;

/// <summary>Votes for the difference of two clocks, in slots of a second.</summary>
internal sealed class ClockVotes
{
    private const double Slot = 1;
    private const int LeastPairs = 5;

    // Pairs that do not belong together vote all over; what they give one place by chance stays far below this many times their mean.
    private const double AboveChance = 4;

    // Contacts at regular intervals match as well one interval further; then nobody knows which it is.
    private const double Rival = 0.8;

    private readonly int _reach;
    private readonly int[] _counts;
    private readonly double[] _sums;
    private readonly double[] _squares;
    private int _all;

    public ClockVotes(TimeSpan reach)
    {
        _reach = (int)(reach.TotalSeconds / Slot);
        _counts = new int[2 * _reach + 1];
        _sums = new double[_counts.Length];
        _squares = new double[_counts.Length];
    }

    public void Add(TimeSpan difference)
    {
        var seconds = difference.TotalSeconds;
        var slot = (int)Math.Round(seconds / Slot) + _reach;
        if (slot < 0 || slot >= _counts.Length) return;
        _all++;
        _counts[slot]++;
        _sums[slot] += seconds;
        _squares[slot] += seconds * seconds;
    }

    /// <summary>The difference that stands out; null when none does.</summary>
    public (TimeSpan Offset, TimeSpan Spread, int Pairs)? Decide()
    {
        var best = Best(-1);
        var pairs = (int)Near(_counts, best);
        var chance = 3.0 * (_all - pairs) / (_counts.Length - 3);
        if (pairs < LeastPairs || pairs < AboveChance * (chance + 1) || Near(_counts, Best(best)) >= Rival * pairs) return null;
        var mean = Near(_sums, best) / pairs;
        var variance = Math.Max(0, Near(_squares, best) / pairs - mean * mean);
        return (TimeSpan.FromMilliseconds(Math.Round(mean * 1000)), TimeSpan.FromMilliseconds(Math.Round(Math.Sqrt(variance) * 1000)), pairs);
    }

    // The slot with most votes, neighbours included, away from another slot.
    private int Best(int other)
    {
        var best = -1;
        for (var i = 1; i < _counts.Length - 1; i++)
        {
            if (other >= 0 && Math.Abs(i - other) <= 3) continue;
            if (best < 0 || Near(_counts, i) > Near(_counts, best)) best = i;
        }
        return best;
    }

    // A slot with its neighbours, for a difference that lies at the edge of one.
    private static double Near(int[] values, int i) => (double)values[i - 1] + values[i] + values[i + 1];

    private static double Near(double[] values, int i) => values[i - 1] + values[i] + values[i + 1];
}

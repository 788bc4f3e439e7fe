using Nightjar.Analytics;
using Nightjar.Analytics.Plan;

namespace Nightjar.Engine;

/// <summary>Which analytics could have a chain, by the kinds of the events of an app of which not everything was asked.</summary>
/// <param name="Groups">Those of which one could, as bits of <see cref="AloneTimes.GroupOf"/>.</param>
/// <param name="UnlessObserved">Chains that hold only where a stage could not be observed, of any analytic.</param>
internal sealed record ChainsInSight(uint Groups, IReadOnlyList<(int Index, Chain Chain)> UnlessObserved);

/// <summary>Remembers <see cref="ChainsInSight"/>: few sets of kinds come, and each again and again.</summary>
internal sealed class ChainsInSightMemo(IReadOnlyList<Analytic> analytics, AloneTimes times)
{
    /// <summary>So many events stand for any number.</summary>
    public const int MostEvents = 8;

    private const int MostRows = 64;
    private const int MostRemembered = 4096;

    private readonly List<PlanRow> _rows = [];
    private readonly Dictionary<(ulong Rows, int Events), ChainsInSight> _known = [];
    private readonly (ulong Rows, int Events, ChainsInSight? InSight)[] _recent = new (ulong, int, ChainsInSight?)[256];

    /// <summary>A row by its number.</summary>
    public PlanRow this[int number] => _rows[number];

    /// <summary>Gives a row its number.</summary>
    public int Add(PlanRow row)
    {
        _rows.Add(row);
        // More rows than bits share them: what was known of a bit does not hold any more.
        Forget();
        return _rows.Count - 1;
    }

    /// <summary>For an event of a row and no other.</summary>
    public ChainsInSight Alone(PlanRow row) => row.Alone ??= Ask(BitOf(row.Number), 1);

    /// <summary>The bit of a row in a set of some.</summary>
    public static ulong BitOf(int number) => 1UL << number % MostRows;

    /// <summary>For so many events, all of kinds of a set.</summary>
    public ChainsInSight Of(ulong rows, int events)
    {
        var key = (Rows: rows, Events: Math.Min(events, MostEvents));
        ref var recent = ref _recent[(int)(rows * 0x9E37_79B9_7F4A_7C15 >> 56) ^ key.Events];
        if (recent.InSight is not null && recent.Rows == rows && recent.Events == key.Events) return recent.InSight;
        if (!_known.TryGetValue(key, out var known))
        {
            if (_known.Count == MostRemembered) _known.Clear();
            _known[key] = known = Ask(rows, key.Events);
        }
        recent = (rows, key.Events, known);
        return known;
    }

    private void Forget()
    {
        _known.Clear();
        Array.Clear(_recent);
        foreach (var row in _rows) row.Alone = null;
    }

    private ChainsInSight Ask(ulong rows, int events)
    {
        var possible = new ulong[analytics.Count];
        for (var number = 0; number < _rows.Count; number++)
        {
            if ((rows & BitOf(number)) == 0) continue;
            foreach (var (index, stages) in _rows[number].Possible) possible[index] |= stages;
        }
        var groups = 0u;
        var unlessObserved = new List<(int Index, Chain Chain)>();
        for (var index = 0; index < possible.Length; index++)
        {
            foreach (var chain in analytics[index].Chains)
            {
                if ((StageBit.Of(chain.Stages) & ~possible[index]) != 0 || events < Math.Min(MostEvents, LeastEvents(analytics[index], chain))) continue;
                if (chain.Blind.Length == 0) groups |= times.GroupOf(index);
                else unlessObserved.Add((index, chain));
            }
        }
        return new ChainsInSight(groups, unlessObserved);
    }

    // An event is of one stage of a match, and what is counted are events of the app, unless others count too.
    private static int LeastEvents(Analytic analytic, Chain chain) =>
        chain.Require.Where(measure => measure.Count is null && analytic.Stages[measure.Stage].App != AppRule.Other).Select(measure => measure.AtLeast).Append(chain.Stages.Length).Max();
}

using Nightjar.Analytics.Tuning;

namespace Nightjar.Calibration;

/// <summary>Which values of a tunable are worth a try: the default and what is in force, round ones around them, and where the data lie.</summary>
internal static class CandidateValues
{
    /// <summary>Values that are tried at most when none are asked for.</summary>
    public const int Most = 12;

    private static readonly double[] Shares = [0.1, 0.25, 0.5, 0.75, 0.9, 0.99];

    /// <summary>In ascending order, each once, all inside the range.</summary>
    /// <param name="tunable">The tunable.</param>
    /// <param name="observed">What is compared with it, place by place.</param>
    public static IReadOnlyList<TunableValue> Of(Tunable tunable, IEnumerable<ValueSummary> observed)
    {
        if (tunable.Kind == TunableKind.Boolean) return [TunableValue.Of(TunableKind.Boolean, 0), TunableValue.Of(TunableKind.Boolean, 1)];
        var all = new ValueSummary();
        foreach (var summary in observed) all.Add(summary);
        var data = all.Count == 0 ? [] : Shares.Select(share => Round(tunable.Kind, all.Quantile(share)));
        var values = new SortedDictionary<double, TunableValue>();
        foreach (var number in new[] { tunable.Default.Number, tunable.Value.Number }.Concat(data).Concat(Around(tunable).Select(number => Significant(number, 6))))
        {
            var value = TunableValue.Of(tunable.Kind, number);
            if (values.Count < Most && tunable.Allows(value)) values.TryAdd(value.Number, value);
        }
        return [.. values.Values];
    }

    private static double[] Around(Tunable tunable)
    {
        var usual = tunable.Default.Number;
        return tunable.Kind switch
        {
            TunableKind.Duration or TunableKind.Bytes => [usual / 2, usual * 2, usual / 4, usual * 4],
            TunableKind.Count => [usual - 1, usual + 1, usual * 2, Math.Ceiling(usual / 2)],
            TunableKind.Ratio => [usual / 2, usual * 2, usual - 0.05, usual + 0.05],
            _ when tunable is { Minimum: { } low, Maximum: { } high } => [.. new[] { -1, 1, -2.5, 2.5 }.Select(steps => usual + steps * (high - low) / 40)],
            _ => [usual * 0.9, usual * 1.1, usual / 2, usual * 2],
        };
    }

    // Two digits of the unit in which people would write it.
    private static double Round(TunableKind kind, double number)
    {
        if (kind == TunableKind.Bytes && number >= 4096) return Math.Round(number / SizeUnit(number)) * SizeUnit(number);
        if (kind != TunableKind.Duration) return Significant(number, kind == TunableKind.Count ? 9 : 2);
        var unit = number switch { >= 7200 => 3600, >= 120 => 60, _ => 1 };
        return Significant(number / unit, 2) * unit;
    }

    private static double SizeUnit(double bytes) => bytes switch { >= 4L << 30 => 1 << 30, >= 4 << 20 => 1 << 20, _ => 1 << 10 };

    private static double Significant(double number, int digits)
    {
        if (number == 0 || !double.IsFinite(number)) return 0;
        var scale = Math.Pow(10, digits - 1 - Math.Floor(Math.Log10(Math.Abs(number))));
        // Decimal tails such as 0.30000000000000004 are nobody's wish.
        return scale > 0 && double.IsFinite(scale) ? Math.Round(Math.Round(number * scale) / scale, 12) : number;
    }
}

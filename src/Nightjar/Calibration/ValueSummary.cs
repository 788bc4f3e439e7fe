namespace Nightjar.Calibration;

/// <summary>
/// How numbers are distributed, in bounded room: exact up to <see cref="MostDistinct"/> distinct numbers, beyond that each is cut to fewer
/// binary digits. The same numbers give the same summary in any order and in any parts.
/// </summary>
internal sealed class ValueSummary
{
    /// <summary>Distinct numbers that are told apart.</summary>
    public const int MostDistinct = 2048;

    private const int AllDigits = 52;
    private const int FirstCut = 10;

    private Dictionary<double, long> _counts = [];
    private int _digits = AllDigits;

    public long Count { get; private set; }

    public double Minimum { get; private set; } = double.PositiveInfinity;

    public double Maximum { get; private set; } = double.NegativeInfinity;

    /// <summary>By which share a number may have been made smaller; 0 while all are exact. Minimum and maximum are exact always.</summary>
    public double Error => _digits == AllDigits ? 0 : Math.Pow(2, -_digits);

    public void Add(double number)
    {
        Minimum = Math.Min(Minimum, number);
        Maximum = Math.Max(Maximum, number);
        Put(number, 1);
        if (_counts.Count > MostDistinct) Coarsen();
    }

    public void Add(ValueSummary other)
    {
        Minimum = Math.Min(Minimum, other.Minimum);
        Maximum = Math.Max(Maximum, other.Maximum);
        if (other._digits < _digits) CutTo(other._digits);
        foreach (var (number, count) in other._counts) Put(number, count);
        if (_counts.Count > MostDistinct) Coarsen();
    }

    /// <summary>The number that this share of all, from 0 to 1, does not exceed (nearest rank). There must be one.</summary>
    public double Quantile(double share)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        if (rank >= Count) return Maximum;
        foreach (var (number, count) in _counts.OrderBy(pair => pair.Key))
        {
            rank -= count;
            if (rank <= 0) return Math.Max(Minimum, number);
        }
        return Maximum;
    }

    private void Put(double number, long count)
    {
        var key = Cut(number);
        _counts[key] = _counts.GetValueOrDefault(key) + count;
        Count += count;
    }

    // Cutting digits off what was cut already gives the same as cutting at once, so order plays no part.
    private void Coarsen()
    {
        while (_counts.Count > MostDistinct && _digits > 0) CutTo(_digits == AllDigits ? FirstCut : _digits - 1);
    }

    private void CutTo(int digits)
    {
        var finer = _counts;
        _digits = digits;
        _counts = [];
        Count = 0;
        foreach (var (number, count) in finer) Put(number, count);
    }

    private double Cut(double number) =>
        BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(number + 0.0) & (-1L << (AllDigits - _digits)));
}

using Nightjar.Calibration;
using Xunit;

namespace Nightjar.Tests.Calibration;

/// <summary>How numbers are distributed, exactly as far as that is promised.</summary>
public sealed class ValueSummaryTests
{
    [Fact]
    public void Quantiles_of_few_numbers_are_the_numbers_themselves()
    {
        var summary = Of(Enumerable.Range(1, 100).Select(number => (double)number));
        Assert.Equal([1, 25, 50, 75, 90, 99, 100], new[] { 0, 0.25, 0.5, 0.75, 0.9, 0.99, 1 }.Select(summary.Quantile));
        Assert.Equal(0, summary.Error);
    }

    [Fact]
    public void One_number_is_every_quantile()
    {
        var summary = Of([7.25]);
        Assert.Equal([7.25, 7.25, 7.25], new[] { 0.01, 0.5, 0.99 }.Select(summary.Quantile));
    }

    [Fact]
    public void Zero_and_minus_zero_are_one_number() => Assert.Equal(0, Of([0d, -0d, 0d]).Quantile(0.5));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Many_numbers_lose_no_more_than_is_said(int seed)
    {
        var numbers = Numbers(seed);
        var summary = Of(numbers);
        Assert.InRange(summary.Error, 1e-6, 0.04);
        Array.Sort(numbers);
        foreach (var share in new[] { 0.1, 0.25, 0.5, 0.9, 0.99 })
        {
            var exact = numbers[(int)Math.Ceiling(share * numbers.Length) - 1];
            Assert.InRange(summary.Quantile(share), exact * (1 - summary.Error), exact);
        }
        Assert.Equal((numbers[0], numbers[^1], numbers.Length), (summary.Minimum, summary.Maximum, summary.Count));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Order_and_parts_make_no_difference(int seed)
    {
        var numbers = Numbers(seed);
        var whole = Of(numbers);
        new Random(seed).Shuffle(numbers);
        var parts = numbers.Chunk(1 + numbers.Length / 7).Select(Of).ToList();
        var leftFirst = parts.Aggregate(new ValueSummary(), Sum);
        var rightFirst = Enumerable.Reverse(parts).Aggregate(new ValueSummary(), Sum);
        foreach (var other in new[] { Of(numbers), leftFirst, rightFirst })
            Assert.Equal(Told(whole), Told(other));
    }

    private static string Told(ValueSummary summary) =>
        FormattableString.Invariant($"{summary.Count} {summary.Minimum} {summary.Maximum} {summary.Error} ") + string.Join(' ', Enumerable.Range(0, 101).Select(percent => summary.Quantile(percent / 100d)));

    private static ValueSummary Sum(ValueSummary sum, ValueSummary part)
    {
        sum.Add(part);
        return sum;
    }

    // From bytes to gigabytes, far more distinct ones than are told apart.
    private static double[] Numbers(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 20_000).Select(_ => Math.Floor(Math.Exp(random.NextDouble() * 20)))];
    }

    private static ValueSummary Of(IEnumerable<double> numbers)
    {
        var summary = new ValueSummary();
        foreach (var number in numbers) summary.Add(number);
        return summary;
    }
}

using Nightjar.Events;
using Xunit;

namespace Nightjar.Tests.Events;

public sealed class InstantTests
{
    [Fact]
    public void The_range_is_the_calendar_of_dotnet()
    {
        Assert.Equal("0001-01-01T00:00:00.000Z", Instant.Min.ToString());
        Assert.Equal("9999-12-31T23:59:59.999999Z", Instant.Max.ToString());
        Assert.Equal(Instant.Max, Instant.From(DateTimeOffset.MaxValue));
        Assert.Equal(Instant.Min, Instant.From(DateTimeOffset.MinValue));
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Whatever_lies_outside_is_held_at_the_edge(long number)
    {
        var edge = number > 0 ? Instant.Max : Instant.Min;
        Assert.Equal(edge, Instant.FromMillis(number));
        Assert.Equal(edge, Instant.FromMicros(number));
        Assert.Equal(edge, Instant.FromSeconds(number));
        Assert.Equal(edge, Instant.FromSeconds(number > 0 ? double.PositiveInfinity : double.NegativeInfinity));
        Assert.Equal(edge, edge + (number > 0 ? TimeSpan.MaxValue : TimeSpan.MinValue));
        Assert.Equal(edge, edge - (number > 0 ? TimeSpan.MinValue : TimeSpan.MaxValue));
        Assert.InRange(Instant.FromNanos(number).Micros, Instant.Min.Micros, Instant.Max.Micros);
    }

    [Fact]
    public void Sums_are_those_of_numbers_without_an_end()
    {
        long[] numbers = [0, 1, -1, 1000, Instant.Min.Micros, Instant.Max.Micros, long.MinValue, long.MaxValue, long.MinValue / 2, long.MaxValue / 2, long.MaxValue / 10];
        foreach (var micros in numbers)
            foreach (var ticks in numbers)
            {
                Assert.Equal(Held((Int128)micros + ticks / TimeSpan.TicksPerMicrosecond), new Instant(micros) + new TimeSpan(ticks));
                Assert.Equal(Held((Int128)micros - ticks / TimeSpan.TicksPerMicrosecond), new Instant(micros) - new TimeSpan(ticks));
                Assert.Equal(Held((Int128)micros * 1000), Instant.FromMillis(micros));
            }
    }

    private static Instant Held(Int128 micros) => micros < Instant.Min.Micros ? Instant.Min : micros > Instant.Max.Micros ? Instant.Max : new Instant((long)micros);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(999, 0)]
    [InlineData(1000, 1)]
    [InlineData(-1, -1)]
    [InlineData(-1000, -1)]
    [InlineData(-1001, -2)]
    public void Milliseconds_are_cut_towards_the_past(long micros, long millis) => Assert.Equal(millis, new Instant(micros).Millis);

    [Theory]
    [InlineData(1.5, 1_500_000)]
    [InlineData(-1.5, -1_500_000)]
    [InlineData(1772366400.123456, 1_772_366_400_123_456)]
    public void Seconds_keep_their_fraction(double seconds, long micros) => Assert.Equal(micros, Instant.FromSeconds(seconds).Micros);

    [Fact]
    public void Spans_are_added_and_measured()
    {
        var time = Instant.FromMillis(1_772_366_400_000);
        Assert.Equal(time, time + TimeSpan.FromDays(1) - TimeSpan.FromDays(1));
        Assert.Equal(TimeSpan.FromMicroseconds(7), new Instant(10) - new Instant(3));
        Assert.Equal(TimeSpan.FromMicroseconds(-7), new Instant(3) - new Instant(10));
        Assert.Equal(Instant.Max, Instant.Min + (Instant.Max - Instant.Min));
    }

    [Fact]
    public void Order_is_that_of_time()
    {
        var (early, late) = (new Instant(-5), new Instant(3));
        var same = new Instant(-5);
        Assert.True(early < late && late > early && early <= late && late >= early && early <= same && early >= same);
        Assert.False(early > late || late < early || early < same || early > same);
        Assert.True(early.CompareTo(late) < 0 && early.CompareTo(same) == 0);
        Assert.Equal([early, late], new[] { late, early }.Order());
    }

    [Theory]
    [InlineData(1_772_366_400_000_000, "2026-03-01T12:00:00.000Z")]
    [InlineData(1_772_366_400_123_000, "2026-03-01T12:00:00.123Z")]
    [InlineData(1_772_366_400_123_456, "2026-03-01T12:00:00.123456Z")]
    [InlineData(long.MaxValue, "9999-12-31T23:59:59.999999Z")]
    public void It_writes_as_many_digits_as_it_needs(long micros, string text) => Assert.Equal(text, new Instant(micros).ToString());
}

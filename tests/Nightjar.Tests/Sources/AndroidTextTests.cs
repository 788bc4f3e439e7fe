using System.Text;
using Nightjar.Events;
using Nightjar.Sources.Android;
using Xunit;

namespace Nightjar.Tests.Sources;

public sealed class AndroidTextTests
{
    [Theory]
    [InlineData("+1d2h3m4s5ms", 93_784_005)]
    [InlineData("-15m0s0ms", -900_000)]
    [InlineData("-314d1h25m2s33ms)", -27_134_702_033)]
    [InlineData("33ms ago", 33)]
    [InlineData("0", 0)]
    [InlineData("0 (19)", 0)]
    [InlineData("+2s", 2_000)]
    public void Spans_are_read(string text, long millis)
    {
        Assert.NotEqual(0, ElapsedText.Read(Encoding.ASCII.GetBytes(text), out var span));
        Assert.Equal(millis, (long)span.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("12")]
    [InlineData("5x")]
    [InlineData("3s4h")]
    [InlineData("1sx")]
    [InlineData("99999999999999999d")]
    [InlineData("999999999d")]
    public void What_is_no_span_is_none(string text) => Assert.Equal(0, ElapsedText.Read(Encoding.ASCII.GetBytes(text), out _));

    [Theory]
    [InlineData("2026-02-27 11:00:00", "2026-02-27T10:00:00Z")]
    [InlineData("2026-07-27 11:00:00", "2026-07-27T09:00:00Z")]
    [InlineData("2026-03-29 01:59:59.999", "2026-03-29T00:59:59.999Z")]
    [InlineData("2026-03-29 03:00:00", "2026-03-29T01:00:00Z")]
    [InlineData("2026-10-25 02:30:00", "2026-10-25T01:30:00Z")]
    [InlineData("2026-02-27 11:00:00 +0500", "2026-02-27T06:00:00Z")]
    public void Local_times_follow_the_rules_of_their_zone(string text, string utc)
    {
        var zone = new LocalZone(TimeSpan.FromHours(9));
        Assert.True(zone.TryName("Europe/Zurich"u8));
        Assert.True(zone.TryRead(Encoding.ASCII.GetBytes(text), out var time, out var basis));
        Assert.Equal(Instant.From(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture)), time);
        Assert.Equal(TimeBasis.Stated, basis);
    }

    [Fact]
    public void A_name_counts_more_than_an_offset_and_that_more_than_nothing()
    {
        var zone = new LocalZone(TimeSpan.FromHours(9));
        Assert.Equal((TimeBasis.Assumed, 9 * 3_600 * Instant.PerSecond), (zone.Basis, zone.OffsetAt(0)));
        zone.Fix(TimeSpan.FromHours(-3));
        Assert.Equal((TimeBasis.Stated, -3 * 3_600 * Instant.PerSecond), (zone.Basis, zone.OffsetAt(0)));
        Assert.False(zone.TryName("Moon/Base"u8));
        Assert.True(zone.TryName("Asia/Kolkata"u8));
        zone.Fix(TimeSpan.FromHours(1));
        Assert.Equal(5 * 3_600 * Instant.PerSecond + 1_800 * Instant.PerSecond, zone.OffsetAt(1_772_186_400 * Instant.PerSecond));
        Assert.Equal(5 * 3_600 * Instant.PerSecond + 1_800 * Instant.PerSecond, zone.OffsetAt(Instant.Max.Micros));
    }
}

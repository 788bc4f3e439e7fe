using System.Globalization;
using System.Text;
using Nightjar.Events;
using Xunit;

namespace Nightjar.Tests.Events;

public sealed class TimeTextTests
{
    [Theory]
    [InlineData("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.000Z")]
    [InlineData("2026-01-02t03:04:05z", "2026-01-02T03:04:05.000Z")]
    [InlineData("2026-01-02 03:04:05Z", "2026-01-02T03:04:05.000Z")]
    [InlineData("2026/01/02 03:04:05Z", "2026-01-02T03:04:05.000Z")]
    [InlineData("2026-01-02T03:04Z", "2026-01-02T03:04:00.000Z")]
    [InlineData("2026-01-02T03:04:05 UTC", "2026-01-02T03:04:05.000Z")]
    [InlineData("2026-01-02T03:04:05GMT", "2026-01-02T03:04:05.000Z")]
    [InlineData(" 2026-01-02T03:04:05Z\t", "2026-01-02T03:04:05.000Z")]
    [InlineData("2026-01-02T03:04:05.1Z", "2026-01-02T03:04:05.100Z")]
    [InlineData("2026-01-02T03:04:05,25Z", "2026-01-02T03:04:05.250Z")]
    [InlineData("2026-01-02T03:04:05.123456Z", "2026-01-02T03:04:05.123456Z")]
    [InlineData("2026-01-02T03:04:05.123456789Z", "2026-01-02T03:04:05.123456Z")]
    [InlineData("2026-01-02T03:04:05.999999999Z", "2026-01-02T03:04:05.999999Z")]
    [InlineData("2026-01-02T03:04:05.000001+00:00", "2026-01-02T03:04:05.000001Z")]
    [InlineData("2026-01-02T03:04:05+02:00", "2026-01-02T01:04:05.000Z")]
    [InlineData("2026-01-02T03:04:05-0530", "2026-01-02T08:34:05.000Z")]
    [InlineData("2026-01-02T03:04:05+05", "2026-01-01T22:04:05.000Z")]
    [InlineData("2026-01-02T03:04:05 +0100", "2026-01-02T02:04:05.000Z")]
    [InlineData("2026-12-31T23:59:60Z", "2027-01-01T00:00:00.000Z")]
    [InlineData("2026-12-31T23:59:60.5Z", "2027-01-01T00:00:00.500Z")]
    [InlineData("2026-12-31T24:00:00Z", "2027-01-01T00:00:00.000Z")]
    [InlineData("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z")]
    [InlineData("2000-02-29T00:00:00Z", "2000-02-29T00:00:00.000Z")]
    [InlineData("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z")]
    [InlineData("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z")]
    public void Every_form_is_read(string text, string time)
    {
        Assert.True(TimeText.TryParse(Encoding.UTF8.GetBytes(text), TimeSpan.FromHours(7), out var read, out var basis));
        Assert.Equal((time, TimeBasis.Stated), (read.ToString(), basis));
    }

    [Theory]
    [InlineData("2026-01-02T03:04:05", "2026-01-01T20:04:05.000Z")]
    [InlineData("2026-01-02 03:04:05.5", "2026-01-01T20:04:05.500Z")]
    public void A_text_without_offset_is_in_the_assumed_zone(string text, string time)
    {
        Assert.True(TimeText.TryParse(Encoding.UTF8.GetBytes(text), TimeSpan.FromHours(7), out var read, out var basis));
        Assert.Equal((time, TimeBasis.Assumed), (read.ToString(), basis));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-01-02")]
    [InlineData("2026-01-02T")]
    [InlineData("2026-01-02T03")]
    [InlineData("2026-01-02X03:04:05Z")]
    [InlineData("2026-01/02T03:04:05Z")]
    [InlineData("2026-00-02T03:04:05Z")]
    [InlineData("2026-13-02T03:04:05Z")]
    [InlineData("2026-01-00T03:04:05Z")]
    [InlineData("2026-01-32T03:04:05Z")]
    [InlineData("2026-02-29T03:04:05Z")]
    [InlineData("1900-02-29T03:04:05Z")]
    [InlineData("2026-04-31T03:04:05Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("2026-01-02T25:00:00Z")]
    [InlineData("2026-01-02T24:00:01Z")]
    [InlineData("2026-01-02T24:00:00.000001Z")]
    [InlineData("2026-01-02T03:60:00Z")]
    [InlineData("2026-01-02T03:04:61Z")]
    [InlineData("2026-01-02T03:04:5Z")]
    [InlineData("2026-01-02T03:04:05.Z")]
    [InlineData("2026-01-02T03:04:05.")]
    [InlineData("2026-01-02T03:04:05.1234567890Z")]
    [InlineData("2026-01-02T03:04:05+1")]
    [InlineData("2026-01-02T03:04:05+01:")]
    [InlineData("2026-01-02T03:04:05+01:0")]
    [InlineData("2026-01-02T03:04:05+01:60")]
    [InlineData("2026-01-02T03:04:05+19:00")]
    [InlineData("2026-01-02T03:04:05Zulu")]
    [InlineData("2026-01-02T03:04:05CET")]
    [InlineData("２026-01-02T03:04:05Z")]
    [InlineData("+026-01-02T03:04:05Z")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T24:00:00Z")]
    public void What_is_no_time_is_refused(string text) =>
        Assert.False(TimeText.TryParse(Encoding.UTF8.GetBytes(text), TimeSpan.Zero, out _, out _));

    [Fact]
    public void What_an_instant_writes_is_read_back()
    {
        var random = new Random(11);
        for (var i = 0; i < 2000; i++)
        {
            var time = new Instant(random.NextInt64(Instant.Min.Micros, Instant.Max.Micros));
            Assert.True(TimeText.TryParse(Encoding.ASCII.GetBytes(time.ToString()), TimeSpan.Zero, out var read, out _));
            Assert.Equal(time, read);
        }
    }

    [Theory]
    [InlineData("03:04:05.123456 rest", 11_045_123_456, 15)]
    [InlineData("03:04:05,5", 11_045_500_000, 10)]
    [InlineData("03:04", 11_040_000_000, 5)]
    [InlineData("00:00:00", 0, 8)]
    [InlineData("23:59:60", 86_400_000_000, 8)]
    public void A_clock_tells_how_much_it_took(string text, long micros, int used)
    {
        Assert.True(TimeText.TryClock(Encoding.ASCII.GetBytes(text), out var read, out var taken));
        Assert.Equal((micros, used), (read, taken));
    }

    [Theory]
    [InlineData(0, "1970-01-01T00:00:00.000Z")]
    [InlineData(1_772_366_400, "2026-03-01T12:00:00.000Z")]
    [InlineData(1_772_366_400_123, "2026-03-01T12:00:00.123Z")]
    [InlineData(1_772_366_400_123_456, "2026-03-01T12:00:00.123456Z")]
    [InlineData(1_772_366_400_123_456_789, "2026-03-01T12:00:00.123456Z")]
    [InlineData(-1, "1969-12-31T23:59:59.000Z")]
    public void The_unit_of_an_epoch_is_told_by_its_size(long number, string time) => Assert.Equal(time, TimeText.FromEpoch(number).ToString());

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(-99_999_999_999_999_999)]
    [InlineData(99_999_999_999_999)]
    [InlineData(99_999_999_999_999_999)]
    [InlineData(long.MaxValue)]
    public void No_epoch_leads_out_of_the_calendar(long number) =>
        Assert.InRange(TimeText.FromEpoch(number).Micros, Instant.Min.Micros, Instant.Max.Micros);

    [Theory]
    [InlineData("1601998374.677015", 1_601_998_374_677_015)]
    [InlineData("1601998374", 1_601_998_374_000_000)]
    [InlineData("1601998374.6", 1_601_998_374_600_000)]
    [InlineData("1601998374.123456789", 1_601_998_374_123_456)]
    [InlineData("-1.5", -1_500_000)]
    [InlineData("0.000001", 1)]
    public void Decimal_seconds_keep_every_digit(string text, long micros)
    {
        Assert.True(TimeText.TryEpochSeconds(Encoding.ASCII.GetBytes(text), out var time));
        Assert.Equal(micros, time.Micros);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("1.2.3")]
    [InlineData("1e9")]
    [InlineData("1601998374.67x")]
    [InlineData("--1")]
    [InlineData("+1")]
    [InlineData("9999999999999")]
    [InlineData("999999999999")]
    [InlineData("-999999999999")]
    public void What_is_no_number_of_seconds_is_refused(string text) =>
        Assert.False(TimeText.TryEpochSeconds(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void No_text_makes_it_throw()
    {
        var random = new Random(3);
        const string Alphabet = "0123456789-:TZ+. ,/ \0é";
        for (var i = 0; i < 20_000; i++)
        {
            var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(34)).Select(_ => Alphabet[random.Next(Alphabet.Length)])));
            TimeText.TryParse(text, TimeSpan.Zero, out _, out _);
            TimeText.TryClock(text, out _, out var used);
            Assert.InRange(used, 0, text.Length);
            TimeText.TryEpochSeconds(text, out _);
        }
    }

    [Fact]
    public void It_agrees_with_dotnet_where_dotnet_is_exact()
    {
        var random = new Random(5);
        for (var i = 0; i < 2000; i++)
        {
            var offset = TimeSpan.FromMinutes(random.Next(-14 * 60, 14 * 60));
            var time = new DateTimeOffset(random.NextInt64(TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay) / 10 * 10, offset);
            var text = time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture);
            Assert.True(TimeText.TryParse(Encoding.ASCII.GetBytes(text), TimeSpan.Zero, out var read, out _), text);
            Assert.Equal(time.UtcDateTime, read.ToDateTimeOffset().UtcDateTime);
        }
    }
}

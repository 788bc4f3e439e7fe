using Nightjar.Events;
using Nightjar.Sources;
using Xunit;

namespace Nightjar.Tests.Sources.Logcat;

public sealed class LogcatTimeTests
{
    private static readonly ReadingOptions JustAfterNewYear = new() { FileTime = LogcatText.At(2026, 1, 2, 0, 30, 0, 0) };

    [Theory]
    [InlineData("01-02", 2026)]
    [InlineData("01-01", 2026)]
    [InlineData("12-31", 2025)]
    [InlineData("06-15", 2025)]
    public void A_year_that_is_not_written_is_the_last_one_before_the_file(string date, int year) =>
        Assert.Equal(year, LogcatText.ReadOne($"{date} 00:10:00.000  1  2 I A: x", JustAfterNewYear).Time.ToDateTimeOffset().Year);

    [Fact]
    public void A_log_that_spans_new_year_stays_in_order()
    {
        var reading = LogcatText.Read("12-31 23:59:59.999  1  2 I A: x\n01-01 00:00:00.001  1  2 I A: y\n", JustAfterNewYear);
        Assert.Equal(TimeSpan.FromMilliseconds(2), reading.Events[1].Time - reading.Events[0].Time);
    }

    [Fact]
    public void A_zone_ahead_of_the_files_does_not_cost_a_year()
    {
        // Written at 09:00 in Tokyo, where it is still 31 December in UTC.
        var options = new ReadingOptions { FileTime = LogcatText.At(2025, 12, 31, 23, 59, 0, 0) };
        Assert.Equal(2026, LogcatText.ReadOne("01-01 09:00:00.000  1  2 I A: x", options).Time.ToDateTimeOffset().Year);
    }

    [Fact]
    public void The_stated_reference_time_goes_before_the_files()
    {
        var options = new ReadingOptions { Settings = new SourceSettings { ReferenceTime = LogcatText.At(2022, 7, 1, 0, 0, 0, 0) } };
        Assert.Equal(2022, LogcatText.ReadOne("06-30 10:00:00.000  1  2 I A: x", options).Time.ToDateTimeOffset().Year);
    }

    [Fact]
    public void A_29_February_lies_in_a_leap_year() =>
        Assert.Equal(LogcatText.At(2024, 2, 29, 10, 0, 0, 0), LogcatText.ReadOne("02-29 10:00:00.000  1  2 I A: x").Time);

    [Fact]
    public void Without_year_and_file_date_there_is_no_event()
    {
        var reading = LogcatText.Read("06-30 10:00:00.000  1  2 I A: x\n2026-06-30 10:00:00.000  1  2 I A: x\n", new ReadingOptions { FileTime = null });
        Assert.Equal(AnomalyKind.BadTime, Assert.Single(reading.Anomalies).Kind);
        Assert.Single(reading.Events);
    }

    [Fact]
    public void Without_any_time_and_file_date_there_is_no_event() =>
        Assert.Equal(AnomalyKind.MissingField, Assert.Single(LogcatText.Read("I/A( 1): x", new ReadingOptions { FileTime = null }).Anomalies).Kind);

    [Fact]
    public void A_zone_that_is_not_written_is_the_assumed_one_and_that_is_said()
    {
        var options = new ReadingOptions { Settings = new SourceSettings { AssumedOffset = TimeSpan.FromHours(2) } };
        var line = LogcatText.ReadOne("02-27 10:00:00.000  1  2 I A: x", options);
        Assert.Equal(LogcatText.At(2026, 2, 27, 8, 0, 0, 0), line.Time);
        Assert.Equal(TimeBasis.Assumed, line.State.TimeBasis);
    }

    [Fact]
    public void A_written_zone_is_stated_whatever_is_assumed()
    {
        var options = new ReadingOptions { Settings = new SourceSettings { AssumedOffset = TimeSpan.FromHours(9) } };
        var line = LogcatText.ReadOne("2026-02-27 10:00:00.000 -0330  1  2 I A: x", options);
        Assert.Equal(LogcatText.At(2026, 2, 27, 13, 30, 0, 0), line.Time);
        Assert.Equal(TimeBasis.Stated, line.State.TimeBasis);
    }

    [Fact]
    public void Microseconds_are_kept() =>
        Assert.Equal(171997, LogcatText.ReadOne("2026-02-27 10:00:00.171997  1  2 I A: x").Time.Micros % Instant.PerSecond);

    [Fact]
    public void Time_since_1970_is_stated() =>
        Assert.Equal(TimeBasis.Stated, LogcatText.ReadOne("         1772186400.123  1  2 I A: x").State.TimeBasis);

    [Fact]
    public void Time_since_boot_is_called_so()
    {
        var line = LogcatText.ReadOne("   123.456  1  2 I A: x");
        Assert.Equal(TimeBasis.RelativeToBoot, line.State.TimeBasis);
        Assert.Equal(123_456_000, line.Time.Micros);
    }

    [Theory]
    [InlineData("13-01 10:00:00.000  1  2 I A: x")]
    [InlineData("02-30 10:00:00.000  1  2 I A: x")]
    [InlineData("02-27 25:00:00.000  1  2 I A: x")]
    [InlineData("0000-02-27 10:00:00.000  1  2 I A: x")]
    [InlineData("9999999999999999999999.5  1  2 I A: x")]
    public void Impossible_times_are_reported(string text)
    {
        var reading = LogcatText.Read(text + "\n");
        Assert.Empty(reading.Events);
        Assert.Equal(AnomalyKind.Malformed, Assert.Single(reading.Anomalies).Kind);
    }
}

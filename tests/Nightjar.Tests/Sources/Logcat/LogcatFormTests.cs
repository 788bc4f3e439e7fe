using Nightjar.Events;
using Nightjar.Findings;
using Xunit;

namespace Nightjar.Tests.Sources.Logcat;

public sealed class LogcatFormTests
{
    [Theory]
    [InlineData("02-27 10:00:00.123  4711  4712 I Courier : hello", -1)]
    [InlineData("02-27 10:00:00.123 10214  4711  4712 I Courier : hello", 10214)]
    [InlineData("02-27 10:00:00.123 u0_a214  4711  4712 I Courier : hello", 10214)]
    [InlineData("02-27 10:00:00.123  root  4711  4712 I Courier : hello", 0)]
    [InlineData("2026-02-27 10:00:00.123  4711  4712 I Courier : hello", -1)]
    [InlineData("2026-02-27 12:00:00.123 +0200  4711  4712 I Courier : hello", -1)]
    [InlineData("2026-02-27 12:00:00.123 +0200 10214  4711  4712 I Courier : hello", 10214)]
    [InlineData("02-27 10:00:00.123000  4711  4712 I Courier : hello", -1)]
    [InlineData("02-27 10:00:00.123000000  4711  4712 I Courier : hello", -1)]
    [InlineData("         1772186400.123  4711  4712 I Courier : hello", -1)]
    [InlineData("1772186400.123000 10214  4711  4712 I Courier : hello", 10214)]
    [InlineData("02-27 10:00:00.123 I/Courier ( 4711): hello", -1)]
    [InlineData("2026-02-27 12:00:00.123 +0200 I/Courier (10214: 4711): hello", 10214)]
    [InlineData("2026-02-27 10:00:00.123  4711-4712  Courier                 com.example.courier  I  hello", -1)]
    [InlineData("2026-02-27 10:00:00.123 4711-4712/com.example.courier I/Courier: hello", -1)]
    [InlineData("\u001b[38;5;40m02-27 10:00:00.123  4711  4712 I Courier : hello\u001b[0m", -1)]
    [InlineData("[ 02-27 10:00:00.123  4711: 4712 I/Courier  ]\nhello\n", -1)]
    [InlineData("[ 2026-02-27 12:00:00.123 +0200 10214: 4711: 4712 I/Courier  ]\nhello\n", 10214)]
    public void Every_printing_format_gives_the_same_line(string text, int uid)
    {
        var line = LogcatText.ReadOne(text);
        Assert.Equal(EventClass.LogLine, line.Class);
        Assert.Equal(LogcatText.At(2026, 2, 27, 10, 0, 0, 123), line.Time);
        Assert.Equal("Courier", line[FieldId.LogTag]);
        Assert.Equal("hello", line[FieldId.Message]);
        Assert.Equal(4711L, line[FieldId.ProcessId]);
        Assert.Equal(uid < 0 ? null : (long)uid, line[FieldId.EmitterUid]);
        Assert.Equal("android:logcat", line.LogName);
        Assert.Equal(Platform.Android, line.Platform);
        Assert.Equal("", line.Device);
    }

    [Theory]
    [InlineData("I/Courier ( 4711): hello")]
    [InlineData("I/Courier : hello")]
    [InlineData("I( 4711) hello  (Courier)")]
    public void Formats_without_time_have_the_time_of_the_file_and_say_so(string text)
    {
        var line = LogcatText.ReadOne(text);
        Assert.Equal(LogcatText.At(2026, 3, 1, 12, 0, 0, 0), line.Time);
        Assert.Equal(TimeBasis.Reported, line.State.TimeBasis);
        Assert.Equal("Courier", line[FieldId.LogTag]);
        Assert.Equal("hello", line[FieldId.Message]);
    }

    [Fact]
    public void The_thread_format_names_process_and_thread_but_no_tag()
    {
        var line = LogcatText.ReadOne("I( 4711: 4712) hello");
        Assert.Equal(4711L, line[FieldId.ProcessId]);
        Assert.Equal("hello", line[FieldId.Message]);
        Assert.Null(line[FieldId.LogTag]);
    }

    [Fact]
    public void Formats_without_time_keep_the_order_of_their_lines()
    {
        var reading = LogcatText.Read("I/a: b\nI/c: d\n");
        Assert.Equal(["seq 1", "seq 2"], reading.Lines.Select(line => line[line.IndexOf("seq", StringComparison.Ordinal)..][..5]));
    }

    [Fact]
    public void Lines_with_a_time_have_no_order_but_their_time() =>
        Assert.All(LogcatText.Read("02-27 10:00:00.123  1  1 I a: b\n02-27 10:00:00.123  1  1 I c: d\n").Lines, line => Assert.Contains(" seq 0 ", line, StringComparison.Ordinal));

    [Theory]
    [InlineData("02-27 10:00:00.123     1     1 I My tag  : hello", "My tag")]
    [InlineData("02-27 10:00:00.123     1     1 I GCM:Client: hello", "GCM:Client")]
    [InlineData("02-27 10:00:00.123     1     1 I a: b    : hello", "a: b")]
    [InlineData("02-27 10:00:00.123     1     1 I Tag: hello", "Tag")]
    [InlineData("02-27 10:00:00.123     1     1 I         : hello", null)]
    [InlineData("02-27 10:00:00.123 I/My (old) tag( 1): hello", "My (old) tag")]
    [InlineData("02-27 10:00:00.123 I/one: two( 1): hello", "one: two")]
    [InlineData("[ 02-27 10:00:00.123  1: 1 I/My: tag ]\nhello", "My: tag")]
    public void Tags_may_hold_blanks_colons_and_brackets(string text, string? tag)
    {
        var line = LogcatText.ReadOne(text);
        Assert.Equal(tag, line[FieldId.LogTag]);
        Assert.Equal("hello", line[FieldId.Message]);
    }

    [Fact]
    public void A_message_with_a_number_in_brackets_is_no_process()
    {
        var line = LogcatText.ReadOne("I/Downloader: part (3): done");
        Assert.Equal("Downloader", line[FieldId.LogTag]);
        Assert.Equal("part (3): done", line[FieldId.Message]);
        Assert.Null(line[FieldId.ProcessId]);
    }

    [Fact]
    public void An_empty_message_is_a_line_too()
    {
        Assert.Null(LogcatText.ReadOne("02-27 10:00:00.123     1     1 I Tag     : ")[FieldId.Message]);
        Assert.Null(LogcatText.ReadOne("02-27 10:00:00.123     1     1 I Tag     :")[FieldId.Message]);
        Assert.Null(LogcatText.ReadOne("[ 02-27 10:00:00.123  1: 1 I/Tag ]\n\n")[FieldId.Message]);
    }

    [Fact]
    public void A_message_of_several_lines_gives_one_event_for_each_in_every_format()
    {
        var prefixed = LogcatText.Read("02-27 10:00:00.123  1  2 E AndroidRuntime: FATAL\n02-27 10:00:00.123  1  2 E AndroidRuntime: \tat x.y\n");
        var spanning = LogcatText.Read("[ 02-27 10:00:00.123  1: 2 E/AndroidRuntime ]\nFATAL\n\tat x.y\n\n");
        Assert.Equal(prefixed.Events.Select(Shape), spanning.Events.Select(Shape));
        Assert.Equal(2, spanning.Events.Select(item => item.Uid).Distinct().Count());
    }

    [Fact]
    public void The_same_body_under_two_headers_is_two_events() =>
        Assert.Equal(2, LogcatText.Read("[ 02-27 10:00:00.123  1: 2 E/A ]\nsame\n\n[ 02-27 10:00:00.124  1: 2 E/A ]\nsame\n\n").Events.Select(item => item.Uid).Distinct().Count());

    [Fact]
    public void Dividers_between_buffers_are_neither_events_nor_anomalies()
    {
        var reading = LogcatText.Read("--------- beginning of crash\n--------- switch to main\n--------- beginning of system\n");
        Assert.Empty(reading.Events);
        Assert.Empty(reading.Anomalies);
    }

    [Fact]
    public void A_divider_ends_a_message_of_the_long_format() =>
        Assert.Equal(2, LogcatText.Read("[ 02-27 10:00:00.123  1: 2 E/A ]\nbody\n--------- beginning of system\n02-27 10:00:00.123  1  2 I B: x\n").Events.Count);

    [Fact]
    public void The_raw_format_has_words_only_and_anyones()
    {
        var reading = Reading.Of(new Nightjar.Sources.Logcat.LogcatReader(), "--------- beginning of main\nStart proc 5:com.x/u0a1 for service\n--------- beginning of system\nother\n");
        Assert.Empty(reading.Anomalies);
        Assert.Equal(["Start proc 5:com.x/u0a1 for service", "other"], reading.Events.Select(item => (string)item[FieldId.Message]!));
        Assert.All(reading.Events, item => Assert.Equal((EventClass.LogLine, TimeBasis.Reported), (item.Class, item.State.TimeBasis)));
    }

    [Fact]
    public void What_is_no_line_of_logcat_is_reported_with_its_place()
    {
        var reading = LogcatText.Read("02-27 10:00:00.123  1  2 I A: x\nhello world\n02-27 10:00:00.123  1  2 I A: y\n");
        Assert.Equal(2, reading.Events.Count);
        Assert.Equal((AnomalyKind.Malformed, 2L), (reading.Anomalies[0].Kind, reading.Anomalies[0].Position));
    }

    [Fact]
    public void A_cut_last_line_is_called_truncated() =>
        Assert.Equal(AnomalyKind.Truncated, Assert.Single(LogcatText.Read("02-27 10:00:00.123  1  2 I A: x\n02-27 10:0").Anomalies).Kind);

    private static (object?, object?, object?, Instant) Shape(EvidenceEvent item) =>
        (item[FieldId.LogTag], item[FieldId.Message], item[FieldId.ProcessId], item.Time);
}

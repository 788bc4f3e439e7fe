using System.Text;
using Nightjar.Events;
using Nightjar.Sources;
using Nightjar.Sources.Zeek;
using Xunit;

namespace Nightjar.Tests.Sources.Zeek;

/// <summary>What belongs to the two forms and not to one log.</summary>
public class ZeekFormTests
{
    [Theory]
    [InlineData("conn.log", "#separator \\x09\n#fields\tts\n", "zeek-tsv")]
    [InlineData("x.txt", "\t#separator \\x09\n", "zeek-tsv")]
    [InlineData("x.txt", "### comment\n#unset_field\t-\n#fields\tts\n", "zeek-tsv")]
    [InlineData("x.txt", "#fields of corn\n", null)]
    [InlineData("x.json", "{\"_path\":\"weird\",\"ts\":1.5}", "zeek-json")]
    [InlineData("x.json", "# comment\n{\"ts\":1.5,\"uid\":\"C1\",\"id.orig_h\":\"10.0.0.1\"}", "zeek-json")]
    [InlineData("x.json", "{\"ts\":1.5,\"uid\":\"C1\",\"id\":{\"orig_h\":\"10.0.0.1\"}}", "zeek-json")]
    [InlineData("x.json", "{\"ts\":1.5,\"fuid\":\"F1\",\"seen_bytes\":1}", "zeek-json")]
    [InlineData("x.json", "{\"ts\":1.5,\"mac\":\"a\",\"assigned_addr\":\"10.0.0.1\"}", "zeek-json")]
    [InlineData("conn.log", "{\"ts\":1.5,\"duration\":2}", "zeek-json")]
    [InlineData("app.log", "{\"ts\":1.5,\"msg\":\"started\"}", null)]
    [InlineData("ssh.log", "{\"t\":\"2008-07-09T16:13:30.005432Z\"}", null)]
    public void Content_decides_and_the_name_settles_doubt(string name, string content, string? format) =>
        Assert.Equal(format, SourceCatalog.Recognise(Head(content, name))?.Format.Id);

    [Theory]
    [InlineData("#separator \\x09\n#path\tdhcp\n", true)]
    [InlineData("#separator \\x09\n#path\tconn\n", false)]
    [InlineData("#separator \\x09\n#path\tconn\n#path\tdns\n", true)]
    [InlineData("{\"_path\":\"conn\",\"ts\":1}\n{\"_path\":\"conn\",\"ts\":1}\n", false)]
    [InlineData("{\"_path\":\"conn\",\"ts\":1}\n{\"_path\":\"dns\",\"ts\":1}\n", true)]
    [InlineData("{\"ts\":1,\"mac\":\"a\",\"msg_types\":[]}\n", true)]
    [InlineData("{\"ts\":1,\"uid\":\"C1\",\"id.orig_h\":\"10.0.0.1\"}\n", false)]
    public void Only_a_file_that_may_hold_leases_is_read_for_them(string content, bool supplies)
    {
        var head = Head(content, "x.log");
        Assert.Equal(supplies, SourceCatalog.Recognise(head)!.SuppliesIdentity(head));
    }

    [Fact]
    public void A_log_that_is_not_read_is_reported_once_with_its_number()
    {
        var text = ZeekLogText.Tsv("ssh", "ts id", "1772352000.5 F1", "XXXXXXXXXX.XXXXXX F2") + ZeekLogText.Tsv("weird", "ts name", "1772352000.5 odd");
        var reading = Reading.Of(new ZeekTsvReader(), text);
        Assert.Empty(reading.Events);
        Assert.Equal(
            [(AnomalyKind.UnknownKind, 9L, "2 records of Zeek's ssh log were counted and not read."), (AnomalyKind.UnknownKind, 20L, "1 records of Zeek's weird log were counted and not read.")],
            reading.Anomalies.Select(anomaly => (anomaly.Kind, anomaly.Position, anomaly.Reason)));
    }

    [Fact]
    public void More_kinds_of_log_than_can_be_counted_are_counted_together()
    {
        var text = string.Concat(Enumerable.Range(0, 100).Select(i => $"{{\"_path\":\"mine{i}\",\"ts\":1}}\n"));
        var reading = Reading.Of(new ZeekJsonReader(), text);
        Assert.Equal(64, reading.Anomalies.Count);
        Assert.StartsWith("37 records of Zeek's mine63 log and others", reading.Anomalies[^1].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1772352000.5", TimeBasis.Stated, 1_772_352_000_500_000)]
    [InlineData("1772352000.1234567", TimeBasis.Stated, 1_772_352_000_123_457)]
    [InlineData("1.7723520005E9", TimeBasis.Stated, 1_772_352_000_500_000)]
    [InlineData("1772352000500", TimeBasis.Stated, 1_772_352_000_500_000)]
    [InlineData("\"1772352000.5\"", TimeBasis.Stated, 1_772_352_000_500_000)]
    [InlineData("\"2026-03-01T08:00:00.500000Z\"", TimeBasis.Stated, 1_772_352_000_500_000)]
    [InlineData("\"2026-03-01T08:00:00.5\"", TimeBasis.Assumed, 1_772_352_000_500_000)]
    [InlineData("22.335172", TimeBasis.RelativeToCapture, 22_335_172)]
    [InlineData("-0.4", TimeBasis.RelativeToCapture, -400_000)]
    public void Times_are_read_in_every_form_that_zeek_writes(string ts, TimeBasis basis, long micros)
    {
        var e = ZeekLogText.OneOfJson($"{{\"_path\":\"conn\",\"ts\":{ts},\"uid\":\"C1\"}}");
        Assert.Equal((micros, basis), (e.Time.Micros, e.State.TimeBasis));
    }

    [Theory]
    [InlineData("{\"ts\":XXXXXXXXXX.XXXXXX,\"uid\":\"C1\"}", AnomalyKind.BadTime)]
    [InlineData("{\"_path\":\"conn\",\"ts\":\"never\"}", AnomalyKind.BadTime)]
    [InlineData("{\"_path\":\"conn\",\"ts\":999999999999.0}", AnomalyKind.BadTime)]
    [InlineData("{\"_path\":\"conn\",\"ts\":null}", AnomalyKind.MissingField)]
    [InlineData("{\"_path\":\"conn\",\"ts\":1.5}{}\n", AnomalyKind.Malformed)]
    [InlineData("[1]\n", AnomalyKind.Malformed)]
    [InlineData("{\"_path\":\"conn\",\"ts\":1", AnomalyKind.Truncated)]
    public void A_record_that_cannot_be_taken_is_told(string line, AnomalyKind kind)
    {
        var reading = Reading.Of(new ZeekJsonReader(), line);
        Assert.Empty(reading.Events);
        Assert.Equal(kind, Assert.Single(reading.Anomalies).Kind);
    }

    [Fact]
    public void A_record_without_path_and_telling_fields_is_of_the_log_that_the_file_is_named_for()
    {
        Assert.Equal(EventClass.NetworkActivity, ZeekLogText.OneOfJson("{\"ts\":1.5,\"uid\":\"C1\"}", "conn.2026-03-01.log").Class);
        Assert.Single(Reading.Of(new ZeekJsonReader(), "{\"ts\":1.5,\"uid\":\"C1\"}").Of(AnomalyKind.UnknownKind));
    }

    [Fact]
    public void Rows_before_a_header_are_malformed()
    {
        var reading = Reading.Of(new ZeekTsvReader(), "1772352000.5\tC1\n" + ZeekLogText.Tsv("conn", "ts uid", "1772352000.5 C1"));
        Assert.Equal((1, 1L), (reading.Events.Count, Assert.Single(reading.Of(AnomalyKind.Malformed)).Position));
    }

    [Fact]
    public void The_same_record_has_the_same_id_wherever_it_stands()
    {
        var once = ZeekLogText.Tsv("conn", "ts uid", "1772352000.5 C1", "1772352000.6 C2");
        var again = ZeekLogText.Tsv("conn", "ts uid", "1772352000.6 C2");
        Assert.Equal(Reading.Of(new ZeekTsvReader(), once).Events[1].Uid, Reading.Of(new ZeekTsvReader(), again).Events[0].Uid);
    }

    private static SourceHead Head(string content, string name) => new(Encoding.UTF8.GetBytes(content), true, name);
}

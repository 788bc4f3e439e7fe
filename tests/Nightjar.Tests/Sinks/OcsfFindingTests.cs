using System.Buffers;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks;
using Nightjar.Sinks.Ocsf;
using Xunit;

namespace Nightjar.Tests.Sinks;

public sealed class OcsfFindingTests
{
    [Fact]
    public void A_finding_is_one_line_of_ascii()
    {
        var line = Line(SampleFindings.Hostile());
        Assert.EndsWith("\n", line, StringComparison.Ordinal);
        Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
        Assert.DoesNotContain(line, c => c is > '~' or < ' ' && c != '\n');
    }

    [Fact]
    public void What_analysts_filter_by_stands_where_OCSF_says()
    {
        using var json = JsonDocument.Parse(Line(SampleFindings.LoadedCode()));
        var root = json.RootElement;
        Assert.Equal(200401, root.GetProperty("type_uid").GetInt64());
        Assert.Equal("High", root.GetProperty("severity").GetString());
        Assert.Equal(100, root.GetProperty("confidence_score").GetInt32());
        Assert.Equal("DET0618", root.GetProperty("finding_info").GetProperty("analytic").GetProperty("category").GetString());
        Assert.Equal("T1407", root.GetProperty("attacks")[0].GetProperty("technique").GetProperty("uid").GetString());
        Assert.Equal("T1407", root.GetProperty("finding_info").GetProperty("attacks")[0].GetProperty("technique").GetProperty("uid").GetString());
        Assert.Equal(2, root.GetProperty("resources")[0].GetProperty("role_id").GetInt32());
        Assert.Equal("com.example.torch", root.GetProperty("resources")[0].GetProperty("uid").GetString());
        Assert.Equal(["Application", "Destination", "File", "Module"], root.GetProperty("resources").EnumerateArray().Select(item => item.GetProperty("type").GetString()));
        Assert.Equal(201, root.GetProperty("device").GetProperty("os").GetProperty("type_id").GetInt32());
        Assert.Equal(SampleFindings.LoadedCode().Start.Millis, root.GetProperty("start_time").GetInt64());
        Assert.Equal("0b7e55d3a1c94f20", root.GetProperty("finding_info").GetProperty("related_events")[0].GetProperty("uid").GetString());
    }

    [Fact]
    public void A_sub_technique_names_its_parent()
    {
        using var json = JsonDocument.Parse(Line(SampleFindings.KeyExchange()));
        var attack = json.RootElement.GetProperty("attacks")[0];
        Assert.Equal("T1521", attack.GetProperty("technique").GetProperty("uid").GetString());
        Assert.Equal("https://attack.mitre.org/techniques/T1521/002", attack.GetProperty("sub_technique").GetProperty("src_url").GetString());
    }

    [Fact]
    public void A_module_has_no_place_in_OCSF_and_stands_in_data()
    {
        using var json = JsonDocument.Parse(Line(SampleFindings.LoadedCode()));
        var load = json.RootElement.GetProperty("evidences").EnumerateArray().Single(item => item.GetProperty("name").GetString() == "load");
        Assert.Equal("/data/data/com.example.torch/files/.c/banner.png", load.GetProperty("data").GetProperty("fields").GetProperty("module.file.path").GetString());
        Assert.Equal("load", load.GetProperty("data").GetProperty("stage").GetString());
        Assert.Equal("MobileEDR:telemetry", load.GetProperty("data").GetProperty("source").GetString());
    }

    [Fact]
    public void Where_a_record_stood_is_not_told()
    {
        var finding = SampleFindings.LoadedCode();
        var elsewhere = finding with { Evidence = [.. finding.Evidence.Select(item => item with { Event = item.Event with { Provenance = "another/file line 99" } })] };
        Assert.Equal(Line(finding), Line(elsewhere));
        Assert.DoesNotContain("logs/", Line(finding), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_unknown_is_said_to_be()
    {
        var line = Line(SampleFindings.LoadedCode());
        Assert.Contains("\"applies\":\"unknown\"", line, StringComparison.Ordinal);
        Assert.Contains("\"state\":\"not_observable\",\"required\":false,\"missing_telemetry\":[{\"uid\":\"DC0021\"", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_text_is_cut_and_named()
    {
        var finding = new FindingBuilder("u", SampleFindings.Relay, SampleFindings.Pixel, "app")
            .Event("s", EventClass.LogLine, 1, 0, fields: (FieldId.Message, new string('x', 99_999))).Build();
        var line = Line(finding);
        Assert.InRange(line.Length, 16_384, 40_000);
        Assert.Contains("\"cut\":[\"message\"]", line, StringComparison.Ordinal);
    }

    [Fact]
    public void The_newer_schema_gets_its_newer_attribute_too()
    {
        var buffer = new ArrayBufferWriter<byte>();
        new OcsfFindingWriter(new OcsfOptions("1.9.0")).Write(SampleFindings.LoadedCode(), buffer);
        var line = Encoding.UTF8.GetString(buffer.WrittenSpan);
        Assert.Contains("\"version\":\"1.9.0\"", line, StringComparison.Ordinal);
        Assert.Contains("\"application\":{\"uid\":\"com.example.torch\"}", line, StringComparison.Ordinal);
        Assert.DoesNotContain("\"application\":", Line(SampleFindings.LoadedCode()), StringComparison.Ordinal);
    }

    [Fact]
    public void The_order_of_arrival_does_not_show()
    {
        var forward = new MemoryStream();
        var backward = new MemoryStream();
        var sink = SinkCatalog.All.Single(item => item.Id == "ocsf");
        sink.Write(SampleRun.Result(), forward);
        sink.Write(SampleRun.Result() with { Findings = [.. SampleFindings.All().Reverse()] }, backward);
        Assert.Equal(forward.ToArray(), backward.ToArray());
    }

    [Fact]
    public void Every_finding_can_be_read_back() => Check.One(GeneratedFindings.Config, Prop.ForAll(
        GeneratedFindings.Any.ToArbitrary(),
        finding => FindingEquality.AssertSame(finding, OcsfFindingReader.Read(Encoding.UTF8.GetBytes(Line(finding)), out _))));

    [Fact]
    public void The_samples_can_be_read_back()
    {
        foreach (var finding in SampleFindings.All().Append(SampleFindings.Hostile()))
            FindingEquality.AssertSame(finding, OcsfFindingReader.Read(Encoding.UTF8.GetBytes(Line(finding)), out _));
    }

    [Theory]
    [InlineData("", "it is no well-formed JSON")]
    [InlineData("[1]", "it is no JSON object")]
    [InlineData("{\"class_uid\":4001}", "it is no Detection Finding (class_uid 2004)")]
    [InlineData("{\"class_uid\":2004}", "it has no finding_info.uid")]
    [InlineData("{\"class_uid\":2004,\"finding_info\":{\"uid\":\"x\"}}", "it has no unmapped.nightjar, so another product wrote it")]
    [InlineData("{\"class_uid\":2004,\"finding_info\":{\"uid\":\"x\"},\"unmapped\":{\"nightjar\":{\"contract\":2}}}", "it follows contract 2, and this version of Nightjar knows contract 1")]
    [InlineData("{\"class_uid\":2004,\"finding_info\":{\"uid\":\"\\ud800\"}}", "it holds a text that is no valid Unicode")]
    public void What_is_no_finding_is_refused_with_a_reason(string line, string reason)
    {
        Assert.Null(OcsfFindingReader.Read(Encoding.UTF8.GetBytes(line), out var told));
        Assert.Equal(reason, told);
    }

    [Fact]
    public void No_damage_to_a_line_makes_the_reader_throw()
    {
        var line = Encoding.UTF8.GetBytes(Line(SampleFindings.LoadedCode()));
        for (var i = 0; i < line.Length; i += 7)
        {
            var damaged = (byte[])line.Clone();
            damaged[i] = (byte)"x\"{}[]0,:\\"[i % 10];
            var finding = OcsfFindingReader.Read(damaged, out var reason);
            Assert.True(finding is null != reason is null);
            OcsfFindingReader.Read(line.AsMemory(0, i), out _);
        }
    }

    private static string Line(Finding finding)
    {
        var buffer = new ArrayBufferWriter<byte>();
        new OcsfFindingWriter().Write(finding, buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

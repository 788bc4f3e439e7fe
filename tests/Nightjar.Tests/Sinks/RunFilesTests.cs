using System.Text;
using System.Text.Json;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks;
using Nightjar.Sinks.Formats;
using Nightjar.Sinks.Plain;
using Nightjar.Sinks.Records;
using Xunit;

namespace Nightjar.Tests.Sinks;

public sealed class RunFilesTests
{
    [Fact]
    public void The_run_tells_of_every_file_how_it_was_read()
    {
        using var json = Json(output => RunSummaryWriter.Write(SampleRun.Result(), output));
        var files = json.RootElement.GetProperty("files");
        Assert.Equal(SampleRun.Summary().Files.Count, files.GetArrayLength());
        Assert.Equal("read_in_part", files[0].GetProperty("state").GetString());
        Assert.Equal("truncated", files[0].GetProperty("anomalies")[0].GetProperty("kind").GetString());
        Assert.Equal(9_114, files[0].GetProperty("anomalies")[0].GetProperty("first_position").GetInt64());
        Assert.Equal("unrecognised", files[4].GetProperty("state").GetString());
        Assert.Equal(388, json.RootElement.GetProperty("unattributed").GetInt64());
        Assert.Equal("2026-03-14T06:00:00.000Z", json.RootElement.GetProperty("span").GetProperty("start").GetString());
    }

    [Fact]
    public void A_run_without_events_has_no_span()
    {
        using var json = Json(output => RunSummaryWriter.Write(SampleRun.Empty(), output));
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("span").ValueKind);
    }

    [Fact]
    public void Coverage_tells_of_every_device_and_analytic_what_was_missing()
    {
        using var json = Json(output => CoverageWriter.Write(SampleRun.Result(), output));
        var devices = json.RootElement.GetProperty("devices");
        var blind = devices[0].GetProperty("checks")[0];
        Assert.Equal("AN1677", blind.GetProperty("analytic").GetString());
        Assert.Equal("blind", blind.GetProperty("state").GetString());
        Assert.Equal(["write", "load"], blind.GetProperty("blind_stages").EnumerateArray().Select(item => item.GetString()));
        Assert.Equal("DC0039", blind.GetProperty("missing")[0].GetProperty("uid").GetString());
        Assert.Equal("The platform of this device is stated nowhere.", devices[4].GetProperty("not_assessed").GetString());
    }

    [Fact]
    public void A_cell_of_the_table_is_never_a_formula()
    {
        var hostile = SampleRun.Summary() with { Devices = [new DeviceAccount(new("=cmd|' /C calc'!A0", Platform.Unknown, "a,\"b\"\n+1"), 1, 1, default, [])] };
        using var output = new MemoryStream();
        CoverageCsv.Write(hostile, output);
        var row = Encoding.UTF8.GetString(output.ToArray()).Split("\r\n")[1];
        Assert.StartsWith("'=cmd|' /C calc'!A0,\"a,\"\"b\"\"", row, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', row);
    }

    [Fact]
    public void A_strategy_counts_a_device_once_by_its_best_analytic()
    {
        var summary = SampleRun.Summary();
        var twin = SampleFindings.CodeLoad with { Uid = "AN1678" };
        var device = summary.Devices[0] with { Checks = [.. summary.Devices[0].Checks, new DeviceCheck("AN1678", CheckState.Runnable, [], default, 100)] };
        var strategy = StrategyCoverage.Of(summary with { Analytics = [SampleFindings.CodeLoad, twin], Devices = [device] }).Single();
        Assert.Equal((1, 0, 0, 0), (strategy.Runnable, strategy.Degraded, strategy.Blind, strategy.NotAssessed));
        Assert.Equal(["AN1677", "AN1678"], strategy.Analytics);
    }

    [Fact]
    public void Every_sink_writes_the_same_bytes_again_and_leaves_the_stream_open()
    {
        foreach (var sink in SinkCatalog.All)
        {
            using var first = new MemoryStream();
            using var second = new MemoryStream();
            sink.Write(SampleRun.Result(), first);
            sink.Write(SampleRun.Result(), second);
            Assert.True(first.CanWrite);
            Assert.True(first.Length > 0, sink.Id);
            Assert.Equal(first.ToArray(), second.ToArray());
            Assert.DoesNotContain((byte)'\r', first.ToArray());
        }
    }

    [Fact]
    public void Every_sink_takes_a_run_in_which_nothing_happened_and_one_full_of_attacks()
    {
        foreach (var sink in SinkCatalog.All)
        {
            sink.Write(SampleRun.Empty(), Stream.Null);
            sink.Write(SampleRun.Result() with { Findings = [SampleFindings.Hostile()] }, Stream.Null);
        }
    }

    [Fact]
    public void Every_sink_takes_texts_that_are_no_text_numbers_that_are_none_and_the_ends_of_time()
    {
        var half = "x" + (char)0xD83E;
        var odd = new FindingBuilder(half, SampleFindings.Relay, new DeviceReference(half, Platform.Other, ""), half) { Begin = Instant.Min }
            .Says(half, "")
            .Event(half, EventClass.FileActivity, 1, 0, 9e11, default, half, (FieldId.FileEntropy, double.NaN), (FieldId.FilePath, half), (FieldId.FileSize, long.MinValue))
            .Adds(half, int.MinValue, Tri.True, half).Adds(half, int.MaxValue, Tri.Unknown, half).Adds(half, int.MinValue, Tri.True, half)
            .Build();
        TextExplanation.Write(odd, TextWriter.Null);
        foreach (var sink in SinkCatalog.All) sink.Write(SampleRun.Result() with { Findings = [odd, odd with { Evidence = [], Stages = [], Contributions = [] }] }, Stream.Null);
        foreach (var format in FormatCatalog.All) FormatCatalog.Write(format, [odd, odd with { Evidence = [], Stages = [], Contributions = [] }], Stream.Null);
    }

    [Fact]
    public void Sinks_are_told_apart_by_id_and_file()
    {
        Assert.Equal(SinkCatalog.All.Count, SinkCatalog.All.Select(sink => sink.Id).Distinct().Count());
        Assert.Equal(SinkCatalog.All.Count, SinkCatalog.All.Select(sink => sink.FileName).Distinct().Count());
        foreach (var file in (string[])["findings.ocsf.ndjson", "report.html", "report.md", "findings.csv", "coverage.json", "navigator.json", "run.json"])
            Assert.Contains(SinkCatalog.All, sink => sink.FileName == file);
    }

    private static JsonDocument Json(Action<Stream> write)
    {
        using var output = new MemoryStream();
        write(output);
        Assert.Equal((byte)'\n', output.ToArray()[^1]);
        return JsonDocument.Parse(Encoding.UTF8.GetString(output.ToArray()));
    }
}

using Nightjar.Cli.Content;
using Nightjar.Cli.Scanning;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Tests.Sources.Zeek;
using Xunit;

namespace Nightjar.Tests.Cli;

/// <summary>One incident that two sources tell in part: the sensor saw the bytes and no app, the device saw the app and no bytes.</summary>
public sealed class TwoSourcesTests : IDisposable
{
    private const long Start = 1_772_445_600;
    private const string App = "com.example.torch";

    private readonly string _folder = Directory.CreateTempSubdirectory("nightjar-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_flow_of_a_sensor_and_a_write_and_load_of_the_device_are_one_finding_with_evidence_of_both()
    {
        WriteSensor(ahead: 0);
        WriteDevice();
        var outcome = Scan();
        var finding = Assert.Single(outcome.Findings, item => item.Analytic.Uid == "AN1677");
        Assert.Equal(App, finding.App);
        Assert.Contains(finding.Contributions, item => item.Name == "download-write-load" && item.State == Tri.True);
        Assert.Equal(["NSM:Flow", "MobileEDR:telemetry", "MobileEDR:telemetry"], finding.Evidence.Select(item => item.Event.LogName));
        Assert.Contains(finding.Notes, note => note == "The record of 'download' names no app; another record of the same connection does.");
        Assert.Equal(10, outcome.Summary.Joins.ByConnection);
    }

    [Fact]
    public void A_transfer_that_Zeek_saw_and_a_load_that_the_phones_log_tells_are_one_finding()
    {
        File.WriteAllText(Path.Combine(_folder, "http.log"), ZeekLogText.Tsv(
            "http", "ts uid id.orig_h id.orig_p id.resp_h id.resp_p method host uri request_body_len response_body_len status_code resp_mime_types",
            $"{Start}.500000 C1 10.20.0.7 40001 198.51.100.9 80 GET files.example /pack 0 400000 200 application/octet-stream"));
        File.WriteAllText(Path.Combine(_folder, "logcat.txt"), """
            --------- beginning of main
            2026-03-02 09:59:30.000  1402  1533 I am_proc_start: [0,8123,10244,com.example.torch,service,{com.example.torch/.Refresh}]
            2026-03-02 10:00:09.121  8123  8160 W torch   : Attempt to load writable dex file: /data/user/0/com.example.torch/files/pack.dex

            """);
        File.WriteAllText(Path.Combine(_folder, "map.csv"), "device,ip,path,platform\nphone-1,10.20.0.7,,android\nphone-1,,logcat.txt,\n");
        var finding = Assert.Single(Scan().Findings);
        Assert.Equal(("AN1677", App, "phone-1"), (finding.Analytic.Uid, finding.App, finding.Device.Uid));
        Assert.Equal(["NSM:Flow", "android:logcat"], finding.Evidence.Select(item => item.Event.LogName));
        Assert.Equal(StageState.NotObservable, finding.Stages.Single(stage => stage.Id == "write").State);
    }

    [Fact]
    public void A_clock_that_is_off_is_told_and_moved_only_when_asked()
    {
        WriteSensor(ahead: 90);
        WriteDevice();
        var asIs = Scan();
        Assert.DoesNotContain(asIs.Findings, item => item.Contributions.Any(line => line.Name == "download-write-load" && line.State == Tri.True));
        var clock = Assert.Single(asIs.Summary.Clocks);
        Assert.Equal(("phone-1", "MobileEDR:telemetry", "NSM:Flow", false), (clock.Device, clock.Reference, clock.Source, clock.IsApplied));
        Assert.Equal(90, clock.Offset.TotalSeconds, 0.5);

        var moved = Scan(align: true);
        Assert.Contains(moved.Findings, item => item.Contributions.Any(line => line.Name == "download-write-load" && line.State == Tri.True));
        Assert.Contains(moved.Findings.SelectMany(item => item.Notes), note => note == "The time of 'download' was moved to the clock of the device.");
        Assert.True(moved.Summary.Clocks[0].IsApplied);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Threads_and_split_make_no_difference(int threads)
    {
        WriteSensor(ahead: 0);
        WriteDevice();
        var expected = Scan().Findings.Select(item => (item.Uid, item.Score)).ToArray();
        var lines = File.ReadAllLines(Path.Combine(_folder, "device.ndjson"));
        File.Delete(Path.Combine(_folder, "device.ndjson"));
        for (var i = 0; i < 3; i++) File.WriteAllLines(Path.Combine(_folder, $"part-{2 - i}.ndjson"), lines.Where((_, n) => n % 3 == i));
        Assert.Equal(expected, Scan(threads: threads).Findings.Select(item => (item.Uid, item.Score)));
    }

    // Ten connections of which both tell, the last of them the download.
    private void WriteSensor(int ahead) => File.WriteAllText(Path.Combine(_folder, "conn.log"), ZeekLogText.Tsv(
        "conn", "ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto duration orig_bytes resp_bytes",
        [.. Enumerable.Range(0, 10).Select(i => $"{Start - 900 + Offset(i) + ahead}.000000 C{i} 10.20.0.7 {40000 + i} 198.51.100.{i % 3} 443 tcp 1.0 700 {(i == 9 ? 400_000 : 900)}")]));

    private void WriteDevice()
    {
        var lines = Enumerable.Range(0, 10).Select(i => Line(-900 + Offset(i), 4001, 1, $$$"""
            "src_endpoint":{"port":{{{40000 + i}}}},"dst_endpoint":{"ip":"198.51.100.{{{i % 3}}}","port":443}
            """.Trim()));
        File.WriteAllLines(Path.Combine(_folder, "device.ndjson"),
        [
            .. lines,
            Line(3, 1001, 1, "\"file\":{\"path\":\"/data/data/com.example.torch/files/a.dex\",\"magic\":\"dex\"}"),
            Line(9, 1005, 1, "\"module\":{\"file\":{\"path\":\"/data/data/com.example.torch/files/a.dex\"},\"type\":\"dex\"}"),
        ]);
        File.WriteAllText(Path.Combine(_folder, "map.csv"), "device,ip,platform\nphone-1,10.20.0.7,android\n");
    }

    // Not at regular intervals, or a difference of one of them would do as well.
    private static int Offset(int i) => i == 9 ? 900 : i * i * 7 + i * 13;

    private static string Line(int seconds, int classUid, int activity, string rest) =>
        $$$"""{"time":{{{(Start + seconds) * 1000}}},"class_uid":{{{classUid}}},"activity_id":{{{activity}}},"metadata":{"log_name":"MobileEDR:telemetry"},"device":{"uid":"phone-1","os":{"type_id":201}},"actor":{"app_uid":"{{{App}}}"},{{{rest}}}}""";

    private ScanOutcome Scan(bool align = false, int threads = 1)
    {
        var symbols = new SymbolTable();
        var request = new ScanRequest
        {
            Paths = [.. Directory.EnumerateFiles(_folder).Where(file => !file.EndsWith(".csv", StringComparison.Ordinal))],
            DeviceMap = Path.Combine(_folder, "map.csv"),
            AlignClocks = align,
            Threads = threads,
            Now = Instant.FromMillis(1_800_000_000_000),
        };
        return new ScanRun(request, Catalogue.Load(null, symbols), symbols).Run(CancellationToken.None);
    }
}

using System.Text;
using System.Text.Json.Nodes;
using Nightjar.Cli.Content;
using Nightjar.Cli.Scanning;
using Nightjar.Cli.Terminal;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks;
using Nightjar.Sinks.Records;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Tests.Cli;

/// <summary>Coverage over the sample fleet: in agreement with the scan, with the report and with the findings.</summary>
public sealed class CoverageRunTests : IDisposable
{
    private static readonly string Edr = Path.Combine(Repository.Root, "samples", "fleet", "edr");

    private readonly string _folder = Directory.CreateTempSubdirectory("nightjar-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Without_one_source_coverage_report_and_findings_agree_on_what_was_lost()
    {
        var source = Path.Combine(Edr, "android-0012.ndjson");
        File.WriteAllLines(Path.Combine(_folder, "less.ndjson"), File.ReadLines(source).Where(line => !line.Contains("\"class_uid\":1001", StringComparison.Ordinal)));
        var (whole, less) = (Scan(1, source), Scan(1, _folder));
        const DataComponents lost = DataComponents.FileCreation | DataComponents.FileDeletion;
        Assert.Equal(lost, Assert.Single(whole.Summary.Devices).Components & ~Assert.Single(less.Summary.Devices).Components);

        var finding = Assert.Single(less.Findings, item => item.Analytic.Uid == "AN1677");
        var before = whole.Findings.Single(item => item.Analytic.Uid == "AN1677");
        string[] unseen = [.. NotObservable(finding).Except(NotObservable(before))];
        Assert.Equal(["write", "script_write", "deleted"], unseen);

        foreach (var found in less.Findings)
        {
            var check = less.Summary.Devices[0].Checks.Single(item => item.Analytic == found.Analytic.Uid);
            Assert.Equal(check.BlindStages.Order(StringComparer.Ordinal), NotObservable(found).Order(StringComparer.Ordinal));
            Assert.InRange(found.Score, 0, check.ReachableScore);
        }
        var json = Json(less)["devices"]![0]!["checks"]!.AsArray().Single(item => (string)item!["analytic"]! == "AN1677")!;
        Assert.Equal("degraded", (string)json["state"]!);
        Assert.Superset(unseen.ToHashSet(), json["blind_stages"]!.AsArray().Select(item => (string)item!).ToHashSet());
        Assert.Superset(Ids(lost).ToHashSet(), json["missing"]!.AsArray().Select(item => (string)item!["uid"]!).ToHashSet());
        Assert.Contains($"not observable: {string.Join(", ", json["blind_stages"]!.AsArray().Select(item => (string)item!))}", Report(less), StringComparison.Ordinal);
        foreach (var id in Ids(lost)) Assert.Contains(id, Report(less), StringComparison.Ordinal);
    }

    [Fact]
    public void Coverage_alone_says_what_a_scan_says_but_for_the_verdicts()
    {
        var scan = Scan(2, Path.GetDirectoryName(Edr)!);
        var alone = new RunResult(Cover(Path.GetDirectoryName(Edr)!), []);
        Assert.Equal(WithoutVerdicts(Json(scan)).ToJsonString(), WithoutVerdicts(Json(alone)).ToJsonString());
        Assert.DoesNotContain("\"verdict\"", Json(alone).ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(Bytes("navigator", scan), Bytes("navigator", alone));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Shuffled_split_in_ten_or_read_by_several_threads_it_is_the_same_bytes(int threads)
    {
        var lines = Directory.EnumerateFiles(Edr).SelectMany(File.ReadLines).ToArray();
        new Random(7).Shuffle(lines);
        for (var i = 0; i < 10; i++) File.WriteAllLines(Path.Combine(_folder, $"part-{9 - i}.ndjson"), lines.Where((_, n) => n % 10 == i));
        foreach (var sink in (string[])["coverage", "navigator"]) Assert.Equal(Bytes(sink, Scan(1, Edr)), Bytes(sink, Scan(threads, _folder)));
    }

    [Fact]
    public void Every_silence_is_called_clean_for_the_days_assessed_or_not_assessed()
    {
        var devices = Json(Scan(1, Edr))["devices"]!.AsArray().SelectMany(device => device!["checks"]!.AsArray()).ToList();
        Assert.NotEmpty(devices);
        foreach (var check in devices)
        {
            var assessed = (int)check!["days"]!["runnable"]! + (int)check["days"]!["degraded"]!;
            var expected = (int)check["findings"]! > 0 ? "findings" : assessed == 0 ? "not_assessed" : (int)check["days"]!["degraded"]! > 0 ? "degraded" : "clean";
            Assert.Equal(expected, (string)check["verdict"]!);
        }
        Assert.Contains(devices, check => (string)check!["verdict"]! == "not_assessed");
        Assert.Contains(devices, check => (string)check!["verdict"]! == "findings");
    }

    [Fact]
    public void A_device_of_the_map_that_told_nothing_is_listed_everywhere()
    {
        var map = Path.Combine(_folder, "map.csv");
        File.WriteAllText(map, "device,platform,group\nghost-1,android,field\nandroid-0012,android,field\n");
        var summary = Cover(Edr, map);
        var ghost = summary.Devices.Single(device => device.Device.Uid == "ghost-1");
        Assert.Equal("the device map", ghost.KnownFrom);
        var result = new RunResult(summary, []);
        Assert.Equal("No telemetry of this device was read; it is known from the device map.", (string)Json(result)["devices"]!.AsArray().Single(device => (string)device!["uid"]! == "ghost-1")!["not_assessed"]!);
        Assert.Contains("ghost-1", Report(result), StringComparison.Ordinal);
        Assert.Contains("ghost-1,,Android,field,AN1677,DET0618,T1407,2026-03-02,2026-03-03,2,not_assessed,0,", Text("coverage-csv", result), StringComparison.Ordinal);
        Assert.Equal(new DeviceCounts(1, 0, 0, 1), CoverageGroup.ByGroup(summary).Single(group => group.Key == "field").Count("AN1677"));
        Assert.Contains("ghost-1: No telemetry of this device was read", Print(summary, CoverageBy.Platform, false, 80).ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public void Days_that_were_asked_for_and_told_of_by_nothing_are_not_assessed()
    {
        var summary = Cover(Edr, until: Instant.FromMillis(1_773_100_800_000));
        var device = summary.Devices.Single(item => item.Device.Uid == "android-0012");
        Assert.Equal((new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 9)), summary.Period);
        Assert.Equal(6, DaySpans.Silent(summary, device));
        Assert.Equal([(2, CheckState.Runnable), (6, null)], DaySpans.Of(summary, device, "AN1677").Select(span => (span.Length, span.State)));
        Assert.Contains("AN1677    RR------", Print(summary, CoverageBy.Device, true, 80), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(132)]
    public void Every_map_fits_the_width_and_says_in_letters_what_colours_say(int width)
    {
        var summary = Cover(Path.GetDirectoryName(Edr)!);
        foreach (var by in (CoverageBy[])[CoverageBy.Device, CoverageBy.Group, CoverageBy.Platform, CoverageBy.Strategy, CoverageBy.Technique])
        {
            foreach (var day in (bool[])[false, true])
            {
                var text = Print(summary, by, day, width);
                Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, width));
                Assert.DoesNotContain(text, c => char.IsControl(c) && c != '\n');
                Assert.Equal(text, System.Text.RegularExpressions.Regex.Replace(Print(summary, by, day, width, color: true), "\u001b\\[[0-9;]*m", ""));
                Assert.Contains(" R  runnable", text, StringComparison.Ordinal);
            }
        }
        Assert.Contains("android-0012   R      D 100", Print(summary, CoverageBy.Device, false, 80), StringComparison.Ordinal);
    }

    [Fact]
    public void Devices_of_unknown_platform_have_no_map_and_are_named()
    {
        var summary = Cover(Path.Combine(Path.GetDirectoryName(Edr)!, "gateway"));
        foreach (var by in Enum.GetValues<CoverageBy>())
        {
            Assert.Contains("The platform of this device is stated nowhere.", Print(summary, by, false, 80).ReplaceLineEndings(" "), StringComparison.Ordinal);
            Assert.Contains("not assessed", Print(summary, by, true, 80), StringComparison.Ordinal);
        }
        Assert.All(StrategyCoverage.Of(summary), item => Assert.Equal((0, 1, 0), (item.Score, item.NotAssessed, item.Runnable + item.Degraded + item.Blind)));
    }

    [Fact]
    public void Nothing_to_read_is_no_coverage()
    {
        var summary = Cover(_folder);
        Assert.Null(summary.Period);
        Assert.Empty(Json(new RunResult(summary, []))["devices"]!.AsArray());
        Assert.StartsWith("No device was seen, so nothing could be checked.", Print(summary, CoverageBy.Device, true, 80), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_member_of_the_file_is_in_its_reference()
    {
        var reference = Repository.Read("docs/reference/coverage.md");
        var names = Members(Json(Scan(1, Path.GetDirectoryName(Edr)!))).Distinct(StringComparer.Ordinal).Where(name => !name.StartsWith("DC", StringComparison.Ordinal)).ToList();
        Assert.Contains("blind_stages", names);
        string[] known = ["span", "start", "end", "product", "name", "version", "stated", "assumed", "unattributed_events", "events_of_further_devices", "further_device_days", "events_of_further_apps"];
        Complaints.None(names.Except(known).Where(name => !reference.Contains($"`{name}`", StringComparison.Ordinal) && !reference.Contains($"`{name}[]`", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Members(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(pair => Members(pair.Value).Prepend(pair.Key)),
        JsonArray list => list.SelectMany(Members),
        _ => [],
    };

    private static IEnumerable<string> NotObservable(Finding finding) => finding.Stages.Where(stage => stage.State == StageState.NotObservable).Select(stage => stage.Id);

    private static IEnumerable<string> Ids(DataComponents components) => components.Bits().Select(bit => DataComponentNames.Of(bit).Id);

    private static JsonNode Json(RunResult result) => JsonNode.Parse(Text("coverage", result))!;

    private static string Report(RunResult result) => Text("html", result);

    private static string Text(string sink, RunResult result) => Encoding.UTF8.GetString(Bytes(sink, result));

    private static byte[] Bytes(string sink, RunResult result)
    {
        using var stream = new MemoryStream();
        SinkCatalog.All.Concat(SinkCatalog.Coverage).First(item => item.Id == sink).Write(result, stream);
        return stream.ToArray();
    }

    private static JsonNode WithoutVerdicts(JsonNode coverage)
    {
        coverage.AsObject().Remove("judged");
        foreach (var check in coverage["devices"]!.AsArray().SelectMany(device => device!["checks"]!.AsArray()))
        {
            check!.AsObject().Remove("verdict");
            check.AsObject().Remove("findings");
        }
        return coverage;
    }

    private static string Print(RunSummary summary, CoverageBy by, bool day, int width, bool color = false)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        CoverageText.Write(ReportConsole.Create(writer, color, width), summary, by, day);
        return writer.ToString();
    }

    private static RunResult Scan(int threads, params string[] paths)
    {
        var symbols = new SymbolTable();
        var request = new ScanRequest { Paths = paths, Threads = threads, Now = Instant.FromMillis(1_800_000_000_000) };
        var outcome = new ScanRun(request, Catalogue.Load(null, symbols), symbols).Run(CancellationToken.None);
        return new RunResult(outcome.Summary, outcome.Findings);
    }

    private static RunSummary Cover(string path, string? map = null, Instant? until = null)
    {
        var symbols = new SymbolTable();
        var request = new ScanRequest { Paths = [path], DeviceMap = map, Until = until, Now = Instant.FromMillis(1_800_000_000_000) };
        return new CoverageRun(request, Catalogue.Load(null, symbols), symbols).Run(CancellationToken.None);
    }
}

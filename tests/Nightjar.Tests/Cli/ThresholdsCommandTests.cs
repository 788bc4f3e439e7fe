using System.Text.Json;
using Nightjar.Analytics;
using Nightjar.Analytics.Tuning;
using Nightjar.Calibration;
using Nightjar.Cli.Content;
using Nightjar.Cli.Scanning;
using Nightjar.Cli.Terminal;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Knowledge;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Tests.Cli;

/// <summary>The whole way from files to tables of values, as <c>nightjar analytics thresholds</c> goes it.</summary>
[Collection(TheConsole.Name)]
public sealed class ThresholdsCommandTests
{
    private static readonly string Fleet = Path.Combine(Repository.Root, "samples", "fleet");

    [Fact]
    public void Each_count_is_that_of_a_scan_with_the_value_set()
    {
        foreach (var study in Study(2, "AN1848", "AN1771").Where(study => study.Tunable.Kind is TunableKind.Bytes or TunableKind.Ratio))
        {
            foreach (var value in study.Values)
            {
                var findings = Scan(study.Analytic, study.Tunable.Name, value.Value.ToString());
                var count = value.Count!;
                Assert.Equal(
                    (findings.Count, findings.Select(item => item.Device.Uid).Distinct().Count(), findings.Count(item => item.Confidence == Confidence.High)),
                    (count.Findings, count.Devices, count.High));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Threads_make_no_difference(int threads) =>
        Assert.Equal(Told(Study(2, "AN1770")), Told(Study(threads, "AN1770")));

    [Fact]
    public void No_line_is_wider_than_the_terminal_and_the_value_in_force_is_marked()
    {
        var lines = Told(Study(1, "AN1848", "AN1677")).Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains(lines, line => line.StartsWith("> ", StringComparison.Ordinal) && line.Contains(" 16KiB ", StringComparison.Ordinal) && line.Contains("now", StringComparison.Ordinal) && line.EndsWith('█'));
    }

    [Fact]
    public void A_console_without_blocks_gets_signs_that_it_has()
    {
        var writer = new StringWriter();
        var console = ReportConsole.Create(writer, color: false);
        console.Profile.Capabilities.Unicode = false;
        ThresholdsText.Write(Study(1, "AN1848"), 0, console);
        Assert.DoesNotContain('█', writer.ToString());
        Assert.Contains("##", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_has_a_line_for_each_value()
    {
        var (code, text) = ProgramRun.Of("analytics", "thresholds", Fleet, "--analytic", "an1848", "--tunable", "IngressBytesThreshold", "--values", "1MiB,4KiB", "--csv");
        Assert.Equal(0, code);
        Assert.Equal(
            """
            analytic,tunable,value,number,is_default,is_in_force,findings,low,medium,high,devices,apps,refusal
            AN1848,IngressBytesThreshold,4KiB,4096,false,false,1,0,0,1,1,1,
            AN1848,IngressBytesThreshold,16KiB,16384,true,true,1,0,0,1,1,1,
            AN1848,IngressBytesThreshold,1MiB,1048576,false,false,0,0,0,0,0,0,

            """.ReplaceLineEndings("\n"), text);
    }

    [Theory]
    [InlineData("--values needs --tunable", "--values", "1")]
    [InlineData("no tunable", "--tunable", "Nothing")]
    [InlineData("a set", "--tunable", "AllowedAppList")]
    [InlineData("no duration", "--tunable", "TimeWindow", "--values", "5")]
    [InlineData("outside its range", "--tunable", "TimeWindow", "--values", "9d")]
    [InlineData("no analytic", "--analytic", "AN1")]
    [InlineData("both forms", "--csv", "--json")]
    public void What_cannot_be_meant_is_a_mistake_of_usage(string what, params string[] args) =>
        Assert.True(ProgramRun.Of(["analytics", "thresholds", Fleet, .. args]).Code == 3, what);

    [Fact]
    public void Standard_input_cannot_be_read_again() => Assert.Equal(3, ProgramRun.Of("analytics", "thresholds", "-").Code);

    [Fact]
    public void An_input_that_is_not_there_ends_with_4() =>
        Assert.Equal(4, ProgramRun.Of("analytics", "thresholds", "/nothing/here", "--analytic", "AN1848", "--tunable", "TimeWindow", "--values", "1m").Code);

    [Fact]
    public void Json_is_whole_and_tells_of_each_place()
    {
        using var stream = new MemoryStream();
        ThresholdsJson.Write(Study(1, "AN1848"), 0, stream);
        using var document = JsonDocument.Parse(stream.ToArray());
        var ingress = document.RootElement.GetProperty("tunables").EnumerateArray().Single(item => item.GetProperty("tunable").GetString() == "IngressBytesThreshold");
        Assert.Equal("bytes", ingress.GetProperty("unit").GetString());
        Assert.True(ingress.GetProperty("places")[0].GetProperty("numbers").GetProperty("count").GetInt64() > 10);
        Assert.Single(ingress.GetProperty("values").EnumerateArray(), value => value.GetProperty("is_in_force").GetBoolean());
    }

    private static string Told(IReadOnlyList<TunableStudy> studies)
    {
        var writer = new StringWriter();
        ThresholdsText.Write(studies, 0, ReportConsole.Create(writer, color: false));
        return writer.ToString().ReplaceLineEndings("\n");
    }

    private static IReadOnlyList<TunableStudy> Study(int threads, params string[] uids)
    {
        var symbols = new SymbolTable();
        var analytics = Catalogue.Load(null, symbols).Analytics.Where(item => uids.Contains(item.Uid)).ToList();
        var study = new ThresholdStudy(analytics, tuning => Catalogue.Load(null, symbols, null, tuning), symbols, new StudyOptions { Threads = threads });
        new ThresholdsRun(Request(threads), study, symbols).Run(CancellationToken.None);
        return study.Results();
    }

    private static IReadOnlyList<Finding> Scan(string analytic, string tunable, string value)
    {
        var symbols = new SymbolTable();
        var set = AnalyticLoader.Load(Catalogue.Shipped, symbols, ReferenceData.Shipped, new One(analytic, tunable, value));
        Assert.False(set.HasErrors);
        return [.. new ScanRun(Request(1), set, symbols).Run(CancellationToken.None).Findings.Where(finding => finding.Analytic.Uid == analytic)];
    }

    private static ScanRequest Request(int threads) => new() { Paths = [Fleet], Threads = threads, Now = Instant.FromMillis(1_800_000_000_000) };

    private sealed class One(string analytic, string tunable, string value) : ITuning
    {
        public TunableSetting? Find(string of, string name) => of == analytic && name == tunable ? new TunableSetting([value], "test") : null;
    }
}

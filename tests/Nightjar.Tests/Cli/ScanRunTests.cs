using Nightjar.Baselines;
using Nightjar.Cli.Content;
using Nightjar.Cli.Scanning;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Knowledge;
using Nightjar.Policies;
using Nightjar.Sinks;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Tests.Cli;

/// <summary>The whole way from files to findings, as the scan command goes it.</summary>
public sealed class ScanRunTests : IDisposable
{
    private static readonly string Fleet = Path.Combine(Repository.Root, "samples", "fleet");

    private readonly string _folder = Directory.CreateTempSubdirectory("nightjar-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_sample_fleet_gives_the_findings_it_was_made_for()
    {
        var findings = Scan(1, Fleet).Findings;
        Assert.Equal(
            ["AN1677 com.example.torch.plus", "AN1848 com.example.torch.plus", "AN1771 com.example.fieldnotes", "AN1770 com.example.torch.plus"],
            findings.Select(item => $"{item.Analytic.Uid} {item.App}"));
        Assert.Contains(findings[1].Uid, findings[0].RelatedFindings);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Shuffled_split_in_ten_or_read_by_several_threads_the_findings_are_the_same_bytes(int threads)
    {
        var expected = Bytes(Scan(1, Path.Combine(Fleet, "edr")));
        var lines = Directory.EnumerateFiles(Path.Combine(Fleet, "edr")).SelectMany(File.ReadLines).ToArray();
        new Random(7).Shuffle(lines);
        for (var i = 0; i < 10; i++) File.WriteAllLines(Path.Combine(_folder, $"part-{9 - i}.ndjson"), lines.Where((_, n) => n % 10 == i));
        Assert.Equal(expected, Bytes(Scan(threads, _folder)));
    }

    [Fact]
    public void The_same_files_twice_count_once()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Fleet, "edr"))) File.Copy(file, Path.Combine(_folder, "again-" + Path.GetFileName(file)));
        var once = Scan(1, Path.Combine(Fleet, "edr"));
        var twice = Scan(2, Path.Combine(Fleet, "edr"), _folder);
        Assert.Equal(Bytes(once), Bytes(twice));
        Assert.Equal(once.Summary.Events, twice.Summary.Duplicates);
    }

    [Fact]
    public void What_cannot_be_read_is_named_and_the_rest_is_scanned()
    {
        File.WriteAllText(Path.Combine(_folder, "cut.ndjson"), File.ReadAllText(Path.Combine(Fleet, "edr", "android-0012.ndjson"))[..^40]);
        File.WriteAllBytes(Path.Combine(_folder, "noise.bin"), [.. Enumerable.Range(0, 4000).Select(i => (byte)(i * 37 % 251))]);
        Directory.CreateSymbolicLink(Path.Combine(_folder, "loop"), _folder);
        var outcome = Scan(1, _folder, Path.Combine(_folder, "nothing-here"));
        Assert.Contains(outcome.Findings, item => item.Analytic.Uid == "AN1677");
        var files = outcome.Summary.Files;
        Assert.Contains(files, file => file.Path.EndsWith("cut.ndjson", StringComparison.Ordinal) && file.Anomalies.Any(item => item.Kind == AnomalyKind.Truncated));
        Assert.Contains(files, file => file.Path.EndsWith("noise.bin", StringComparison.Ordinal) && file.State == FileState.Unrecognised);
        Assert.Contains(files, file => file.Path.EndsWith("nothing-here", StringComparison.Ordinal) && file.State == FileState.Unreadable);
        Assert.Contains(files.SelectMany(file => file.Anomalies), item => item.Kind == AnomalyKind.Loop);
    }

    [Fact]
    public void Without_file_telemetry_a_download_and_a_load_are_told_with_less_confidence_and_with_what_was_missing()
    {
        var lines = File.ReadLines(Path.Combine(Fleet, "edr", "android-0012.ndjson")).Where(line => !line.Contains("\"class_uid\":1001", StringComparison.Ordinal));
        File.WriteAllLines(Path.Combine(_folder, "no-files.ndjson"), lines);
        var finding = Assert.Single(Scan(1, _folder).Findings, item => item.Analytic.Uid == "AN1677");
        Assert.Contains(finding.Contributions, item => item.Name == "download-load" && item.Points == 45);
        var write = finding.Stages.Single(stage => stage.Id == "write");
        Assert.Equal(StageState.NotObservable, write.State);
        Assert.Equal(DataComponents.FileCreation | DataComponents.FileModification, write.MissingTelemetry);
    }

    [Fact]
    public void Each_output_file_is_whole_and_nothing_else_is_left()
    {
        var outcome = Scan(1, Fleet);
        var output = Path.Combine(_folder, "out");
        OutputFolder.Write(output, new RunResult(outcome.Summary, outcome.Findings), CancellationToken.None);
        Assert.Equal(SinkCatalog.All.Select(sink => sink.FileName).Order(StringComparer.Ordinal), Directory.EnumerateFiles(output).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => OutputFolder.Write(Path.Combine(_folder, "none"), new RunResult(outcome.Summary, outcome.Findings), cancelled.Token));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_folder, "none")));
    }

    [Fact]
    public void What_proves_a_finding_is_not_learned_and_what_is_repeated_is_learned_once()
    {
        var outcome = Learn(Fleet, Path.Combine(Fleet, "edr"));
        Assert.Equal(Learn(Fleet).Learned!.Apps.SelectMany(Learn(Fleet).Learned!.Of), outcome.Learned!.Apps.SelectMany(outcome.Learned.Of));
        Assert.All(outcome.Findings.Where(item => item.Analytic.Uid is "AN1770" or "AN1771"), finding =>
            Assert.DoesNotContain(outcome.Learned.Of(finding.App!), cell => cell.Kind == BaselineKind.Destination && finding.Title.Contains(cell.Value, StringComparison.Ordinal)));
        Assert.Contains(outcome.Learned.Of("com.example.torch.plus"), cell => cell.Kind == BaselineKind.Destination);
    }

    [Fact]
    public void What_is_hidden_is_not_learned_either()
    {
        var policy = PolicyReader.Read(new PolicySource("policy.yml", """
            policy: test
            exceptions:
              - {id: known, analytics: [AN1770], apps: [com.example.torch.plus], reason: Known., owner: us, created: 2026-01-01, expires: 2027-01-01}
            """u8.ToArray()), ReferenceData.Shipped).Policy!;
        var outcome = Learn(policy, Fleet);
        Assert.Single(outcome.Hidden);
        var plain = Learn(Fleet).Learned!;
        Assert.Equal(plain.Apps.SelectMany(plain.Of), outcome.Learned!.Apps.SelectMany(outcome.Learned.Of));
    }

    private static ScanOutcome Learn(Policy policy, string path)
    {
        var symbols = new SymbolTable();
        var load = Catalogue.Load(null, symbols, policy);
        return new ScanRun(Request(path), load.Analytics, symbols) { Policy = load.InForce, Learn = () => new BaselineLearning(symbols, ReferenceData.Shipped) }.Run(CancellationToken.None);
    }

    private static ScanOutcome Learn(params string[] paths)
    {
        var symbols = new SymbolTable();
        return new ScanRun(Request(paths), Catalogue.Load(null, symbols), symbols) { Learn = () => new BaselineLearning(symbols, ReferenceData.Shipped) }.Run(CancellationToken.None);
    }

    private static ScanRequest Request(params string[] paths) => new() { Paths = paths, Now = Instant.FromMillis(1_800_000_000_000) };

    private static byte[] Bytes(ScanOutcome outcome)
    {
        using var stream = new MemoryStream();
        SinkCatalog.All.First(sink => sink.Id == "ocsf").Write(new RunResult(outcome.Summary, outcome.Findings), stream);
        return stream.ToArray();
    }

    private static ScanOutcome Scan(int threads, params string[] paths)
    {
        var symbols = new SymbolTable();
        var request = new ScanRequest { Paths = paths, Threads = threads, Now = Instant.FromMillis(1_800_000_000_000) };
        return new ScanRun(request, Catalogue.Load(null, symbols), symbols).Run(CancellationToken.None);
    }
}

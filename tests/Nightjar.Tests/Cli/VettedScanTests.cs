using Nightjar.Baselines;
using Nightjar.Cli.Content;
using Nightjar.Cli.Scanning;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Vetting;
using Xunit;

namespace Nightjar.Tests.Cli;

/// <summary>Reviewed packages, from the manifest to what a finding says of them.</summary>
public sealed class VettedScanTests : IDisposable
{
    private const string Held = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b";
    private const string Other = "d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35";
    private const long Start = 1_772_000_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("nightjar-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Code_of_the_reviewed_version_is_quiet() => Assert.Empty(Scan("2.1", Held));

    [Fact]
    public void Code_that_the_reviewed_version_does_not_hold_adds_to_the_score_and_the_finding_names_the_package()
    {
        var finding = Assert.Single(Scan("2.1", Other));
        Assert.Equal(Tri.True, finding.Contributions.Single(item => item.Name == "not_in_vetted_package").State);
        var fact = finding.Context.Single(item => item.Name == "reviewed_package");
        Assert.StartsWith("com.example.torch 2.1 (1 code file, ", fact.Value, StringComparison.Ordinal);
        Assert.Equal("manifest of the installed version", fact.Source);
    }

    [Fact]
    public void After_an_update_to_a_version_that_nobody_reviewed_nothing_is_vetted()
    {
        var finding = Assert.Single(Scan("2.1", Held, Line(-5_000, 6002, 8, "\"app\":{\"uid\":\"com.example.torch\",\"version\":\"2.2\"}")));
        Assert.Equal(Tri.Unknown, finding.Contributions.Single(item => item.Name == "not_in_vetted_package").State);
        Assert.Equal("version 2.2 was not reviewed; 2.1 was", finding.Context.Single(item => item.Name == "reviewed_package").Source);
    }

    [Fact]
    public void After_an_update_that_names_no_version_the_old_one_is_no_longer_taken_for_installed()
    {
        var finding = Assert.Single(Scan("2.1", Other, Line(-5_000, 6002, 8, "\"app\":{\"uid\":\"com.example.torch\"}")));
        Assert.Equal(Tri.Unknown, finding.Contributions.Single(item => item.Name == "not_in_vetted_package").State);
    }

    [Fact]
    public void All_mistakes_of_all_manifests_of_a_folder_are_told()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "vetted")).FullName;
        File.WriteAllText(Path.Combine(folder, "a.json"), "{}");
        File.WriteAllText(Path.Combine(folder, "b.json"), "no");
        File.WriteAllText(Path.Combine(folder, "c.json"), Manifest);
        var (packages, diagnostics) = VettedFolder.Read([folder], new SymbolTable());
        Assert.Single(packages.All);
        Assert.Equal(["NJ4002", "NJ4001"], diagnostics.Select(item => item.Code));
    }

    private static string Manifest =>
        $$"""{"nightjar_vetted": 1, "app": "com.example.torch", "version": "2.1", "code": [{"path": "assets/lens.dex", "sha256": "{{Held}}"}]}""";

    private static string Line(int offset, int classUid, int activity, string rest) =>
        $$$"""{"time":{{{Start + offset}}},"class_uid":{{{classUid}}},"activity_id":{{{activity}}},"device":{"uid":"d1","os":{"type_id":201}},"actor":{"app_uid":"com.example.torch"},{{{rest}}}}""";

    private IReadOnlyList<Finding> Scan(string version, string hash, params string[] more)
    {
        File.WriteAllText(Path.Combine(_folder, "torch.json"), Manifest);
        File.WriteAllLines(Path.Combine(_folder, "events.ndjson"),
        [
            Line(-60_000, 5020, 2, $$"""
                "app":{"uid":"com.example.torch","version":"{{version}}"}
                """.Trim()),
            Line(0, 1001, 1, "\"file\":{\"path\":\"/data/data/com.example.torch/files/lens.dex\",\"magic\":\"dex\"}"),
            Line(1_000, 1005, 1, $$"""
                "module":{"file":{"path":"/data/data/com.example.torch/files/lens.dex","hashes":[{"algorithm_id":3,"value":"{{hash}}"}]},"type":"dex"}
                """.Trim()),
            .. more,
        ]);
        var symbols = new SymbolTable();
        var (vetted, diagnostics) = VettedFolder.Read([Path.Combine(_folder, "torch.json")], symbols);
        Assert.Empty(diagnostics);
        var request = new ScanRequest { Paths = [Path.Combine(_folder, "events.ndjson")], Now = Instant.FromMillis(1_800_000_000_000) };
        var outcome = new ScanRun(request, Catalogue.Load(null, symbols, new KnownNormal(Baseline.Empty, BaselineRules.Default, symbols, host => host, vetted)), symbols) { Vetted = vetted.All }.Run(CancellationToken.None);
        Assert.Single(outcome.Summary.ReviewedPackages);
        return outcome.Findings;
    }
}

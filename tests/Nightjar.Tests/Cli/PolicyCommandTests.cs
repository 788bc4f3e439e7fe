using System.Text.Json;
using System.Text.Json.Nodes;
using Nightjar.Cli;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Tests.Cli;

/// <summary>Policies from the command line, over the samples.</summary>
[Collection(TheConsole.Name)]
public sealed class PolicyCommandTests : IDisposable
{
    private const string App = "com.example.torch.plus";

    private static readonly string Fleet = Path.Combine(Repository.Root, "samples/fleet");

    private readonly string _folder = Directory.CreateTempSubdirectory("nightjar-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_finding_that_an_exception_covers_is_counted_and_told_nowhere_else()
    {
        var policy = Write(Exception("2027-01-01"));
        var output = Path.Combine(_folder, "out");
        var (code, text) = ProgramRun.Of("scan", Fleet, "--policy", policy, "--output", output, "--quiet");
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("1 finding hidden by exceptions of the policy test: torch 1, last 2026-03-02 22:53.", OneLine(text), StringComparison.Ordinal);
        Assert.DoesNotContain("AN1677", File.ReadAllText(Path.Combine(output, "findings.ocsf.ndjson")), StringComparison.Ordinal);
        Assert.Contains("The policy hides 1 finding", File.ReadAllText(Path.Combine(output, "report.html")), StringComparison.Ordinal);
        var run = JsonDocument.Parse(File.ReadAllText(Path.Combine(output, "run.json"))).RootElement.GetProperty("policy");
        Assert.Equal(("test", 64, 1), (run.GetProperty("name").GetString(), run.GetProperty("sha256").GetString()!.Length, run.GetProperty("findings_hidden").GetInt32()));
        var exception = Assert.Single(run.GetProperty("exceptions").EnumerateArray());
        Assert.Equal(("torch", 1, 1), (exception.GetProperty("id").GetString(), exception.GetProperty("hidden").GetInt32(), exception.GetProperty("hidden_alone").GetInt32()));
    }

    [Fact]
    public void After_its_end_the_finding_is_reported_and_the_report_says_why()
    {
        var (_, text) = ProgramRun.Of("scan", Fleet, "--policy", Write(Exception("2026-03-02T22:00:00Z")), "--quiet");
        Assert.Contains("The exception torch expired on 2026-03-02: 1 finding is reported that it would have hidden, the last of 2026-03-02 22:53.", OneLine(text), StringComparison.Ordinal);
        Assert.Contains("AN1677", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_hidden_is_not_learned()
    {
        var (with, without) = (Path.Combine(_folder, "a.njb"), Path.Combine(_folder, "b.njb"));
        ProgramRun.Of("scan", Fleet, "--policy", Write(Exception("2027-01-01").Replace("[AN1677]", "all", StringComparison.Ordinal)), "--update-baseline", with, "--quiet");
        ProgramRun.Of("scan", Fleet, "--update-baseline", without, "--quiet");
        Assert.Equal(File.ReadAllBytes(without), File.ReadAllBytes(with));
    }

    [Fact]
    public void Asked_why_not_it_names_the_exception()
    {
        var (code, text) = ProgramRun.Of("why-not", "AN1677", "android-0012", App, Fleet, "--policy", Write(Exception("2027-01-01")), "--quiet");
        Assert.Equal(ExitCode.Done, code);
        Assert.StartsWith("It found something, and the policy hides it: 1 finding, by torch.", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", ExitCode.Done)]
    [InlineData("groups: {a: {}}", ExitCode.Mistakes)]
    [InlineData("tunables: [{analytics: [AN9999], set: {A: 1}}]", ExitCode.Mistakes)]
    [InlineData("tunables: [{analytics: [AN1848], apps: ['com.*'], set: {TimeWindow: 3m}}]", ExitCode.Done)]
    public void Checking_ends_with_what_it_found(string more, int expected) => Assert.Equal(expected, ProgramRun.Of("policy", "check", Write(more), "--at", "2026-03-01", "--quiet").Code);

    [Fact]
    public void Checking_tells_mistakes_of_the_file_and_unknown_names_at_once()
    {
        var (code, text) = ProgramRun.Of("policy", "check", Write("exceptions: [{id: a}]\ntunables: [{analytics: [AN9999], set: {TimeWindow: 3m}}]"), "--quiet");
        Assert.Equal(ExitCode.Mistakes, code);
        Assert.Contains("`expires` is missing", text, StringComparison.Ordinal);
        Assert.Contains("AN9999", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_that_is_not_there_is_a_mistake_of_usage() => Assert.Equal(ExitCode.Usage, ProgramRun.Of("scan", Fleet, "--policy", Path.Combine(_folder, "none.yml")).Code);

    [Fact]
    public void A_policy_with_mistakes_stops_the_scan() => Assert.Equal(ExitCode.Mistakes, ProgramRun.Of("scan", Fleet, "--policy", Write("groups: {a: {}}"), "--quiet").Code);

    [Fact]
    public void What_it_comes_to_is_shown_with_the_place_of_each_value()
    {
        var policy = Write("tunables: [{analytics: [AN1677], apps: [com.example.a], set: {TimeWindow: 90s}}]\napps: [{app: com.example.a, roles: [mail]}]");
        var (code, text) = ProgramRun.Of("policy", "show", policy, "--effective", "--app", "com.example.a", "--json");
        Assert.Equal(ExitCode.Done, code);
        var window = JsonNode.Parse(text)!["tunables"]!.AsArray().Single(item => (string)item!["analytic"]! == "AN1677" && (string)item["name"]! == "TimeWindowSeconds")!;
        Assert.Equal(("90s", "1m"), ((string)window["value"]!, (string)window["default"]!));
        (_, text) = ProgramRun.Of("policy", "show", policy, "--effective", "--app", "com.example.a", "--platform", "android");
        Assert.Contains("TimeWindowSeconds = 90s  (", text, StringComparison.Ordinal);
        Assert.Contains(".yml:2 (app com.example.a); default 1m)", text, StringComparison.Ordinal);
        Assert.Contains("Roles    mail (", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_difference_is_told_in_words_with_the_values_in_force()
    {
        var before = Write("tunables: [{analytics: [AN1848], set: {TimeWindow: 10m}}]", "before.yml");
        var after = Write("tunables: [{analytics: [AN1848], apps: [com.a.b], set: {TimeWindow: 20m}}]\n" + Exception("2027-01-01"), "after.yml");
        var (_, text) = ProgramRun.Of("policy", "diff", before, after, "--quiet");
        Assert.Equal(
            [
                "added    AN1848 TimeWindow for app com.a.b: 10m → 20m",
                "removed  AN1848 TimeWindow for everything: 10m → 5m (default)",
                "added    exception torch: analytics AN1677; for app com.example.torch.plus; expires 2027-01-01; owner us; reason known",
            ],
            text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Exception(string expires) => $"exceptions: [{{id: torch, analytics: [AN1677], apps: [{App}], reason: known, owner: us, created: 2026-01-01, expires: '{expires}'}}]";

    private static string OneLine(string text) => string.Join(' ', text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private string Write(string more, string name = "policy.yml")
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, "policy: test\n" + more);
        return path;
    }
}

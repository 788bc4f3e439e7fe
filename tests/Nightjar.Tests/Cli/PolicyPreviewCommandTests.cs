using Nightjar.Cli;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Tests.Cli;

/// <summary>The preview of a policy from the command line, over the samples.</summary>
[Collection(TheConsole.Name)]
public sealed class PolicyPreviewCommandTests : IDisposable
{
    private const string Torch = "analytic=AN1848,app=com.example.torch.plus";

    private static readonly string Fleet = Path.Combine(Repository.Root, "samples/fleet");
    private static readonly string Old = Path.Combine(Repository.Root, "samples/policy.yml");
    private static readonly string New = Path.Combine(Repository.Root, "samples/policy-next.yml");

    private readonly string _folder = Directory.CreateTempSubdirectory("nightjar-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void No_line_is_wider_than_the_terminal_and_the_totals_come_first()
    {
        var (code, text) = ProgramRun.Of("policy", "preview", "--from", Old, "--to", New, Fleet, "--quiet");
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("\n1 gained, 0 lost, 0 changed in score, 2 unchanged.\n", text, StringComparison.Ordinal);
        Assert.Contains("torch-messages: hid nothing in this telemetry; expired, and would have hidden 1", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void The_order_of_files_and_the_threads_make_no_difference()
    {
        string[] parts = [.. Directory.GetDirectories(Fleet).Order(StringComparer.Ordinal)];
        string Told(string threads, IEnumerable<string> paths) => ProgramRun.Of(["policy", "preview", "--to", Old, "--threads", threads, "--quiet", .. paths]).Text;
        var told = Told("1", parts);
        Assert.Contains(" lost,", told, StringComparison.Ordinal);
        Assert.Equal(told, Told("4", parts.Reverse()));
    }

    [Fact]
    public void A_suggestion_that_is_finished_and_pasted_hides_what_was_chosen()
    {
        var (code, text) = ProgramRun.Of("policy", "preview", "--suggest", "--choose", Torch, "--created", "2026-03-04", "--expires", "2026-06-01", Fleet, "--quiet");
        Assert.Equal(ExitCode.Done, code);
        var yaml = text[text.IndexOf("exceptions:\n", StringComparison.Ordinal)..text.IndexOf("\n\n", text.IndexOf("expires:", StringComparison.Ordinal), StringComparison.Ordinal)];
        var policy = Path.Combine(_folder, "policy.yml");
        File.WriteAllText(policy, $"policy: test\n{yaml}\n");
        Assert.Equal(ExitCode.Mistakes, ProgramRun.Of("policy", "check", policy, "--quiet").Code);
        File.WriteAllText(policy, File.ReadAllText(policy).Replace("# reason:", "reason:", StringComparison.Ordinal).Replace("# owner:", "owner:", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Done, ProgramRun.Of("policy", "check", policy, "--at", "2026-03-04", "--quiet").Code);
        Assert.Contains("0 gained, 1 lost, 0 changed in score, 3 unchanged.", ProgramRun.Of("policy", "preview", "--to", policy, Fleet, "--quiet").Text, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, ProgramRun.Of("policy", "preview", "--to", policy, "--suggest", "--choose", Torch, Fleet, "--quiet").Code);
    }

    [Fact]
    public void All_findings_that_a_scan_wrote_can_be_chosen()
    {
        ProgramRun.Of("scan", Fleet, "--output", _folder, "--quiet");
        var (code, text) = ProgramRun.Of("policy", "preview", "--suggest", "--in", _folder, Fleet, "--quiet");
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("of the 4 chosen findings.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("No scenario of the analytic", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--suggest")]
    [InlineData("--suggest", "--finding", "ffffffff")]
    [InlineData("--suggest", "--finding", "")]
    [InlineData("--suggest", "--choose", "colour=red")]
    [InlineData("--suggest", "--choose", "app=com.nobody")]
    [InlineData("--suggest", "--choose", Torch, "--created", "soon")]
    [InlineData("--suggest", "--choose", Torch, "--created", "2026-03-04", "--expires", "2026-03-01")]
    [InlineData("--choose", Torch)]
    [InlineData("--to", "no/such/policy.yml")]
    [InlineData]
    public void What_cannot_be_meant_is_a_mistake_of_usage(params string[] options) => Assert.Equal(ExitCode.Usage, ProgramRun.Of(["policy", "preview", Fleet, "--quiet", .. options]).Code);

    [Theory]
    [InlineData("--from")]
    [InlineData("--to")]
    public void Mistakes_of_either_policy_stop_it(string option)
    {
        var bad = Path.Combine(_folder, "bad.yml");
        File.WriteAllText(bad, "policy: test\ngroups: {a: {}}\n");
        Assert.Equal(ExitCode.Mistakes, ProgramRun.Of("policy", "preview", option, bad, Fleet, "--quiet").Code);
    }

    [Fact]
    public void An_input_that_cannot_be_read_is_told_by_the_code() =>
        Assert.Equal(ExitCode.Unreadable, ProgramRun.Of("policy", "preview", "--to", Old, Path.Combine(_folder, "nothing-here"), "--quiet").Code);
}

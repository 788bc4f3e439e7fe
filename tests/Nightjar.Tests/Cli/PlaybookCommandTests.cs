using Nightjar.Cli;
using Nightjar.Findings;
using Nightjar.Tests.Sinks;
using Xunit;

namespace Nightjar.Tests.Cli;

/// <summary>Playbooks and conversion as a user asks for them.</summary>
[Collection(TheConsole.Name)]
public sealed class PlaybookCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nightjar-telling-").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Theory]
    [InlineData("AN1677")]
    [InlineData("an1771")]
    public void An_analytic_shows_its_playbook_unfilled(string uid)
    {
        var (code, text) = ProgramRun.Of("playbook", uid);
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("{app}", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public void A_finding_shows_its_own_for_its_kind_of_device()
    {
        Save(SampleFindings.LoadedCode());
        var (code, text) = ProgramRun.Of("playbook", "9d41", "--in", _folder);
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("for a managed device", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Ask the user", text, StringComparison.Ordinal);
        Assert.Contains("Ask the user", ProgramRun.Of("playbook", "9d41", "--in", _folder, "--personal").Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("playbook", "AN9999")]
    [InlineData("playbook", "AN1677", "--managed", "--personal")]
    [InlineData("convert", "--in", "nowhere", "--format", "ecs")]
    public void What_cannot_be_meant_is_a_mistake_of_usage(params string[] args) => Assert.Equal(ExitCode.Usage, ProgramRun.Of(args).Code);

    [Fact]
    public void A_finding_without_a_playbook_says_so()
    {
        Save(SampleFindings.IosRetrieval());
        Assert.Equal(ExitCode.Usage, ProgramRun.Of("playbook", "0b7e", "--in", _folder).Code);
    }

    [Fact]
    public void A_format_that_is_not_there_is_a_mistake_of_usage()
    {
        Save(SampleFindings.IosRetrieval());
        Assert.Equal(ExitCode.Usage, ProgramRun.Of("convert", "--in", _folder, "--format", "navigator").Code);
        Assert.Equal(ExitCode.Usage, ProgramRun.Of("scan", _folder, "--format", "xml").Code);
    }

    [Fact]
    public void A_folder_is_converted_into_a_file()
    {
        Save(SampleFindings.IosRetrieval(), SampleFindings.LoadedCode());
        var file = Path.Combine(_folder, "out.cef");
        Assert.Equal(ExitCode.Done, ProgramRun.Of("convert", "--in", _folder, "--format", "cef", "-o", file).Code);
        Assert.Equal(FormatTextOf("cef", SampleFindings.IosRetrieval(), SampleFindings.LoadedCode()), File.ReadAllText(file));
    }

    [Fact]
    public void A_line_that_is_no_finding_is_left_out_and_told_by_the_code()
    {
        Save(SampleFindings.IosRetrieval());
        File.AppendAllText(Path.Combine(_folder, "findings.ocsf.ndjson"), "{\"half\":\n");
        var file = Path.Combine(_folder, "out.csv");
        Assert.Equal(ExitCode.Unreadable, ProgramRun.Of("convert", "--in", Path.Combine(_folder, "findings.ocsf.ndjson"), "--format", "csv", "-o", file).Code);
        Assert.Equal(2, File.ReadAllLines(file).Length);
    }

    private void Save(params Finding[] findings) => File.WriteAllText(Path.Combine(_folder, "findings.ocsf.ndjson"), FormatTextOf("ocsf", findings));

    private static string FormatTextOf(string id, params Finding[] findings) => Sinks.Formats.FormatTests.Write(id, findings);
}

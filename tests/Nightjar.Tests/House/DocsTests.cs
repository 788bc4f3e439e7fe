using Xunit;

namespace Nightjar.Tests.House;

/// <summary>Documents that cannot lie about where things are. That their commands run is tested in Nightjar.Conformance.</summary>
public class DocsTests
{
    private static readonly string[] TextExtensions = [".cs", ".md", ".yml", ".json", ".txt", ".csproj", ".props", ".slnx", ".editorconfig", ".html", ".css", ".js", ".sh", ".cpp"];

    public static TheoryData<string> All => [.. Repository.Files.Where(path => path.EndsWith(".md", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_path_that_a_document_names_exists(string document) =>
        Complaints.None(Documents.MissingPaths(document, Repository.Read(document)));

    [Theory]
    [MemberData(nameof(All))]
    public void Every_link_of_a_document_leads_somewhere(string document) =>
        Complaints.None(Documents.BrokenLinks(document, Repository.Read(document)));

    [Fact]
    public void No_file_names_a_folder_of_somebodys_machine() =>
        Complaints.None(
            from path in Repository.Files
            where TextExtensions.Contains(Path.GetExtension(path)) || Path.GetExtension(path).Length == 0
            from complaint in Documents.MachinePaths(path, Repository.Read(path))
            select complaint);

    [Fact]
    public void What_the_scripts_and_documents_promise_to_be_at_the_root_is_there() =>
        Assert.Empty(new[] { "nightjar", "test", ".ci/run", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "LICENSE" }.Except(Repository.Files));

    [Theory]
    [InlineData("nightjar")]
    [InlineData("test")]
    [InlineData(".ci/run")]
    public void A_script_may_be_run(string script) =>
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Path.Combine(Repository.Root, script)).HasFlag(UnixFileMode.UserExecute));

    [Theory]
    [InlineData("See `src/Nightjar/Nowhere/Gone.cs`.", "src/Nightjar/Nowhere/Gone.cs")]
    [InlineData("```sh\n./nightjar scan samples/none.ndjson\n```", "samples/none.ndjson")]
    [InlineData("Run `./nobody`.", "nobody")]
    [InlineData("Beside `docs/none/<name>.md`.", "docs/none")]
    [InlineData("Under `tests/Nightjar.None/`, or so.", "tests/Nightjar.None")]
    [InlineData("Run `bash .ci/walk`.", ".ci/walk")]
    public void A_path_that_is_gone_is_caught(string text, string path) =>
        Assert.Contains($"names {path}, ", Assert.Single(Documents.MissingPaths("README.md", text)), StringComparison.Ordinal);

    [Theory]
    [InlineData("`src/Nightjar/Events/Tri.cs`, `tests/`, `./test unit`")]
    [InlineData("`reading/writing`, `application/json`, `out/report.html`, `src/<project>/`")]
    public void What_is_there_or_no_path_of_ours_is_no_breach(string text) => Assert.Empty(Documents.MissingPaths("README.md", text));

    [Theory]
    [InlineData("[a](docs/none.md)")]
    [InlineData("[a](../outside.md)")]
    [InlineData("# Here\n[a](#there)")]
    [InlineData("[a](docs/architecture.md#no-such-heading)")]
    public void A_link_that_leads_nowhere_is_caught(string text) => Assert.Single(Documents.BrokenLinks("README.md", text));

    [Fact]
    public void A_folder_of_somebodys_machine_is_caught() =>
        Assert.Equal(2, Documents.MachinePaths("a.md", $"cd /{"home"}/anna/nightjar\nread C:\\{"Users"}\\anna\n/data/user/0/ and /var/mobile/").Count());
}

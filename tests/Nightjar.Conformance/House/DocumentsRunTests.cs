using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Conformance.House;

/// <summary>What a document tells its reader to run does what the document says.</summary>
/// <remarks><c>NIGHTJAR_APPROVE=1 ./test conformance DocumentsRun</c> writes the true output into the documents.</remarks>
public class DocumentsRunTests
{
    private const string Sample = "```sh run\necho a; echo b >&2; echo c\n```\n\n```text output\na\nc\n```\n";

    public static TheoryData<string> Documents =>
        [.. Repository.Files.Where(path => path.EndsWith(".md", StringComparison.Ordinal) && DocumentRun.IsNeeded(Repository.Read(path)))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Documents))]
    public async Task The_commands_of_a_document_do_what_it_says(string document)
    {
        var run = new DocumentRun(Repository.Read(document), Repository.Root);
        var complaints = await run.Complaints(Cancellation);
        if (Approval.IsAsked) await File.WriteAllTextAsync(Path.Combine(Repository.Root, document), run.Corrected, Cancellation);
        Complaints.None(complaints.Select(complaint => $"{document} {complaint}"));
    }

    [Fact]
    public async Task True_output_is_no_complaint() => Assert.Empty(await new DocumentRun(Sample, Repository.Root).Complaints(Cancellation));

    [Theory]
    [InlineData("…\nc")]
    [InlineData("a\n…")]
    [InlineData("a\n…\nc")]
    public async Task An_ellipsis_stands_for_any_lines(string output) =>
        Assert.Empty(await new DocumentRun(Sample.Replace("a\nc\n```", output + "\n```", StringComparison.Ordinal), Repository.Root).Complaints(Cancellation));

    [Theory]
    [InlineData("a\nc\n```", "a\n```")]
    [InlineData("a\nc\n```", "…\nb\n```")]
    [InlineData("echo c", "echo d")]
    [InlineData("echo c", "exit 1")]
    [InlineData("sh run", "sh run exit=1")]
    public async Task A_document_that_says_otherwise_is_caught(string truth, string lie) =>
        Assert.NotEmpty(await new DocumentRun(Sample.Replace(truth, lie, StringComparison.Ordinal), Repository.Root).Complaints(Cancellation));

    [Fact]
    public async Task Approval_puts_the_true_output_into_every_block()
    {
        var run = new DocumentRun(Sample.Replace("a\nc\n```", "wrong\n```", StringComparison.Ordinal) + Sample.Replace("a\nc\n```", "```", StringComparison.Ordinal), Repository.Root);
        Assert.Equal(2, (await run.Complaints(Cancellation)).Count);
        Assert.Equal(Sample + Sample, run.Corrected);
    }
}

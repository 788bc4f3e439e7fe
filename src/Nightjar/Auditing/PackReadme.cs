using Nightjar.Sinks;
using Nightjar.Sinks.Markdown;
using Nightjar.Sinks.Plain;
using static Nightjar.Auditing.MarkdownPage;

namespace Nightjar.Auditing;

/// <summary>Writes <c>README.md</c>: what the pack is, how to check it and how to make it again.</summary>
internal static class PackReadme
{
    private const int MostOfCommand = 100_000;

    public static void Write(EvidencePack pack, IReadOnlyList<PackFile> files, Stream output)
    {
        using var page = new MarkdownPage(output);
        page.Heading(1, "Evidence pack");
        page.Paragraph("What was monitored, by what it was judged, what that could see and could not, what was found and what was done about it. Begin with `answers.md`, then `blind-spots.md`.");
        page.List([
            Text(RunSentence.Found(pack.Result)),
            $"{SinkWords.Count(pack.Hidden.Count, "finding was", "findings were")} hidden by exceptions of the policy.",
            RunSentence.Span(pack.Result.Summary) is { } span ? $"The events are of {Text(span)}." : "There were no events.",
            Moment(pack),
            $"{SinkWords.Count(pack.Scenarios.Passed, "scenario")} passed and {SinkWords.Number(pack.Scenarios.Failed)} failed; changes to the analytics were {(pack.Mutations is null ? "not " : "")}tried.",
        ]);
        WriteChecks(page, pack);
        page.Heading(2, "What is in it");
        page.Table(["File", "What it says"], files.Select(file => (IReadOnlyList<string>)[$"`{file.Name}`", file.About]));
    }

    private static string Moment(EvidencePack pack)
    {
        if (pack.AsOf is { } moment) return $"The pack was made as of {moment}.";
        return BlindSpotsPage.IsBoundToNow(pack) ? "The pack states no moment at which it was made, and some of it depends on that: see below." : "The pack states no moment at which it was made: nothing in it depends on one.";
    }

    private static void WriteChecks(MarkdownPage page, EvidencePack pack)
    {
        page.Heading(2, "How to check it");
        page.Paragraph("In this folder, the first with any tool of the system, the second also names files that were added:");
        page.Paragraph("```sh\nsha256sum -c manifest.sha256\nnightjar evidence verify .\n```");
        page.Paragraph("Whoever can change a file here can change the manifest as well. The SHA-256 of `manifest.sha256` is the seal of the pack: keep it where the pack is not, and give it as `--seal`.");
        page.Heading(2, "How to make it again");
        page.Paragraph($"With {ProductInfo.Name} {ProductInfo.Version}, ATT&CK {string.Join(" and ", pack.Analytics.Select(analytic => Code(analytic.Attack.Release)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))}, "
            + "the same files (their SHA-256 stand in `files.csv` and `analytics.json`) and this command, wherever it writes and however many threads it uses:");
        page.Paragraph(MarkdownText.Code(pack.Command, MostOfCommand));
        if (BlindSpotsPage.IsBoundToNow(pack)) page.Paragraph("**Some records were left out because their time was in the future when the pack was made.** To make the same pack later, state the moment with `--as-of`.");
    }
}

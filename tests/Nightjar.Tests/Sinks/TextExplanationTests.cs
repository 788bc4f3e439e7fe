using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Plain;
using Xunit;

namespace Nightjar.Tests.Sinks;

public sealed class TextExplanationTests
{
    [Fact]
    public void It_leads_with_how_grave_and_what()
    {
        var lines = Print(SampleFindings.LoadedCode()).Split('\n');
        Assert.Equal("High severity, score 100 of 100 (high confidence)", lines[0]);
        Assert.StartsWith("com.example.torch downloaded a DEX file", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void It_tells_stages_score_context_evidence_and_what_to_do()
    {
        var text = Joined(SampleFindings.LoadedCode());
        Assert.Contains("[x] The written file was loaded (load, required): seen, in 1 event.", text, StringComparison.Ordinal);
        Assert.Contains("[ ] The file was deleted after the load (deleted, optional): not seen.", text, StringComparison.Ordinal);
        Assert.Contains("[?] A script bridge was opened (bridge, optional): not observable; no telemetry of this device could show it. It would need OS API Execution (DC0021).", text, StringComparison.Ordinal);
        Assert.Contains("+50 write and load: the loaded path is the written path, 18.5 s later", text, StringComparison.Ordinal);
        Assert.Contains("? not in the vetted package: no vetted package of version 3.2.1 is known (unknown, would be +10)", text, StringComparison.Ordinal);
        Assert.Contains("100 is the score: the sum of 110 is held between 0 and 100.", text, StringComparison.Ordinal);
        Assert.Contains("last_user_interaction = unknown (nothing told)", text, StringComparison.Ordinal);
        Assert.Contains("3. 2026-03-14 14:24:00.000 to 14:24:12.318204 UTC (12.3 s) [download]", text, StringComparison.Ordinal);
        Assert.Contains("VPN:MobileProxy, logs/d-7f3a1c.ndjson line 21", text, StringComparison.Ordinal);
        Assert.Contains("traffic.bytes_in = 48213", text, StringComparison.Ordinal);
        Assert.Contains("KnownGoodCDNAllowlist = 3 hosts (policy: Field staff)", text, StringComparison.Ordinal);
        Assert.Contains("WHAT TO DO NEXT", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Evidence_that_was_left_out_is_counted() =>
        Assert.Contains("14 further events left out", Joined(SampleFindings.PeriodicRelay()), StringComparison.Ordinal);

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(200)]
    public void No_line_is_wider_than_asked_and_nothing_is_lost(int width)
    {
        var path = "/data/data/com.example.torch/" + string.Concat(Enumerable.Range(0, 200));
        var finding = new FindingBuilder("u", SampleFindings.Relay, SampleFindings.Pixel, "app")
            .Event("s", EventClass.FileActivity, 1, 0, fields: (FieldId.FilePath, path)).Build();
        var text = Print(finding, width);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, width));
        Assert.Contains("file.path=" + path, string.Concat(text.Where(c => !char.IsWhiteSpace(c))), StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_text_does_nothing_to_the_terminal() =>
        Assert.DoesNotContain(Print(SampleFindings.Hostile()), c => c != '\n' && (char.IsControl(c) || c is >= '\u202A' and <= '\u202E'));

    [Fact]
    public void A_finding_that_was_read_back_says_where_its_places_are()
    {
        var finding = SampleFindings.IosRetrieval();
        finding = finding with { Evidence = [.. finding.Evidence.Select(item => item with { Event = item.Event with { Provenance = "" } })] };
        Assert.Contains("its place is in evidence.ndjson", Joined(finding), StringComparison.Ordinal);
    }

    private static string Print(Finding finding, int width = 80)
    {
        var output = new StringWriter();
        TextExplanation.Write(finding, output, width);
        return output.ToString();
    }

    private static string Joined(Finding finding) => string.Join(' ', Print(finding).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
}

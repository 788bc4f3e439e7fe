using Microsoft.Playwright;
using Nightjar.Findings;
using Nightjar.Tests.Sinks;
using Xunit;

namespace Nightjar.Browser.Report;

public sealed class ReportIsAccessible(Browser browser)
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Names_headings_labels_and_contrast_are_in_order(ColorScheme scheme)
    {
        await using var open = await ReportPage.OpenAsync(browser, ReportPage.With(OfEverySeverity()), ReportPage.Window(1280, scheme));
        await ReportPage.UnfoldAsync(open.Page);
        Assert.Empty(await open.Page.EvaluateAsync<string[]>(PageAudit.Script));
    }

    private static IReadOnlyList<Finding> OfEverySeverity() =>
        [.. SampleFindings.All(), SampleFindings.Hostile(), .. Enum.GetValues<Severity>().Select(severity => SampleFindings.KeyExchange() with { Uid = $"s{severity}", Severity = severity })];

    [Theory]
    [InlineData("<h4>x</h4>", "heading")]
    [InlineData("<svg width='9' height='9'></svg>", "svg without a name")]
    [InlineData("<input>", "input without a label")]
    [InlineData("<p id='h-files'>x</p>", "id twice")]
    [InlineData("<table><tbody><tr><td>x</td></tr></tbody></table>", "table without a caption")]
    [InlineData("<p class='skip' style='position:static'><a href='#nowhere'>x</a></p>", "link to nowhere")]
    public async Task The_audit_sees_what_is_not(string fault, string expected)
    {
        await using var open = await browser.OpenAsync($"<!DOCTYPE html><html lang=en><title>x</title><header>h</header><main><h1>x</h1><p id='h-files'>t</p>{fault}</main><nav></nav><footer>f</footer>");
        Assert.Contains(await open.Page.EvaluateAsync<string[]>(PageAudit.Script), complaint => complaint.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_audit_sees_faint_shapes()
    {
        await using var open = await browser.OpenAsync("<!DOCTYPE html><html lang=en><title>x</title><header></header><main><h1>x</h1><svg aria-label=x><rect class=mark width=9 height=9 fill='#ccc'></rect></svg></main><nav></nav><footer></footer>");
        Assert.Contains(await open.Page.EvaluateAsync<string[]>(PageAudit.Script), complaint => complaint.Contains("drawn rect", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_audit_sees_faint_text()
    {
        await using var open = await browser.OpenAsync("<!DOCTYPE html><html lang=en><title>x</title><header></header><main><h1>x</h1><p style='color:#999;background:#fff'>faint</p></main><nav></nav><footer></footer>");
        Assert.Contains(await open.Page.EvaluateAsync<string[]>(PageAudit.Script), complaint => complaint.Contains("contrast 2.8", StringComparison.Ordinal));
    }
}

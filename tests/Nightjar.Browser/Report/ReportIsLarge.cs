using Nightjar.Tests.Sinks;
using Xunit;

namespace Nightjar.Browser.Report;

/// <summary>Five thousand findings. What makes a page slow is counted, not timed: nodes built, boxes laid out.</summary>
public sealed class ReportIsLarge(Browser browser)
{
    private const int Findings = 5_000;
    private const int Some = 1_000;
    private const int Megabyte = 1_000_000;

    // A playbook of the usual length, 6 KB, in each finding would be more than all the rest.
    [Fact]
    public async Task Long_playbooks_do_not_make_it_larger()
    {
        var steps = string.Concat(Enumerable.Range(1, 40).Select(i => $"{i}. Step {i} of what there is to do, in as many words as such a step of a playbook usually has, about `UID`.\n"));
        var findings = SampleFindings.Many(Some).Select(finding => finding with { Playbook = new("## Confirm\n\n" + steps.Replace("UID", finding.Uid, StringComparison.Ordinal)) }).ToList();
        await using var open = await ReportPage.OpenAsync(browser, ReportPage.With(findings), ReportPage.Window(1280));
        Assert.InRange(new FileInfo(new Uri(open.Address).LocalPath).Length, 4 * Megabyte, 14 * Megabyte);
        await open.Page.Locator("#f-00000005 .more > summary").ClickAsync();
        Assert.Equal(40, await open.Page.Locator("#f-00000005 .playbook code").CountAsync());
        Assert.Equal("00000005", await open.Page.Locator("#f-00000005 .playbook code").Last.TextContentAsync());
    }

    [Fact]
    public async Task Thousands_of_findings_are_loaded_filtered_and_opened()
    {
        await using var open = await ReportPage.OpenAsync(browser, ReportPage.With(SampleFindings.Many(Findings)), ReportPage.Window(1280));
        var page = open.Page;
        Assert.Equal("5,000 findings", await page.Locator("#shown").InnerTextAsync());
        Assert.InRange(await page.EvaluateAsync<int>("document.getElementsByTagName('*').length"), Findings, Findings * 25);
        Assert.Equal(0, await page.Locator(".evidence").CountAsync());
        Assert.InRange(await page.EvaluateAsync<int>("[...document.querySelectorAll('.finding h5')].filter(h => h.checkVisibility({contentVisibilityAuto: true})).length"), 1, 100);

        await page.Locator("#filter").FillAsync("handset-007 app3");
        Assert.Equal("10 of 5,000 findings shown", await page.Locator("#shown").InnerTextAsync());
        Assert.Equal(1, await page.Locator(".device:visible").CountAsync());
        await page.Locator(".more > summary:visible").First.ClickAsync();
        Assert.Equal(1, await page.Locator(".evidence").CountAsync());
        Assert.True(await page.Locator(".timeline").IsVisibleAsync());
        Assert.Empty(open.Complaints);
        await open.ShootAsync("report-large");
    }
}

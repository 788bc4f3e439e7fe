using Nightjar.Tests.Sinks;
using Xunit;

namespace Nightjar.Browser.Report;

/// <summary>Five thousand findings. What makes a page slow is counted, not timed: nodes built, boxes laid out.</summary>
public sealed class ReportIsLarge(Browser browser)
{
    private const int Findings = 5_000;

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

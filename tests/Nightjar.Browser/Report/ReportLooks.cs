using Microsoft.Playwright;
using Nightjar.Tests.Sinks;
using Xunit;

namespace Nightjar.Browser.Report;

public sealed class ReportLooks(Browser browser)
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(320, ColorScheme.Light)]
    [InlineData(375, ColorScheme.Light)]
    [InlineData(375, ColorScheme.Dark)]
    public async Task Nothing_is_wider_than_the_window(int width, ColorScheme scheme)
    {
        await using var open = await ReportPage.OpenAsync(browser, ReportPage.With([.. SampleFindings.All(), SampleFindings.Hostile()]), ReportPage.Window(width, scheme));
        await open.ShootAsync($"report-{width}-{scheme}");
        await ReportPage.UnfoldAsync(open.Page);
        Assert.Equal(width, await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await open.ShootAsync($"report-{width}-{scheme}-finding", "#f-9d41c0b7f2a8e653");
        await open.ShootAsync($"report-{width}-{scheme}-coverage", "#coverage");
    }

    [Fact]
    public async Task The_page_follows_the_readers_light_or_dark()
    {
        await using var light = await ReportPage.OpenAsync(browser, SampleRun.Result(), ReportPage.Window(1280));
        await using var dark = await ReportPage.OpenAsync(browser, SampleRun.Result(), ReportPage.Window(1280, ColorScheme.Dark));
        const string ground = "getComputedStyle(document.body).backgroundColor";
        Assert.NotEqual(await light.Page.EvaluateAsync<string>(ground), await dark.Page.EvaluateAsync<string>(ground));
    }

    [Fact]
    public async Task Paper_shows_the_details_and_no_controls()
    {
        await using var open = await ReportPage.OpenAsync(browser, SampleRun.Governed(), ReportPage.Window(800));
        await open.Page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        await open.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        Assert.False(await open.Page.Locator("#tools").IsVisibleAsync());
        Assert.False(await open.Page.Locator("nav").IsVisibleAsync());
        Assert.Equal(SampleFindings.All().Count, await open.Page.Locator(".timeline:visible").CountAsync());
        Assert.Equal(SampleFindings.All().Count, await open.Page.Locator(".evidence:visible").CountAsync());
        Assert.True(await open.Page.Locator(".playbook .steps").First.IsVisibleAsync());
        Assert.True(await open.Page.Locator(".heat").First.IsVisibleAsync());
        Assert.True(await open.Page.Locator(".matrix").First.IsVisibleAsync());
        await open.ShootAsync("report-print", "#f-9d41c0b7f2a8e653");
        await open.Page.EvaluateAsync("dispatchEvent(new Event('afterprint'))");
        Assert.Equal(0, await open.Page.Locator("details.more[open]").CountAsync());
        Assert.NotEmpty(await open.Page.PdfAsync());
    }

    [Fact]
    public async Task A_run_without_findings_says_so_in_its_heading()
    {
        await using var open = await ReportPage.OpenAsync(browser, SampleRun.Quiet(), ReportPage.Window(1280));
        Assert.Equal("Nothing was found on 1 device.", await open.Page.Locator("h1").InnerTextAsync());
        Assert.Equal(0, await open.Page.Locator(".finding").CountAsync());
        Assert.Empty(open.Complaints);
        await open.ShootAsync("report-quiet");
    }
}

using Microsoft.Playwright;
using Nightjar.Sinks.Html;
using Nightjar.Tests.Sinks;
using Xunit;

namespace Nightjar.Browser.Report;

/// <summary>That each question of a reader has its place on the page.</summary>
public sealed class ReportTells(Browser browser)
{
    [Fact]
    public async Task Whoever_has_a_minute_sees_what_to_look_at_first_without_scrolling()
    {
        await using var open = await ReportPage.OpenAsync(browser, SampleRun.Governed(), ReportPage.Window(1280));
        Assert.Equal(4, await open.Page.Locator(".first li").CountAsync());
        var first = open.Page.Locator(".first a").First;
        Assert.Equal("#f-9d41c0b7f2a8e653", await first.GetAttributeAsync("href"));
        Assert.InRange((await first.BoundingBoxAsync())!.Y, 0, 880);
    }

    [Fact]
    public async Task Coverage_leads_with_a_row_for_each_device_and_folds_the_reasons()
    {
        await using var open = await ReportPage.OpenAsync(browser, SampleRun.Governed(), ReportPage.Window(1280));
        var rows = open.Page.Locator(".heat tbody tr");
        Assert.Equal(4, await rows.CountAsync());
        var galaxy = open.Page.GetByRole(AriaRole.Row, new() { Name = "galaxy-s24-sales-11" }).First;
        Assert.Equal("B blind", (await galaxy.Locator("td").First.InnerTextAsync()).Replace("\n", " ", StringComparison.Ordinal));
        Assert.StartsWith("2026-03-05 to 2026-03-06 blind; 2026-03-07 not assessed; ", await galaxy.Locator("svg").First.GetAttributeAsync("aria-label"), StringComparison.Ordinal);
        Assert.True(await open.Page.GetByText("The platform of this device is stated nowhere.").First.IsVisibleAsync());
        Assert.False(await open.Page.Locator(".matrix").First.IsVisibleAsync());
        await open.Page.GetByText("What each analytic lacked").ClickAsync();
        Assert.True(await open.Page.Locator(".matrix").First.IsVisibleAsync());
    }

    [Fact]
    public async Task What_the_policy_hid_and_what_expired_is_told_with_its_owner()
    {
        await using var open = await ReportPage.OpenAsync(browser, SampleRun.Governed(), ReportPage.Window(1280));
        await open.Page.GetByRole(AriaRole.Link, new() { Name = "What is hidden, why" }).ClickAsync();
        var rows = open.Page.Locator("#policy tbody tr");
        Assert.StartsWith("torch-messages", await rows.Nth(0).InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("expired: 1 finding is reported", await rows.Nth(0).InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("governance@example.org", await rows.Nth(1).InnerTextAsync(), StringComparison.Ordinal);
        await using var without = await ReportPage.OpenAsync(browser, SampleRun.Result());
        Assert.Equal(0, await without.Page.Locator("#policy, a[href='#policy']").CountAsync());
    }

    [Fact]
    public async Task A_finding_draws_stages_flows_as_intervals_the_moment_and_its_score()
    {
        await using var open = await ReportPage.OpenAsync(browser, SampleRun.Governed(), ReportPage.Window(1280));
        await ReportPage.UnfoldAsync(open.Page);
        var finding = open.Page.Locator("#f-9d41c0b7f2a8e653");
        foreach (var name in (string[])["App state: app in the background", "Device lock: device locked", "User interaction: no event", "download: event 3, 14:24:00.000 to 14:24:12.318", "bridge: not observable"])
            Assert.Equal(1, await finding.GetByRole(AriaRole.Img, new() { Name = name }).CountAsync());
        var flow = (await finding.Locator("rect.mark").First.BoundingBoxAsync())!;
        var track = (await finding.Locator(".track").First.BoundingBoxAsync())!;
        // 12.3 s of 52.5 s and the margins beside them.
        Assert.InRange(flow.Width / track.Width, 0.2, 0.23);
        Assert.Equal(1, await finding.GetByRole(AriaRole.Img, new() { Name = "Score 100: 50 write and load, 30 download" }).CountAsync());
    }

    [Fact]
    public async Task The_keyboard_unfolds_raw_evidence_and_the_playbook()
    {
        await using var open = await ReportPage.OpenAsync(browser, SampleRun.Governed(), ReportPage.Window(1280));
        await open.Page.Locator("#f-9d41c0b7f2a8e653 .more > summary").FocusAsync();
        await open.Page.Keyboard.PressAsync("Enter");
        await Reach(open.Page, ".raw > summary");
        await open.Page.Keyboard.PressAsync("Space");
        Assert.True(await open.Page.Locator("#f-9d41c0b7f2a8e653 .raw pre").First.IsVisibleAsync());
        await Reach(open.Page, ".playbook > summary");
        Assert.Equal("Playbook: for a managed device", await open.Page.EvaluateAsync<string>("document.activeElement.textContent"));
        await open.Page.Keyboard.PressAsync("Enter");
        Assert.True(await open.Page.GetByText("Suspend the app through the management.").IsVisibleAsync());
        Assert.Equal(0, await open.Page.GetByText("Ask the user to force-stop the app.").CountAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task In_a_large_report_a_playbook_stands_once_and_is_filled_where_scripts_run(bool scripts)
    {
        var many = ReportPage.With(SampleFindings.Many(HtmlReport.LazyFrom));
        await using var open = await ReportPage.OpenAsync(browser, many, new() { JavaScriptEnabled = scripts });
        var finding = open.Page.Locator("#f-00000005");
        await finding.Locator(".more > summary").ClickAsync();
        if (scripts)
        {
            await finding.Locator(".playbook > summary").ClickAsync();
            Assert.True(await finding.GetByText("/.c/banner-5.png").Last.IsVisibleAsync());
            Assert.Equal("h6", await finding.Locator(".playbook :is(h3, h6)").First.EvaluateAsync<string>("h => h.localName"));
        }
        else
        {
            Assert.True(await finding.Locator(".values code").IsVisibleAsync());
            Assert.EndsWith("/.c/banner-5.png", await finding.Locator(".values code").InnerTextAsync(), StringComparison.Ordinal);
            await finding.Locator(".values a").ClickAsync();
            Assert.True(await open.Page.Locator("#playbook-1").IsVisibleAsync());
        }
        Assert.Empty(open.Complaints);
    }

    private static async Task Reach(IPage page, string selector)
    {
        for (var i = 0; i < 20; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector)) return;
        }
        Assert.Fail($"The keyboard does not reach {selector}.");
    }
}

using Microsoft.Playwright;
using Nightjar.Tests.Sinks;
using Xunit;

namespace Nightjar.Browser.Report;

public sealed class ReportBehaves(Browser browser)
{
    [Fact]
    public async Task It_complains_of_nothing_and_asks_no_network()
    {
        await using var open = await ReportPage.OpenAsync(browser, SampleRun.Governed());
        await ReportPage.UnfoldAsync(open.Page);
        Assert.Empty(open.Complaints);
        Assert.Empty(open.Requests);
    }

    [Fact]
    public async Task The_policy_stops_what_an_injected_text_would_try()
    {
        await using var open = await ReportPage.OpenAsync(browser, SampleRun.Result());
        await open.Page.EvaluateAsync(
            """
            () => {
              document.body.insertAdjacentHTML('beforeend', '<img src="https://nightjar.example/x.png" onerror="window.hit = 1"><p style="color:red">x</p>');
              const script = document.createElement('script');
              script.textContent = 'window.hit = 2';
              document.body.append(script);
            }
            """);
        Assert.Null(await open.Page.EvaluateAsync<int?>("window.hit ?? null"));
        Assert.Contains(open.Complaints, text => text.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_keyboard_reaches_a_finding_and_opens_it()
    {
        await using var open = await ReportPage.OpenAsync(browser, SampleRun.Result());
        await open.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the findings", await open.Page.EvaluateAsync<string>("document.activeElement.textContent"));
        await open.Page.Keyboard.PressAsync("Enter");
        var reached = false;
        for (var i = 0; i < 12 && !reached; i++)
        {
            await open.Page.Keyboard.PressAsync("Tab");
            reached = await open.Page.EvaluateAsync<bool>("document.activeElement.matches('.more > summary')");
            Assert.NotEqual("none", await open.Page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"));
        }
        Assert.True(reached);
        await open.Page.Keyboard.PressAsync("Enter");
        Assert.True(await open.Page.Locator(".finding").First.Locator(".evidence").IsVisibleAsync());
    }

    [Theory]
    [InlineData("com.example.torch", 1)]
    [InlineData("PIXEL-8", 2)]
    [InlineData("203.0.113.7", 1)]
    [InlineData("T1521.002", 1)]
    [InlineData("example iphone", 1)]
    [InlineData("nowhere", 0)]
    public async Task The_filter_finds_apps_devices_hosts_and_techniques(string words, int expected)
    {
        await using var open = await ReportPage.OpenAsync(browser, SampleRun.Result());
        await open.Page.Locator("#filter").FillAsync(words);
        Assert.Equal(expected, await open.Page.Locator(".finding:visible").CountAsync());
        Assert.Equal($"{expected} of 4 findings shown", await open.Page.Locator("#shown").InnerTextAsync());
        Assert.Equal(expected == 0, await open.Page.Locator("#none").IsVisibleAsync());
        Assert.Equal(0, await open.Page.Locator(".device:visible:not(:has(.finding:visible))").CountAsync());
    }

    [Fact]
    public async Task Severities_can_be_left_out_and_the_order_turned()
    {
        await using var open = await ReportPage.OpenAsync(browser, SampleRun.Result());
        await open.Page.GetByRole(AriaRole.Checkbox, new() { Name = "High" }).UncheckAsync();
        Assert.Equal(3, await open.Page.Locator(".finding:visible").CountAsync());
        await open.Page.GetByRole(AriaRole.Checkbox, new() { Name = "High" }).CheckAsync();
        Assert.Equal("f-9d41c0b7f2a8e653", await FirstAsync(open.Page));
        await open.Page.Locator("#order").SelectOptionAsync("oldest");
        Assert.Equal("f-0b7e55d3a1c94f20", await FirstAsync(open.Page));
        await open.Page.Locator("#order").SelectOptionAsync("newest");
        Assert.Equal("f-51aa0c6be2dd4971", await FirstAsync(open.Page));
        await open.Page.Locator("#order").SelectOptionAsync("gravity");
        Assert.Equal("f-9d41c0b7f2a8e653", await FirstAsync(open.Page));
    }

    [Fact]
    public async Task A_link_to_a_finding_opens_it_even_when_the_filter_hides_it()
    {
        await using var open = await ReportPage.OpenAsync(browser, SampleRun.Result());
        await open.Page.Locator("#filter").FillAsync("notes.keeper");
        await open.Page.Locator(".first a").First.ClickAsync();
        Assert.True(await open.Page.Locator("#f-9d41c0b7f2a8e653 .evidence").IsVisibleAsync());
    }

    [Fact]
    public async Task An_address_that_names_a_finding_opens_it()
    {
        await using var open = await ReportPage.OpenAsync(browser, SampleRun.Result());
        await open.Page.GotoAsync("about:blank");
        await open.Page.GotoAsync(open.Address + "#f-51aa0c6be2dd4971");
        Assert.True(await open.Page.Locator("#f-51aa0c6be2dd4971 .evidence").IsVisibleAsync());
        await open.Page.GotoAsync(open.Address + "#%");
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task Hostile_text_is_shown_and_does_nothing()
    {
        await using var open = await ReportPage.OpenAsync(browser, ReportPage.With([SampleFindings.Hostile()]));
        await ReportPage.UnfoldAsync(open.Page);
        Assert.Empty(open.Complaints);
        Assert.Empty(open.Requests);
        Assert.Equal(1, await open.Page.Locator("script").CountAsync());
        Assert.Equal(0, await open.Page.Locator("img").CountAsync());
        Assert.Contains("<script>alert(1)</script>", await open.Page.Locator("h5").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains(@"\u{202E}gpj.exe\u{001B}[31m", await open.Page.Locator("h5").InnerTextAsync(), StringComparison.Ordinal);
        Assert.False(await open.Page.EvaluateAsync<bool>(@"/[\u202a-\u202e\u2066-\u2069\u0007\u001b]/.test(document.documentElement.outerHTML)"));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(Nightjar.Sinks.Html.HtmlReport.LazyFrom)]
    public async Task Without_scripts_everything_can_be_read(int count)
    {
        await using var open = await ReportPage.OpenAsync(browser, ReportPage.With(SampleFindings.Many(count)), new BrowserNewContextOptions { JavaScriptEnabled = false });
        Assert.False(await open.Page.Locator("#tools").IsVisibleAsync());
        await open.Page.Locator(".more > summary").First.ClickAsync();
        Assert.True(await open.Page.Locator(".finding").First.Locator(".timeline").IsVisibleAsync());
        Assert.True(await open.Page.Locator(".finding").First.Locator(".evidence").IsVisibleAsync());
        Assert.Empty(open.Complaints);
    }

    private static Task<string> FirstAsync(IPage page) => page.EvaluateAsync<string>("document.querySelector('.finding').id");
}

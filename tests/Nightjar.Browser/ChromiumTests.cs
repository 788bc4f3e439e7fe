using Xunit;

namespace Nightjar.Browser;

/// <summary>That the browser these tests lean on is one: it lays out, runs scripts, and stays off the network.</summary>
public class ChromiumTests(Chromium chromium)
{
    [Fact]
    public async Task A_page_is_laid_out_and_its_scripts_run()
    {
        var page = await chromium.OpenPage();
        await page.SetContentAsync("<p style='width: 70px'>a</p><script>document.title = document.querySelector('p').offsetWidth</script>");
        Assert.Equal("70", await page.TitleAsync());
    }

    [Fact]
    public async Task A_page_reaches_nothing_outside_this_machine()
    {
        var page = await chromium.OpenPage();
        await page.SetContentAsync("<script>fetch('https://example.com/').then(() => document.title = 'reached', () => document.title = 'kept in')</script>");
        await page.WaitForFunctionAsync("document.title !== ''");
        Assert.Equal("kept in", await page.TitleAsync());
    }
}

using Microsoft.Playwright;
using Nightjar.Tests.Cli;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Browser.Report;

/// <summary>The page as the command makes it of the telemetry in <c>samples/</c>; the pictures in <c>docs/images</c> are taken here.</summary>
[Collection(TheConsole.Name)]
public sealed class ReportOfTheSampleFleet(Browser browser)
{
    [Theory]
    [InlineData(ColorScheme.Light, "report-summary")]
    [InlineData(ColorScheme.Dark, "report-finding")]
    [InlineData(ColorScheme.Light, "report-coverage")]
    public async Task It_opens_without_a_complaint_and_can_be_read_by_all(ColorScheme scheme, string picture)
    {
        await using var open = await browser.OpenAsync(Html(), new() { ViewportSize = new() { Width = 1000, Height = 720 }, ColorScheme = scheme });
        await ScrollAsync(open.Page, picture);
        await open.ShootWindowAsync(picture);
        await ReportPage.UnfoldAsync(open.Page);
        Assert.Empty(await open.Page.EvaluateAsync<string[]>(PageAudit.Script));
        Assert.Empty(open.Complaints);
        Assert.Empty(open.Requests);
    }

    private static async Task ScrollAsync(IPage page, string picture)
    {
        if (picture == "report-coverage") await page.Locator("#coverage").EvaluateAsync("part => part.scrollIntoView()");
        if (picture != "report-finding") return;
        await page.Locator(".more > summary").First.ClickAsync();
        await page.Locator(".timeline").First.EvaluateAsync("drawing => drawing.scrollIntoView()");
    }

    private static string Html()
    {
        var folder = Directory.CreateTempSubdirectory("nightjar-report-");
        try
        {
            Environment.CurrentDirectory = Repository.Root;
            var (code, text) = ProgramRun.Of("scan", "samples/fleet", "--policy", "samples/policy.yml", "--output", folder.FullName);
            Assert.True(code == 0, text);
            return File.ReadAllText(Path.Combine(folder.FullName, "report.html"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

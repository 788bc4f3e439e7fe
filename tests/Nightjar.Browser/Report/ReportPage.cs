using Microsoft.Playwright;
using Nightjar.Findings;
using Nightjar.Sinks;
using Nightjar.Sinks.Html;
using Nightjar.Tests.Sinks;

namespace Nightjar.Browser.Report;

/// <summary>Reports of the invented fleet, opened in the browser.</summary>
internal static class ReportPage
{
    public static Task<OpenPage> OpenAsync(Browser browser, RunResult result, BrowserNewContextOptions? options = null) => browser.OpenAsync(Html(result), options);

    public static RunResult With(IReadOnlyList<Finding> findings) => SampleRun.Governed() with { Findings = findings };

    public static BrowserNewContextOptions Window(int width, ColorScheme scheme = ColorScheme.Light) =>
        new() { ViewportSize = new ViewportSize { Width = width, Height = 900 }, ColorScheme = scheme };

    /// <summary>Opens every finding, table and list of the page, and lays out also what is out of sight.</summary>
    public static Task UnfoldAsync(IPage page) => page.EvaluateAsync(
        """
        () => {
          document.querySelectorAll('details').forEach(d => d.open = true);
          document.querySelectorAll('.finding').forEach(f => f.style.contentVisibility = 'visible');
        }
        """);

    private static string Html(RunResult result)
    {
        var writer = new StringWriter();
        HtmlReport.Write(result, writer);
        return writer.ToString();
    }
}

using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Nightjar.Browser.Browser))]

namespace Nightjar.Browser;

/// <summary>A real browser, if the machine has one: Chromium at its usual place or on the path. Nothing is downloaded. One for all tests.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Find() is not { } executable) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = executable, Args = Arguments });
    }

    /// <summary>Opens a page of HTML from a file, and records what it complains of and asks for. Skips the test when there is no browser.</summary>
    internal async Task<OpenPage> OpenAsync(string html, BrowserNewContextOptions? options = null)
    {
        Assert.SkipWhen(_browser is null, "No Chromium on this machine: none of " + string.Join(", ", Names) + " is on the path.");
        var context = await _browser!.NewContextAsync(options);
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".html");
        await File.WriteAllTextAsync(file, html);
        var page = await context.NewPageAsync();
        var open = new OpenPage(page, context, file);
        await page.GotoAsync(open.Address);
        return open;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    private static string? Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Prepend("/usr/bin");
        return folders.SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}

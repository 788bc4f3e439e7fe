using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Nightjar.Browser.Chromium))]

namespace Nightjar.Browser;

/// <summary>The browser that all tests here share: the machine's own chromium, as <c>./test</c> finds or installs it.</summary>
/// <remarks>A test takes it through its constructor and asks for a page; where there is no browser the test is skipped and says so.</remarks>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Find() is not { } path) return;
        _playwright = await Playwright.CreateAsync();
        // The sandbox needs rights that a container seldom gives; the pages are our own.
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox", "--disable-dev-shm-usage"] });
    }

    /// <summary>A fresh page that shares nothing with those of other tests. Requests to anywhere but files and this machine fail.</summary>
    public async Task<IPage> OpenPage(BrowserNewContextOptions? options = null)
    {
        Assert.SkipWhen(_browser is null, "No chromium on this machine (NIGHTJAR_CHROMIUM or PATH); ./test installs it where it may.");
        var context = await _browser.NewContextAsync(options);
        await context.RouteAsync(url => !IsOurs(url), route => route.AbortAsync());
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    private static bool IsOurs(string url) => new Uri(url) is { IsLoopback: true } or { Scheme: "file" or "data" or "about" or "blob" };

    private static string? Find()
    {
        var told = Environment.GetEnvironmentVariable("NIGHTJAR_CHROMIUM");
        if (!string.IsNullOrEmpty(told)) return told;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}

using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Nightjar.Browser;

/// <summary>An open page with all that it wrote to the console, threw, or asked of a network.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly string _file;

    public OpenPage(IPage page, IBrowserContext context, string file)
    {
        (Page, _context, _file) = (page, context, file);
        page.Console += (_, message) => { if (message.Type is "error" or "warning") Complaints.Enqueue(message.Text); };
        page.PageError += (_, error) => Complaints.Enqueue(error);
        page.Dialog += (_, dialog) => { Complaints.Enqueue("dialog: " + dialog.Message); _ = dialog.DismissAsync(); };
        page.Request += (_, request) => { if (!request.Url.StartsWith("file:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)) Requests.Enqueue(request.Url); };
    }

    public IPage Page { get; }

    /// <summary>Where the page lies.</summary>
    public string Address => new Uri(_file).AbsoluteUri;

    /// <summary>Errors and warnings of the console, exceptions and dialogs.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    /// <summary>Requests to anything but the file itself.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Saves a picture when the folder NIGHTJAR_SHOTS names is wanted by whoever runs the tests; a person then looks at it.</summary>
    public async Task ShootAsync(string name, string? selector = null)
    {
        if (Environment.GetEnvironmentVariable("NIGHTJAR_SHOTS") is not { Length: > 0 } folder) return;
        var path = Path.Combine(folder, name + ".png");
        if (selector is null) await Page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = true });
        else await Page.Locator(selector).First.ScreenshotAsync(new LocatorScreenshotOptions { Path = path });
    }

    /// <summary>The same of what the window shows.</summary>
    public async Task ShootWindowAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("NIGHTJAR_SHOTS") is not { Length: > 0 } folder) return;
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png") });
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        File.Delete(_file);
    }
}

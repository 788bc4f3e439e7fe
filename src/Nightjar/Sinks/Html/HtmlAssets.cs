using System.Security.Cryptography;
using System.Text;

namespace Nightjar.Sinks.Html;

/// <summary>The page's style and script, and their hashes for its content security policy: nothing else in the page can run or style.</summary>
internal static class HtmlAssets
{
    public static string Style { get; } = Read("html/report.css");

    public static string Script { get; } = Read("html/report.js");

    /// <summary>Forbids everything but the two.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src '{Hash(Style)}'; script-src '{Hash(Script)}'; img-src data:; base-uri 'none'; form-action 'none'";

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Read(string name)
    {
        using var stream = typeof(HtmlAssets).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}

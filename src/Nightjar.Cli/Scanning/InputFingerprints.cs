using System.Security.Cryptography;
using Nightjar.Auditing;
using Nightjar.Cli.Content;
using Nightjar.Findings;

namespace Nightjar.Cli.Scanning;

/// <summary>Takes the fingerprints of the files that a run read, once it has read them. What is inside an archive is known by the archive.</summary>
internal static class InputFingerprints
{
    private const string Inside = "!/";

    /// <summary>The files of the telemetry in order of path, then those that were judged by.</summary>
    public static IReadOnlyList<InputFingerprint> Of(RunSummary summary, IEnumerable<(string Role, string Path)> grounds) =>
    [
        .. summary.Files.Select(file => Outermost(file.Path)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(path => Of("telemetry", path)),
        .. grounds.SelectMany(item => FilesOf(item.Path), (item, path) => Of(item.Role, path)),
    ];

    // A file may bear the mark in its own name, so the shortest that is there counts.
    private static string Outermost(string path)
    {
        for (var at = path.IndexOf(Inside, StringComparison.Ordinal); at >= 0; at = path.IndexOf(Inside, at + 1, StringComparison.Ordinal))
        {
            if (File.Exists(path[..at])) return path[..at];
        }
        return path;
    }

    private static IEnumerable<string> FilesOf(string path) => Directory.Exists(path) ? ContentFolder.Files(path, _ => true) : [path];

    private static InputFingerprint Of(string role, string path)
    {
        try
        {
            if (!File.Exists(path)) return new InputFingerprint(path, role, null, null);
            using var stream = File.OpenRead(path);
            if (!stream.CanSeek) return new InputFingerprint(path, role, null, null);
            return new InputFingerprint(path.Replace('\\', '/'), role, stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The account of the run says why; here it has no fingerprint.
            return new InputFingerprint(path, role, null, null);
        }
    }
}

using Nightjar.Auditing;
using Nightjar.Cli.Content;
using Nightjar.Findings;

namespace Nightjar.Cli.Scanning;

/// <summary>Takes the fingerprints of the files that a run read, once it has read them. What is inside an archive is known by the archive.</summary>
internal static class InputFingerprints
{
    private const string Telemetry = "telemetry";
    private const string Inside = "!/";

    /// <summary>The files of the telemetry in order of path, then those that were judged by.</summary>
    public static IReadOnlyList<InputFingerprint> Of(RunSummary summary, IEnumerable<(string Role, string Path)> grounds) =>
    [
        .. summary.Files.GroupBy(file => Outermost(file.Path), StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Told(Of(Telemetry, group.Key), group.Any(file => file.Bytes > 0))),
        .. grounds.SelectMany(item => FilesOf(item.Path), (item, path) => Of(item.Role, path)),
    ];

    // What gave bytes and has no length is a pipe: it cannot be read again.
    private static InputFingerprint Told(InputFingerprint taken, bool gaveBytes) => gaveBytes && taken.Bytes == 0 ? taken with { Bytes = null, Sha256 = null } : taken;

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
            var (bytes, hash) = FileHashes.Of(path);
            return new InputFingerprint(path.Replace('\\', '/'), role, bytes, hash);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The account of the run says why; here it has no fingerprint.
            return new InputFingerprint(path, role, null, null);
        }
    }
}

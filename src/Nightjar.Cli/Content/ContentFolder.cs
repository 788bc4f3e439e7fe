using System.IO.Enumeration;

namespace Nightjar.Cli.Content;

/// <summary>Finds the files that people wrote in a folder: analytics, scenarios, mappings, manifests.</summary>
internal static class ContentFolder
{
    private const int MostFiles = 100_000;

    /// <summary>The wanted files at any depth, in ordinal order, with forward slashes. Links are followed, but not back to a folder above them.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isWanted">Asked with each path.</param>
    /// <exception cref="UsageException">There are more than can be meant.</exception>
    /// <exception cref="IOException">A part cannot be read; what is left out in silence would be taken for read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static IReadOnlyList<string> Files(string folder, Func<string, bool> isWanted)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = 0 };
        var found = new FileSystemEnumerable<string>(folder, (ref FileSystemEntry entry) => entry.ToSpecifiedFullPath().Replace('\\', '/'), options)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !LeadsBack(entry.ToFileSystemInfo()),
        };
        var files = found.Where(isWanted).Take(MostFiles + 1).ToList();
        if (files.Count > MostFiles) throw new UsageException($"There are more than {MostFiles} files at or below {folder}; name a folder that holds less.");
        files.Sort(StringComparer.Ordinal);
        return files;
    }

    private static bool LeadsBack(FileSystemInfo entry) =>
        entry.ResolveLinkTarget(returnFinalTarget: true) is { } target && $"{entry.FullName}/".StartsWith($"{target.FullName.TrimEnd('/')}/", StringComparison.Ordinal);
}

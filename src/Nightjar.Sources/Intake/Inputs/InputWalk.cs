using Nightjar.Events;
using Nightjar.Sources.Intake.Archives;
using Nightjar.Sources.Intake.Reading;

namespace Nightjar.Sources.Intake.Inputs;

/// <summary>Finds the files behind the paths that the user gave, each once, in path order.</summary>
internal sealed class InputWalk(IntakeOptions options, AccountBook accounts, ProgressMeter progress, CancellationToken cancellation)
{
    private readonly List<InputFile> _found = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _above = new(StringComparer.Ordinal);

    /// <summary>All inputs. What cannot be read is entered in the accounts.</summary>
    public IReadOnlyList<InputFile> Find()
    {
        foreach (var path in options.Paths.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)) Guarded(Shown(path), () => FindAt(path));
        return _found;
    }

    private void FindAt(string path)
    {
        if (path == "-") AddStandardInput();
        else if (Directory.Exists(path)) Walk(new DirectoryInfo(path), Shown(path), relative: "", isLink: false);
        else if (File.Exists(path)) AddFile(new FileInfo(path), Shown(path), ArchiveName.FileName(Shown(path)), realFolder: null);
        else Refuse(Shown(path), AnomalyKind.Unreadable, IsLink(path) ? "The link leads nowhere." : "There is no such file or folder.");
    }

    private void AddStandardInput()
    {
        if (options.StandardInput is { } stream) _found.Add(new PipeFile("-", () => stream));
        else Refuse("-", AnomalyKind.Unreadable, "There is no standard input.");
    }

    private void Walk(DirectoryInfo folder, string shown, string relative, bool isLink)
    {
        cancellation.ThrowIfCancellationRequested();
        if (RealPath.Of(folder.FullName) is not { } real || _above.Contains(real))
        {
            Refuse(shown, AnomalyKind.Loop, "The folder links to one that it is inside of; it was not entered again.");
            return;
        }
        if (!_seen.Add(real)) return;
        _above.Add(real);
        var entries = List(folder, shown);
        if (entries.Count == 0 && relative.Length == 0 && !isLink) Refuse(shown, FileState.Unrecognised, AnomalyKind.Unrecognised, "The folder holds no files.");
        foreach (var entry in entries) Add(entry, shown, relative, real);
        _above.Remove(real);
    }

    private void Add(FileSystemInfo entry, string folder, string relative, string realFolder)
    {
        var name = ArchiveName.Printable(entry.Name);
        var shown = folder.EndsWith('/') ? folder + name : $"{folder}/{name}";
        var below = relative.Length == 0 ? name : $"{relative}/{name}";
        Guarded(shown, () =>
        {
            if (entry is DirectoryInfo inner) Walk(inner, shown, below, inner.LinkTarget is not null);
            else if (File.Exists(entry.FullName)) AddFile((FileInfo)entry, shown, below, realFolder);
            else Refuse(shown, AnomalyKind.Unreadable, entry.LinkTarget is not null ? "The link leads nowhere." : "It is not there any more.");
        });
    }

    // The real folder is null for a file that the user named.
    private void AddFile(FileInfo file, string shown, string relative, string? realFolder)
    {
        var plain = realFolder is not null && file.LinkTarget is null ? Path.Combine(realFolder, file.Name) : null;
        if ((plain ?? RealPath.Of(file.FullName)) is not { } real)
        {
            Refuse(shown, AnomalyKind.Loop, "The link leads in a circle.");
            return;
        }
        if (!_seen.Add(real)) return;
        var found = new FileInfo(real);
        if (found.Length > 0) _found.Add(new DiskFile(shown, relative, found, progress));
        // A pipe has no length either. One that was named is read; one that lies about in a folder could make the run wait for ever.
        else if (realFolder is null) _found.Add(new PipeFile(shown, () => new FileStream(real, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0)));
        else Refuse(shown, FileState.Unrecognised, AnomalyKind.Unrecognised, ContentKinds.WhyUnrecognised(default));
    }

    private List<FileSystemInfo> List(DirectoryInfo folder, string shown)
    {
        try
        {
            var all = new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false, ReturnSpecialDirectories = false };
            return [.. folder.EnumerateFileSystemInfos("*", all).OrderBy(PathKey, StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.SecurityException)
        {
            Refuse(shown, AnomalyKind.Unreadable, "The folder may not be opened or could not be read.");
            return [];
        }
    }

    // So that the files of all folders together come in the order of their paths: "a.log" before "a/b.log".
    private static string PathKey(FileSystemInfo entry) => entry is DirectoryInfo ? entry.Name + "/" : entry.Name;

    private void Guarded(string shown, Action find)
    {
        try
        {
            find();
        }
        catch (Exception e) when (InputFailure.Covers(e))
        {
            Refuse(shown, AnomalyKind.Unreadable, e.Message);
        }
    }

    private void Refuse(string shown, AnomalyKind kind, string reason) => Refuse(shown, FileState.Unreadable, kind, reason);

    private void Refuse(string shown, FileState state, AnomalyKind kind, string reason) => accounts.Refuse(shown, state, kind, reason);

    private static string Shown(string path)
    {
        var shown = ArchiveName.Printable(Path.DirectorySeparatorChar == '\\' ? path.Replace('\\', '/') : path);
        return shown.Length > 1 ? shown.TrimEnd('/') is { Length: > 0 } trimmed ? trimmed : "/" : shown;
    }

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;
}

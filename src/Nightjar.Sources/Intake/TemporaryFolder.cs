namespace Nightjar.Sources.Intake;

/// <summary>A private folder for temporary files, made when the first is needed and removed with all it holds. Safe for several threads.</summary>
/// <remarks>A lock file beside the folder is held open as long as the run lives. When its process dies, the system lets go of the lock,
/// and the next run that finds it free removes what was left behind.</remarks>
internal sealed class TemporaryFolder : IDisposable
{
    private const string Prefix = "nightjar-";
    private const string LockSuffix = ".lock";
    private const string FileSuffix = ".part";

    private readonly Lock _making = new();
    private readonly string _place;
    private FileStream? _lock;
    private string? _folder;
    private int _files;
    private bool _isDisposed;

    /// <param name="place">Where the folder is made; null for the system's place for temporary files.</param>
    public TemporaryFolder(string? place) => _place = place ?? Path.GetTempPath();

    /// <summary>Opens a new file for writing and reading at any place; closing removes it.</summary>
    /// <exception cref="IOException">The place takes no files.</exception>
    public FileStream CreateFile()
    {
        try
        {
            lock (_making)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                _folder ??= Make();
                return Create(Path.Combine(_folder, $"{++_files}{FileSuffix}"), FileOptions.DeleteOnClose);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(e);
        }
    }

    /// <summary>Says in one sentence what failed and what helps.</summary>
    public IOException Failed(Exception cause) => cause as TemporaryFolderException ?? new TemporaryFolderException(
        $"Temporary files could not be written to {_place}: {cause.Message} Free some room there or name another folder for them.",
        cause);

    /// <summary>Removes what dead runs left behind. What cannot be removed stays.</summary>
    public void Sweep()
    {
        try
        {
            foreach (var path in Directory.EnumerateFiles(_place, Prefix + "*" + LockSuffix)) SweepOne(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The place is missing or closed to us. The first temporary file will say so, if one is needed at all.
        }
    }

    public void Dispose()
    {
        lock (_making)
        {
            _isDisposed = true;
            if (_lock is null || _folder is null) return;
            var isGone = TryRemove(_folder);
            _lock.Dispose();
            _lock = null;
            if (isGone) File.Delete(_folder + LockSuffix);
        }
    }

    private string Make()
    {
        Directory.CreateDirectory(_place);
        var folder = Path.Combine(_place, Prefix + Guid.NewGuid().ToString("N"));
        _lock = Create(folder + LockSuffix, FileOptions.None);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }

    private static FileStream Create(string path, FileOptions options)
    {
        var open = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
            Options = options,
        };
        if (!OperatingSystem.IsWindows()) open.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, open);
    }

    private static void SweepOne(string lockPath)
    {
        try
        {
            // Fails while the run that made it lives.
            using (new FileStream(lockPath, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            {
                if (!TryRemove(lockPath[..^LockSuffix.Length])) return;
            }
            File.Delete(lockPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Alive, or another user's.
        }
    }

    // Only files that this class names are removed, so a folder that somebody else put there under such a name costs nothing else.
    private static bool TryRemove(string folder)
    {
        try
        {
            var found = new DirectoryInfo(folder);
            if (!found.Exists) return true;
            if (found.LinkTarget is not null) return false;
            foreach (var file in found.EnumerateFiles("*" + FileSuffix)) file.Delete();
            found.Delete();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The lock file stays too, so that the next run tries again.
            return false;
        }
    }
}

/// <summary>The machine takes no more temporary files. That is no fault of any input.</summary>
internal sealed class TemporaryFolderException(string message, Exception cause) : IOException(message, cause);

using Nightjar.Events;

namespace Nightjar.Sources.Intake.Inputs;

/// <summary>One input as it was found: a file, or a pipe.</summary>
/// <param name="path">As the user would find it.</param>
/// <param name="relativePath">Its place below the path that the user gave.</param>
internal abstract class InputFile(string path, string relativePath) : IDisposable
{
    public string Path => path;

    public string RelativePath => relativePath;

    /// <summary>Its length in bytes; 0 when unknown.</summary>
    public abstract long Length { get; }

    /// <summary>The file's own date; null when it has none.</summary>
    public virtual Instant? Time => null;

    /// <summary>True when it can be read more than once.</summary>
    public abstract bool CanReopen { get; }

    /// <summary>True when it is no longer what was found.</summary>
    public virtual bool HasChanged => false;

    /// <summary>Where it failed when it was read before, and cannot be read again; null when it has not.</summary>
    public virtual LatchedStream? Latch => null;

    /// <summary>Opens it at its beginning.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public abstract Stream Open();

    public virtual void Dispose()
    {
    }
}

/// <summary>A file on disk.</summary>
internal sealed class DiskFile : InputFile
{
    private readonly string _fullPath;
    private readonly ProgressMeter? _progress;
    private readonly long _length;
    private readonly DateTime _written;

    public DiskFile(string path, string relativePath, FileInfo found, ProgressMeter? progress)
        : base(path, relativePath)
    {
        _fullPath = found.FullName;
        _progress = progress;
        _length = found.Length;
        _written = found.LastWriteTimeUtc;
    }

    public override long Length => _length;

    public override Instant? Time => Instant.From(new DateTimeOffset(_written, TimeSpan.Zero));

    public override bool CanReopen => true;

    public override bool HasChanged
    {
        get
        {
            var now = new FileInfo(_fullPath);
            return !now.Exists || now.Length != _length || now.LastWriteTimeUtc != _written;
        }
    }

    public override Stream Open()
    {
        var handle = File.OpenHandle(_fullPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return new HandleStream(handle, Math.Min(RandomAccess.GetLength(handle), _length), ownsHandle: true, _progress);
    }
}

/// <summary>The standard input or a named pipe. Read once as it comes; kept in a <see cref="Spool"/> when it has to be read again or in parts.</summary>
internal sealed class PipeFile(string path, Func<Stream> open) : InputFile(path, path)
{
    private LatchedStream? _latch;
    private PeekedStream? _stream;
    private Spool? _spool;

    public override long Length => _spool?.Length ?? 0;

    public override bool CanReopen => _spool is not null;

    public override LatchedStream? Latch => _latch;

    /// <summary>The beginning of what comes.</summary>
    /// <exception cref="IOException">The pipe cannot be opened.</exception>
    public PeekedStream Begin(CancellationToken cancellation)
    {
        _latch ??= new LatchedStream(open(), outer: null, cancellation);
        return _stream ??= new PeekedStream(_latch);
    }

    /// <summary>Keeps all that comes. False when that was more than the limit.</summary>
    /// <exception cref="IOException">The temporary folder takes no more.</exception>
    public bool Keep(TemporaryFolder folder, long limit, CancellationToken cancellation)
    {
        _spool = Spool.Of(Begin(cancellation), folder, limit, cancellation);
        return !_spool.IsCut;
    }

    public override Stream Open() => _spool is { } spool ? spool.Open() : Begin(CancellationToken.None);

    public override void Dispose()
    {
        _spool?.Dispose();
        _stream?.Dispose();
        _latch?.Dispose();
        base.Dispose();
    }
}

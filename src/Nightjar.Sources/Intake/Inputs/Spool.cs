namespace Nightjar.Sources.Intake.Inputs;

/// <summary>A copy of a stream that can be read at any place: in memory while it is small, else in a temporary file.</summary>
internal sealed class Spool : IDisposable
{
    private const int InMemory = 2 << 20;

    private readonly MemoryStream? _memory;
    private readonly FileStream? _file;

    private Spool(MemoryStream? memory, FileStream? file, long length)
    {
        _memory = memory;
        _file = file;
        Length = length;
    }

    public long Length { get; }

    /// <summary>True when the stream had more than the limit; what was kept is its beginning.</summary>
    public bool IsCut { get; private init; }

    /// <summary>Copies a stream to its end or to a limit.</summary>
    public static Spool Of(Stream from, TemporaryFolder folder, long limit, CancellationToken cancellation)
    {
        var memory = new MemoryStream();
        FileStream? file = null;
        try
        {
            var buffer = new byte[81_920];
            var length = 0L;
            int read;
            while ((read = from.Read(buffer)) > 0 && length < limit)
            {
                cancellation.ThrowIfCancellationRequested();
                var kept = (int)Math.Min(read, limit - length);
                if (length + kept > InMemory) file ??= Move(memory, folder);
                if (file is null) memory.Write(buffer, 0, kept);
                else Write(file, buffer.AsSpan(0, kept), folder);
                length += kept;
                if (kept < read) break;
            }
            return new Spool(file is null ? memory : null, file, length) { IsCut = read > 0 };
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }

    /// <summary>Opens it at its beginning. Several may read at once.</summary>
    public Stream Open() => _file is { } file
        ? new HandleStream(file.SafeFileHandle, Length, ownsHandle: false, progress: null)
        : new MemoryStream(_memory!.GetBuffer(), 0, (int)Length, writable: false);

    public void Dispose() => _file?.Dispose();

    private static FileStream Move(MemoryStream memory, TemporaryFolder folder)
    {
        var file = folder.CreateFile();
        Write(file, memory.GetBuffer().AsSpan(0, (int)memory.Length), folder);
        memory.SetLength(0);
        memory.Capacity = 0;
        return file;
    }

    private static void Write(FileStream file, ReadOnlySpan<byte> bytes, TemporaryFolder folder)
    {
        try
        {
            file.Write(bytes);
        }
        catch (IOException e)
        {
            throw folder.Failed(e);
        }
    }
}

using Nightjar.Events;

namespace Nightjar.Sources.Intake.Ordering;

/// <summary>Sorted records in a temporary file of its own, which goes when this is disposed.</summary>
internal sealed class SpilledRun : IDisposable
{
    private const int WriteBuffer = 1 << 20;

    private readonly FileStream _file;

    private SpilledRun(FileStream file) => _file = file;

    /// <summary>Writes an arena, which must be sorted.</summary>
    /// <exception cref="IOException">The temporary folder takes no more.</exception>
    public static SpilledRun Write(RecordArena arena, TemporaryFolder folder, CancellationToken cancellation)
    {
        var file = folder.CreateFile();
        try
        {
            var buffer = new byte[WriteBuffer];
            var used = 0;
            for (var i = 0; i < arena.Count; i++)
            {
                var record = arena[i];
                if (used + record.Length > buffer.Length) used = Flush(file, buffer, used, cancellation);
                if (record.Length > buffer.Length) file.Write(record);
                else record.CopyTo(buffer.AsSpan(used));
                if (record.Length <= buffer.Length) used += record.Length;
            }
            Flush(file, buffer, used, cancellation);
            return new SpilledRun(file);
        }
        catch (Exception e)
        {
            file.Dispose();
            if (e is IOException) throw folder.Failed(e);
            throw;
        }
    }

    /// <summary>Reads it from its beginning. Several may read at once.</summary>
    public OrderedSource Open(int bufferSize, SymbolTable symbols) => new Reader(_file, bufferSize, symbols);

    public void Dispose() => _file.Dispose();

    private static int Flush(FileStream file, byte[] buffer, int used, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        file.Write(buffer, 0, used);
        return 0;
    }

    private sealed class Reader(FileStream file, int bufferSize, SymbolTable symbols) : RecordSource(symbols)
    {
        private byte[] _buffer = new byte[Math.Max(bufferSize, EventCodec.PrefixSize)];
        private long _position;
        private int _start;
        private int _length;
        private int _end;

        protected override ReadOnlySpan<byte> Record => _buffer.AsSpan(_start, _length);

        protected override bool Next(CancellationToken cancellation)
        {
            _start += _length;
            _length = 0;
            if (!Has(sizeof(int), cancellation)) return false;
            var length = EventCodec.LengthOf(_buffer.AsSpan(_start));
            if (length < EventCodec.PrefixSize || !Has(length, cancellation)) throw new IOException("A temporary file was damaged while it was in use.");
            _length = length;
            return true;
        }

        private bool Has(int count, CancellationToken cancellation)
        {
            if (_end - _start >= count) return true;
            cancellation.ThrowIfCancellationRequested();
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
            if (count > _buffer.Length) Array.Resize(ref _buffer, count);
            while (_end < count)
            {
                var read = RandomAccess.Read(file.SafeFileHandle, _buffer.AsSpan(_end), _position);
                if (read == 0) return false;
                _position += read;
                _end += read;
            }
            return true;
        }
    }
}

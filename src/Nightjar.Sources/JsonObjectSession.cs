using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Nightjar.Events;

namespace Nightjar.Sources;

/// <summary>A session over JSON objects that stand in one array or one after the other. Finds the objects whatever the chunks they come in.</summary>
/// <remarks>Positions are offsets of the first brace. Only the object under way is held.</remarks>
internal abstract class JsonObjectSession(SourceInput input) : SourceSession
{
    /// <summary>The longest object that is read; a longer one is skipped and reported.</summary>
    public const int MaxItemBytes = LineSession.MaxLineBytes;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
    private JsonItemScanner _scanner = new();
    private int _start;
    private int _scanned;
    private int _end;
    private long _origin;
    private bool _isSkipping;
    private bool _isStrayTold;
    private bool _hasEnded;
    private long _bytes;
    private IEnumerator<int>? _steps;
    private EventBatch? _batch;

    public override long BytesRead => _bytes;

    /// <summary>The input.</summary>
    protected SourceInput Input => input;

    /// <summary>Number of the file, for provenance.</summary>
    protected int File => input.File.Number;

    /// <summary>The batch under way.</summary>
    protected EventBatch Batch => _batch!;

    public override bool Read(EventBatch batch, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _batch = batch;
        while (!batch.IsFull)
        {
            if (TryGoOn() || TryStep(batch)) continue;
            if (_hasEnded)
            {
                End(batch);
                return false;
            }
            Fill(batch);
            cancellation.ThrowIfCancellationRequested();
        }
        return true;
    }

    /// <summary>Reads one object, valid UTF-8, from its first brace to its last. Whether it is well formed is not known yet.</summary>
    /// <param name="item">The object; valid only during the call.</param>
    /// <param name="offset">Where its first brace stands.</param>
    /// <param name="batch">Where events and anomalies go.</param>
    protected abstract void OnItem(ReadOnlySpan<byte> item, long offset, EventBatch batch);

    /// <summary>Goes on with an object that gives many events, a few a step, before the next object is read.</summary>
    protected void GoOn(IEnumerable<int> steps) => _steps = steps.GetEnumerator();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _steps?.Dispose();
        if (disposing && _buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        base.Dispose(disposing);
    }

    private bool TryGoOn()
    {
        if (_steps is null) return false;
        if (_steps.MoveNext()) return true;
        _steps.Dispose();
        _steps = null;
        return true;
    }

    // Takes one step that needs no further bytes; false when there is none.
    private bool TryStep(EventBatch batch)
    {
        var at = _scanned - _start;
        var begin = 0;
        var found = _scanner.Scan(_buffer.AsSpan(_start, _end - _start), ref at, ref begin);
        if (_scanner.StrayAt >= 0) ReportStray(_scanner.StrayAt, batch);
        _scanned = _start + at;
        if (!_scanner.IsInside && found == ItemScan.More) begin = at;
        if (begin > 0) MoveTo(_start + begin);
        if (found == ItemScan.More) return false;
        if (found == ItemScan.Broken) batch.Report(AnomalyKind.Malformed, File, _origin, "A text in the object has no end; the object was given up.");
        else if (!_isSkipping) Take(_buffer.AsSpan(_start, _scanned - _start), batch);
        _isSkipping = _isStrayTold = false;
        MoveTo(_scanned);
        return true;
    }

    // Once for each gap, however many pieces it comes in.
    private void ReportStray(int at, EventBatch batch)
    {
        if (!_isStrayTold) batch.Report(AnomalyKind.Malformed, File, _origin + at, "Between two objects stands what is no JSON.");
        _isStrayTold = true;
    }

    private void MoveTo(int start)
    {
        _origin += start - _start;
        _start = start;
    }

    private void Take(ReadOnlySpan<byte> item, EventBatch batch)
    {
        if (Utf8.IsValid(item))
        {
            OnItem(item, _origin, batch);
            return;
        }
        batch.Report(AnomalyKind.InvalidText, File, _origin, "The object is not UTF-8; broken bytes were replaced.");
        OnItem(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(item)), _origin, batch);
    }

    private void Fill(EventBatch batch)
    {
        if (_isSkipping) MoveTo(_scanned);
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _scanned -= _start;
            _start = 0;
        }
        if (_end == _buffer.Length) MakeRoom(batch);
        var read = input.Stream.Read(_buffer, _end, _buffer.Length - _end);
        _hasEnded = read == 0;
        _bytes += read;
        _end += read;
    }

    private void MakeRoom(EventBatch batch)
    {
        if (_buffer.Length < MaxItemBytes)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
            return;
        }
        batch.Report(AnomalyKind.TooLong, File, _origin, $"The object is longer than {MaxItemBytes / 1024 / 1024} MiB and was skipped.");
        _isSkipping = true;
        MoveTo(_scanned);
        _start = _scanned = _end = 0;
    }

    private void End(EventBatch batch)
    {
        if (_scanner.IsInside && !_isSkipping) batch.Report(AnomalyKind.Truncated, File, _origin, "The last object is cut off.");
        _scanner = new JsonItemScanner();
    }
}

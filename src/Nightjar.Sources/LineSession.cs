using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Nightjar.Events;

namespace Nightjar.Sources;

/// <summary>A session over a format of lines. Finds the lines whatever the chunks they come in; the format reads each.</summary>
public abstract class LineSession : SourceSession
{
    /// <summary>The longest line that is read; a longer one is skipped and reported.</summary>
    public const int MaxLineBytes = 8 * 1024 * 1024;

    private readonly SourceInput _input;
    // Lent, because a run over thousands of small files would otherwise spend more on buffers than on events.
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
    private int _start;
    private int _end;
    private int _searched;
    // From here to the end of the buffer all is ASCII, which is found for a whole filling at once; a line that begins behind it needs no look of its own.
    private int _plainFrom;
    private bool _ended;
    private bool _finished;
    private bool _skipping;
    private long _line;
    private long _taken;
    private long _bytes;

    protected LineSession(SourceInput input) => _input = input;

    public override long BytesRead => _bytes;

    /// <summary>Lines that were not empty; formats that have lines which are no records count for themselves.</summary>
    public override long RecordsRead => _taken;

    /// <summary>The input.</summary>
    protected SourceInput Input => _input;

    /// <summary>Number of the file, for provenance.</summary>
    protected int File => _input.File.Number;

    /// <summary>True while the last line is read and the file ends without a line end: it may be cut off.</summary>
    protected bool IsUnterminated { get; private set; }

    public override bool Read(EventBatch batch, CancellationToken cancellation)
    {
        try
        {
            return ReadLines(batch, cancellation);
        }
        finally
        {
            OnHandOn(batch);
        }
    }

    /// <summary>The batch is handed on, also when the input failed: what was read before stands. Formats that still owe something to its events give it here.</summary>
    protected virtual void OnHandOn(EventBatch batch)
    {
    }

    private bool ReadLines(EventBatch batch, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        while (!batch.IsFull)
        {
            if (TryTakeLine(out var line, out var isPlain))
            {
                _line++;
                Take(line, isPlain, batch);
            }
            else if (_ended)
            {
                if (!_finished) OnEnd(batch);
                _finished = true;
                return false;
            }
            else
            {
                Fill(batch);
                cancellation.ThrowIfCancellationRequested();
            }
        }
        return true;
    }

    /// <summary>Reads one line, without its line end, valid UTF-8, never empty.</summary>
    /// <param name="line">The line; valid only during the call.</param>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="batch">Where events and anomalies go.</param>
    protected abstract void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch);

    /// <summary>The input has ended; formats that hold something back give it here. Called once.</summary>
    protected virtual void OnEnd(EventBatch batch)
    {
    }

    /// <summary>Reports a line that could not be taken; a last line without a line end is called truncated.</summary>
    protected void ReportLine(EventBatch batch, long number, string reason) =>
        batch.Report(IsUnterminated ? AnomalyKind.Truncated : AnomalyKind.Malformed, File, number, reason);

    protected override void Dispose(bool disposing)
    {
        if (disposing && _buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        base.Dispose(disposing);
    }

    private void Take(ReadOnlySpan<byte> line, bool isPlain, EventBatch batch)
    {
        if (line is [.., (byte)'\r']) line = line[..^1];
        if (line.IsEmpty) return;
        _taken++;
        if (isPlain || Utf8.IsValid(line))
        {
            OnLine(line, _line, batch);
            return;
        }
        batch.Report(AnomalyKind.InvalidText, File, _line, "The line is not UTF-8; broken bytes were replaced.");
        OnLine(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(line)), _line, batch);
    }

    private bool TryTakeLine(out ReadOnlySpan<byte> line, out bool isPlain)
    {
        isPlain = _start >= _plainFrom;
        var found = _buffer.AsSpan(_searched, _end - _searched).IndexOf((byte)'\n');
        if (found >= 0)
        {
            line = _buffer.AsSpan(_start, _searched + found - _start);
            _start = _searched = _searched + found + 1;
            if (!_skipping) return true;
            _skipping = false;
            _line++;
            return TryTakeLine(out line, out isPlain);
        }
        _searched = _end;
        line = default;
        if (!_ended || _start == _end || _skipping) return false;
        IsUnterminated = true;
        line = _buffer.AsSpan(_start, _end - _start);
        _start = _searched = _end;
        return true;
    }

    private void Fill(EventBatch batch)
    {
        MakeRoom(batch);
        var read = _input.Stream.Read(_buffer, _end, _buffer.Length - _end);
        if (read == 0) _ended = true;
        _bytes += read;
        if (!Ascii.IsValid(_buffer.AsSpan(_end, read))) _plainFrom = _end + read;
        _end += read;
    }

    private void Enlarge()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(_start, _end - _start).CopyTo(larger.AsSpan(_start));
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private void MakeRoom(EventBatch batch)
    {
        if (_skipping || _start == _end)
        {
            _start = _end = _searched = _plainFrom = 0;
        }
        else if (_start > 0 && _end == _buffer.Length)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _searched -= _start;
            _plainFrom = Math.Max(0, _plainFrom - _start);
            _start = 0;
        }
        if (_end < _buffer.Length) return;
        if (_buffer.Length < MaxLineBytes)
        {
            Enlarge();
            return;
        }
        batch.Report(AnomalyKind.TooLong, File, _line + 1, $"The line is longer than {MaxLineBytes / 1024 / 1024} MiB and was skipped.");
        _skipping = true;
        _start = _end = _searched = _plainFrom = 0;
    }
}

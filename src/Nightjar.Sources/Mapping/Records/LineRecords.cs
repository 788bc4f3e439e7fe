using System.Buffers;

namespace Nightjar.Sources.Mapping.Records;

/// <summary>Finds records that are lines or, where a separator is told, rows: lines in which a line end between quotes does not count.</summary>
internal sealed class LineRecords : IRecordFinder
{
    /// <summary>So many lines a quoted text may go on for; beyond, its quote is taken for a mistake.</summary>
    private const int MaxQuotedLines = 100;

    private static readonly SearchValues<byte> LineEnd = SearchValues.Create("\n"u8);
    private static readonly SearchValues<byte> LineEndOrQuote = SearchValues.Create("\n\""u8);

    private readonly ByteWindow _window;
    private readonly bool _isQuoted;

    /// <param name="stream">The input.</param>
    /// <param name="isQuoted">True for rows.</param>
    public LineRecords(Stream stream, bool isQuoted)
    {
        _window = new ByteWindow(stream);
        _isQuoted = isQuoted;
    }

    public long BytesRead => _window.BytesRead;

    public long Number => Line;

    public long Line { get; private set; }

    /// <summary>True when the input ends without a line end behind the record.</summary>
    public bool IsUnterminated { get; private set; }

    public ReadOnlySpan<byte> Record => _window.Kept is [.. var line, (byte)'\r'] ? line : _window.Kept;

    public RecordFound Next(CancellationToken cancellation)
    {
        _window.CancelBy(cancellation);
        _window.Release();
        while (_window.Peek() is '\n' or '\r') _window.Skip();
        if (_window.Peek() < 0) return RecordFound.End;
        Line = _window.Line;
        _window.Mark();
        if (_isQuoted && !SkipRow())
        {
            if (!_window.Rewind()) return RecordFound.TooLong;
            _window.SkipTo(LineEnd);
            return RecordFound.Damaged;
        }
        if (!_isQuoted) _window.SkipTo(LineEnd);
        IsUnterminated = _window.Peek() < 0;
        return _window.IsOver ? RecordFound.TooLong : RecordFound.Record;
    }

    public void Dispose() => _window.Dispose();

    // False when a quote has no partner.
    private bool SkipRow()
    {
        var quoted = false;
        for (var lines = 0; ; _window.Skip())
        {
            var next = _window.SkipTo(LineEndOrQuote);
            if (next < 0) return !quoted;
            if (next == '"') quoted = !quoted;
            else if (!quoted) return true;
            else if (++lines > MaxQuotedLines) return false;
        }
    }
}

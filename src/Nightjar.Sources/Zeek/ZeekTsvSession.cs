using Nightjar.Events;

namespace Nightjar.Sources.Zeek;

internal sealed class ZeekTsvSession(SourceInput input) : LineSession(input)
{
    private readonly ZeekTsvHeader _header = new();
    private readonly ZeekValues _values = new();
    private readonly ZeekWriter _writer = new(input);
    private int[] _ends = [];

    protected override void OnHandOn(EventBatch batch) => _writer.Flush(batch);

    protected override void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        if (line[0] == (byte)'#') TakeHeader(line, number, batch);
        else if (line.TrimStart(" \t"u8) is var trimmed && trimmed.StartsWith("#separator "u8)) TakeHeader(trimmed, number, batch);
        else TakeRow(line, number, batch);
    }

    protected override void OnEnd(EventBatch batch) => _writer.End(batch);

    private void TakeHeader(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        if (!_header.TryTake(line, _writer.NameHint)) ReportLine(batch, number, "The header names too many columns; the rows after it cannot be read.");
    }

    private void TakeRow(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        if (_header.ColumnCount == 0)
        {
            ReportLine(batch, number, "A row before the header that names its columns.");
            return;
        }
        _values.Clear();
        if (!TryColumns(line))
        {
            ReportLine(batch, number, $"The row has not the {_header.ColumnCount} columns that the header names.");
            return;
        }
        _writer.Write(_header.Log, _header.Path, new ZeekRecord(line, _values), number, batch);
    }

    private bool TryColumns(ReadOnlySpan<byte> line)
    {
        if (_ends.Length < _header.ColumnCount) _ends = new int[_header.ColumnCount];
        var ends = _ends.AsSpan(0, _header.ColumnCount);
        if (!ColumnEnds.TryFind(line, _header.Separator, ends[..^1])) return false;
        ends[^1] = line.Length;
        var isEscaped = line.Contains((byte)'\\');
        var gap = _header.Separator.Length;
        foreach (var column in _header.Columns)
        {
            var start = column.Index == 0 ? 0 : ends[column.Index - 1] + gap;
            var value = line[start..ends[column.Index]];
            // The marks are compared before escapes are undone: a text that is a dash is written \x2d.
            if (value.IsEmpty || value.SequenceEqual(_header.Unset) || value.SequenceEqual(_header.Empty)) continue;
            if (column.IsList) PutList(column.Field, value);
            else if (isEscaped) PutEscaped(column.Field, value, start);
            else _values.PutInLine(column.Field, start, value.Length);
        }
        return true;
    }

    private void PutEscaped(ZeekField field, ReadOnlySpan<byte> value, int start)
    {
        if (value.Contains((byte)'\\')) _values.PutDecoded(field, ZeekText.Unescape(value, _values.Room(value.Length)));
        else _values.PutInLine(field, start, value.Length);
    }

    private void PutList(ZeekField field, ReadOnlySpan<byte> value)
    {
        _values.BeginList();
        foreach (var range in value.Split(_header.ItemSeparator))
        {
            var item = value[range];
            if (item.SequenceEqual(_header.Unset) || item.SequenceEqual(_header.Empty)) continue;
            _values.PutItem(ZeekText.Unescape(item, _values.ItemRoom(item.Length)));
        }
        _values.EndList(field);
    }
}

using System.Text.Json;
using Nightjar.Events;

namespace Nightjar.Sources.Zeek;

internal sealed class ZeekJsonSession(SourceInput input) : LineSession(input)
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64 };

    private readonly ZeekValues _values = new();
    private readonly ZeekWriter _writer = new(input);

    protected override void OnHandOn(EventBatch batch) => _writer.Flush(batch);

    protected override void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        // Test baselines have a line of comment before the first record.
        if (line[0] == (byte)'#') return;
        _values.Clear();
        try
        {
            if (!TryObject(line))
            {
                ReportLine(batch, number, "The line is no JSON object.");
                return;
            }
        }
        catch (JsonException)
        {
            ReportBroken(line, number, batch);
            return;
        }
        Write(new ZeekRecord(line, _values), number, batch);
    }

    protected override void OnEnd(EventBatch batch) => _writer.End(batch);

    private void Write(in ZeekRecord record, long number, EventBatch batch)
    {
        var path = record[ZeekField.Path];
        if (!path.IsEmpty)
        {
            _writer.Write(ZeekLogs.OfPath(path), path, record, number, batch);
            return;
        }
        var log = ZeekLogs.OfFields(_values.Present) ?? ZeekLogs.OfPath(_writer.NameHint);
        _writer.Write(log, _writer.NameHint, record, number, batch);
    }

    // Zeek's own test baselines have a mask in place of each time, which is no JSON.
    private void ReportBroken(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        if (line.IndexOf("\"ts\":XXXXXXXXXX.XXXXXX"u8) >= 0) batch.Report(AnomalyKind.BadTime, File, number, "The ts of the record is no time.");
        else ReportLine(batch, number, "The line is not valid JSON.");
    }

    private bool TryObject(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, Options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = reader.IsNamed("id"u8);
            var field = FieldOf(ref reader);
            reader.Read();
            if (isId && reader.TokenType == JsonTokenType.StartObject) TakeId(ref reader);
            else Take(field, ref reader);
        }
        // Reads on, so that text behind the object is found.
        reader.Read();
        return true;
    }

    // Some pipelines turn "id.orig_h" into an object "id" with an "orig_h".
    private void TakeId(ref Utf8JsonReader reader)
    {
        Span<byte> name = stackalloc byte[16];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.ValueSpan;
            var field = ZeekField.None;
            if (key.Length <= name.Length - 3)
            {
                "id."u8.CopyTo(name);
                key.CopyTo(name[3..]);
                field = ZeekFieldNames.Find(name[..(3 + key.Length)]);
            }
            reader.Read();
            Take(field, ref reader);
        }
    }

    private void Take(ZeekField field, ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartArray && ZeekFieldNames.IsList(field))
        {
            TakeList(field, ref reader);
            return;
        }
        if (field == ZeekField.None || reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }
        if (reader.TokenType == JsonTokenType.Null || reader.ValueSpan.IsEmpty) return;
        if (ZeekFieldNames.IsList(field)) TakeSingle(field, ref reader);
        else if (reader.ValueIsEscaped) _values.PutDecoded(field, Decode(ref reader, _values.Room(reader.ValueSpan.Length)));
        else _values.PutInLine(field, StartOf(ref reader), reader.ValueSpan.Length);
    }

    private void TakeList(ZeekField field, ref Utf8JsonReader reader)
    {
        _values.BeginList();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String) _values.PutItem(Decode(ref reader, _values.ItemRoom(reader.ValueSpan.Length)));
            else reader.Skip();
        }
        _values.EndList(field);
    }

    private void TakeSingle(ZeekField field, ref Utf8JsonReader reader)
    {
        _values.BeginList();
        if (reader.TokenType == JsonTokenType.String) _values.PutItem(Decode(ref reader, _values.ItemRoom(reader.ValueSpan.Length)));
        _values.EndList(field);
    }

    // An escaped half of a surrogate pair is no text; such a value is read as empty.
    private static int Decode(ref Utf8JsonReader reader, Span<byte> to)
    {
        try
        {
            return reader.CopyString(to);
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    private static ZeekField FieldOf(ref Utf8JsonReader reader) => reader.ValueIsEscaped ? ZeekField.None : ZeekFieldNames.Find(reader.ValueSpan);

    private static int StartOf(ref Utf8JsonReader reader) =>
        (int)reader.TokenStartIndex + (reader.TokenType == JsonTokenType.String ? 1 : 0);
}

using System.Text;
using Nightjar.Events;

namespace Nightjar.Sources.Har;

/// <summary>One reading of one archive.</summary>
internal sealed class HarSession(SourceInput input) : SourceSession
{
    private readonly JsonTokens _tokens = new(input.Stream);
    private readonly HarPath _path = new();
    private readonly HarEntry _entry = new();
    private readonly HarWriter _writer = new(input);
    private readonly byte[] _header = new byte[64];
    private int _headerName;
    private int _entryDepth;
    private long _entries;
    private bool _isReplaced;
    private bool _hasEnded;

    public override long BytesRead => _tokens.BytesRead;

    public override bool Read(EventBatch batch, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        while (!batch.IsFull && !_hasEnded)
        {
            var token = _tokens.Next(cancellation);
            if (token == JsonToken.End) OnEnd(batch);
            else Take(token, batch);
        }
        return !_hasEnded;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _tokens.Dispose();
        base.Dispose(disposing);
    }

    private void Take(JsonToken token, EventBatch batch)
    {
        switch (token)
        {
            case JsonToken.Name:
                if (IsLostEntry()) FindEntry(batch);
                _path.Name(_tokens.Value);
                break;
            case JsonToken.StartObject or JsonToken.StartArray:
                _path.Open();
                if (token == JsonToken.StartObject && _entryDepth == 0 && _path.IsEntry) Begin();
                break;
            case JsonToken.EndObject or JsonToken.EndArray:
                if (_entryDepth > 0 && _path.Depth == _entryDepth) Finish(batch);
                _path.Close();
                break;
            default:
                if (_entryDepth > 0) TakeValue();
                break;
        }
    }

    // Where the document is broken, braces are missing; that a time of a start stands there tells that an entry does.
    private bool IsLostEntry() =>
        _tokens.Damages > 0 && _tokens.Value.SequenceEqual("startedDateTime"u8)
        && (_entryDepth == 0 ? !_path.IsPage : _path.Depth != _entryDepth || !_entry[HarField.Started].IsEmpty);

    private void FindEntry(EventBatch batch)
    {
        if (_entryDepth > 0) Finish(batch);
        _path.GoToEntry();
        Begin();
    }

    private void Begin()
    {
        _entryDepth = _path.Depth;
        _entry.Clear();
        _isReplaced = false;
        _entries++;
    }

    private void Finish(EventBatch batch)
    {
        _entryDepth = 0;
        if (_isReplaced) batch.Report(AnomalyKind.InvalidText, input.File.Number, _entries, "The entry is not UTF-8; broken bytes were replaced.");
        _writer.Write(_entry, _entries, batch);
    }

    private void TakeValue()
    {
        _isReplaced |= _tokens.WasReplaced;
        var path = _path.Below(_entryDepth);
        // Headers are objects of a name and a value, in this order in all exports.
        if (path.SequenceEqual("request.headers.name"u8)) KeepHeaderName();
        else if (!path.SequenceEqual("request.headers.value"u8)) _entry.Take(path, _tokens.Value);
        else if (Ascii.EqualsIgnoreCase(_header.AsSpan(0, _headerName), "user-agent"u8)) _entry.Set(HarField.UserAgent, _tokens.Value);
    }

    private void KeepHeaderName()
    {
        _headerName = _tokens.Value.Length <= _header.Length ? _tokens.Value.Length : 0;
        _tokens.Value[.._headerName].CopyTo(_header);
    }

    private void OnEnd(EventBatch batch)
    {
        _hasEnded = true;
        if (_tokens.Damages > 0) batch.Report(AnomalyKind.Malformed, input.File.Number, _entries, $"The document is no JSON in {_tokens.Damages} places; what could be told apart was read.");
        if (_path.Depth > 0) batch.Report(AnomalyKind.Truncated, input.File.Number, _entries, "The document is cut off.");
    }
}

using Nightjar.Events;

namespace Nightjar.Sources.MobSf;

/// <summary>One reading of one report.</summary>
/// <remarks>The report names its app at the end, so its records wait until then.</remarks>
internal sealed class MobSfReportSession(SourceInput input) : JsonItemSession(input, isRootRecord: false)
{
    private const int Update = 3;

    private readonly HeldLines _held = new();
    private readonly ApiCallWriter _calls = new(input);
    private readonly JsonRecord _file = new("file", "path");
    private readonly JsonRecord _text = new("text");
    private byte[] _url = new byte[256];
    private byte[] _kept = new byte[1024];
    private byte[] _app = [];

    private enum Kind : byte
    {
        Call = (byte)'c',
        File = (byte)'f',
        Url = (byte)'u',
    }

    protected override void OnItem(JsonItems items, EventBatch batch)
    {
        if (KindOf(items) is not { } kind) return;
        if (_held.IsFull)
        {
            batch.Report(AnomalyKind.LimitReached, File, items.Offset, "The report holds more than can wait for the name of its app; the record was left out.");
            return;
        }
        if (_kept.Length <= items.Item.Length) _kept = new byte[items.Item.Length * 2];
        _kept[0] = (byte)kind;
        items.Item.CopyTo(_kept.AsSpan(1));
        _held.Add(_kept.AsSpan(0, items.Item.Length + 1), items.Offset);
    }

    protected override void OnText(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        if (name.SequenceEqual("package"u8) && _app.Length == 0) _app = text.ToArray();
    }

    protected override bool OnEnd(EventBatch batch)
    {
        while (!batch.IsFull && _held.TryTake(out var record, out var offset)) Write((Kind)record[0], record[1..], offset, batch);
        return _held.Count > 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _held.Dispose();
        base.Dispose(disposing);
    }

    private static Kind? KindOf(JsonItems items)
    {
        var isObject = items.Item[0] == (byte)'{';
        var name = items.Name(0);
        if (isObject && name.SequenceEqual("apimon"u8)) return Kind.Call;
        if (name.SequenceEqual("urls"u8)) return isObject ? null : Kind.Url;
        var isFiles = name.SequenceEqual("sqlite"u8) || name.SequenceEqual("xml"u8) || name.SequenceEqual("others"u8);
        return isFiles ? Kind.File : null;
    }

    private void Write(Kind kind, ReadOnlySpan<byte> record, long offset, EventBatch batch)
    {
        switch (kind)
        {
            case Kind.Call:
                _calls.Write(record, _app, offset, batch);
                break;
            case Kind.Url:
                WriteUrl(TextOf(record), record, offset, batch);
                break;
            default:
                if (record[0] == (byte)'"') WriteFile(TextOf(record), record, offset, batch);
                else if (_file.TryRead(record)) WriteFile(_file.Text(_file.Has(0) ? 0 : 1), record, offset, batch);
                break;
        }
    }

    private void WriteUrl(ReadOnlySpan<byte> url, ReadOnlySpan<byte> record, long offset, EventBatch batch)
    {
        if (url.IsEmpty || !_calls.TryBegin(EventClass.LogLine, 1, _app, offset, batch)) return;
        batch.Set(FieldId.LogTag, "urls"u8);
        batch.Set(FieldId.Message, url);
        batch.Set(FieldId.UrlText, url);
        batch.Set(FieldId.UrlHostname, UrlText.HostOfUrl(url));
        _calls.Commit("url"u8, record, batch);
    }

    // Files of the app's folder, "data/data/com.x/…" in the archive that MobSF took from the device.
    private void WriteFile(ReadOnlySpan<byte> path, ReadOnlySpan<byte> record, long offset, EventBatch batch)
    {
        if (path.IsEmpty || path.Length > 4096 || !_calls.TryBegin(EventClass.FileActivity, Update, _app, offset, batch)) return;
        if (path[0] != (byte)'/' && path.StartsWith("data/"u8))
        {
            Span<byte> absolute = stackalloc byte[path.Length + 1];
            absolute[0] = (byte)'/';
            path.CopyTo(absolute[1..]);
            batch.Set(FieldId.FilePath, absolute);
        }
        else
        {
            batch.Set(FieldId.FilePath, path);
        }
        _calls.Commit("file"u8, record, batch);
    }

    private ReadOnlySpan<byte> TextOf(ReadOnlySpan<byte> quoted)
    {
        // Escapes are read by the one reader of JSON.
        var needed = quoted.Length + 9;
        if (_url.Length < needed) _url = new byte[needed];
        "{\"text\":"u8.CopyTo(_url);
        quoted.CopyTo(_url.AsSpan(8));
        _url[quoted.Length + 8] = (byte)'}';
        return _text.TryRead(_url.AsSpan(0, needed)) ? _text.Text(0) : default;
    }
}

using System.Buffers.Text;
using Nightjar.Events;
using Nightjar.Sources.Android;
using Nightjar.Sources.Logcat;

namespace Nightjar.Sources.Dumpstate;

/// <summary>What the download manager fetched in the hour before the dump: address, app and file in one record.</summary>
internal sealed class DownloadSection(Dump dump) : DumpSection(dump)
{
    private const int MaxRecord = 64 * 1024;
    private const int Traffic = 6;
    private const int Create = 1;
    private const int Done = 200;

    private static readonly byte[][] Keys = new[]
    {
        "_id", "uri", "method", "entity", "no_integrity", "hint", "otaupdate", "_data", "mimetype", "destination", "no_system", "visibility", "control",
        "status", "numfailed", "lastmod", "notificationpackage", "notificationclass", "notificationextras", "useragent", "referer", "total_bytes",
        "current_bytes", "etag", "uid", "otheruid", "title", "description", "scanned", "is_public_api", "allow_roaming", "allowed_network_types",
        "is_visible_in_downloads_ui", "bypass_recommended_size_limit", "mediaprovider_uri", "deleted", "errorMsg", "allow_metered",
    }.Select(key => System.Text.Encoding.ASCII.GetBytes(" " + key + "=")).ToArray();

    private readonly byte[] _record = new byte[MaxRecord];
    private int _length;
    private long _number;

    public override void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        var text = line.Trim(" \t"u8);
        if (text.StartsWith("Download #"u8) && text[^1] == (byte)':')
        {
            Close(batch);
            _number = number;
        }
        else if (_number > 0 && IsPart(text))
        {
            Add(text);
        }
        else
        {
            Close(batch);
        }
    }

    public override void OnEnd(EventBatch batch) => Close(batch);

    // The columns follow each other, wrapped at some width.
    private static bool IsPart(ReadOnlySpan<byte> text)
    {
        foreach (var key in Keys)
            if (text.StartsWith(key.AsSpan(1))) return true;
        return false;
    }

    private void Add(ReadOnlySpan<byte> text)
    {
        if (_length + text.Length + 1 > MaxRecord) return;
        _record[_length++] = (byte)' ';
        text.CopyTo(_record.AsSpan(_length));
        _length += text.Length;
    }

    private void Close(EventBatch batch)
    {
        if (_number > 0 && _length > 0) Write(batch);
        _number = _length = 0;
    }

    private void Write(EventBatch batch)
    {
        if (!TryNumber(" lastmod="u8, out var millis) || millis <= 0)
        {
            batch.Report(AnomalyKind.BadTime, Dump.File, _number, "The download has no time.");
            return;
        }
        var url = Value(" uri="u8);
        var path = Value(" _data="u8);
        var mime = Value(" mimetype="u8);
        var time = TimeText.FromEpoch(millis);
        TryNumber(" status="u8, out var status);
        if (!TryNumber(" total_bytes="u8, out var size) || size < 0) TryNumber(" current_bytes="u8, out size);
        Begin(batch, EventClass.NetworkActivity, Traffic, time);
        batch.Set(FieldId.UrlText, url);
        var host = UrlText.HostOfUrl(url);
        batch.Set(FieldId.UrlHostname, host);
        batch.Set(UrlText.IsAddress(host) ? FieldId.DstIp : FieldId.DstHostname, host);
        if (size > 0) batch.SetInteger(FieldId.BytesIn, size);
        // Below 200 are states of the manager's own.
        if (status is >= 200 and < 600) batch.SetInteger(FieldId.HttpStatusCode, status);
        WriteFile(batch, path, mime, size, "url"u8);
        if (status != Done || path.IsEmpty) return;
        Begin(batch, EventClass.FileActivity, Create, time);
        batch.Current.Sequence = 1;
        WriteFile(batch, path, mime, size, "file"u8);
    }

    private void Begin(EventBatch batch, EventClass kind, int activity, Instant time)
    {
        Dump.Begin(batch, kind, activity, time, TimeBasis.Stated, _number);
        var package = Value(" notificationpackage="u8);
        if (!LogcatWriter.NameApp(batch, AndroidPath.IsPackage(package) ? package : default, AppGrade.Package) && TryNumber(" uid="u8, out var uid) && uid is > 0 and < int.MaxValue)
            Dump.Log.NameUid(batch, (int)uid);
        batch.Set(FieldId.LogTag, "downloads"u8);
    }

    private void WriteFile(EventBatch batch, ReadOnlySpan<byte> path, ReadOnlySpan<byte> mime, long size, ReadOnlySpan<byte> kind)
    {
        batch.Set(FieldId.FilePath, path);
        batch.Set(FieldId.FileMimeType, mime);
        batch.Set(FieldId.FileMagic, MimeMagic.Of(mime));
        if (size > 0) batch.SetInteger(FieldId.FileSize, size);
        batch.Current.Id = Dump.Key.Begin("download"u8).Add(kind).Add(Value(" _id="u8)).Add(Value(" uri="u8)).Add(path).Add(batch.Current.Time.Micros).ToId();
        batch.Commit();
    }

    private ReadOnlySpan<byte> Value(ReadOnlySpan<byte> key)
    {
        var record = _record.AsSpan(0, _length);
        var at = record.IndexOf(key);
        if (at < 0) return default;
        ReadOnlySpan<byte> value = record[(at + key.Length)..];
        var end = value.Length;
        foreach (var next in Keys)
            if (value[..end].IndexOf(next) is >= 0 and var before) end = before;
        value = value[..end].Trim((byte)' ');
        return MeaninglessText.Is(value) ? default : value;
    }

    private bool TryNumber(ReadOnlySpan<byte> key, out long number)
    {
        var text = Value(key);
        return Utf8Parser.TryParse(text, out number, out var used) && used == text.Length;
    }
}

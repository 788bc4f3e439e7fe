using System.Text;
using Nightjar.Events;

namespace Nightjar.Sources.Zeek;

/// <summary>http.log: a request and its response.</summary>
internal static class ZeekHttp
{
    public static void Write(in ZeekEvent e)
    {
        e.Begin(EventClass.HttpActivity, HttpActivities.OfMethod(e.Record[ZeekField.Method]));
        var called = e.Connection();
        e.Text(FieldId.HttpMethod, ZeekField.Method);
        e.Text(FieldId.HttpUserAgent, ZeekField.UserAgent);
        e.Count(FieldId.HttpStatusCode, ZeekField.StatusCode);
        e.Count(called ? FieldId.BytesIn : FieldId.BytesOut, ZeekField.RequestBodyLength);
        e.Count(called ? FieldId.BytesOut : FieldId.BytesIn, ZeekField.ResponseBodyLength);
        Url(in e);
        Content(in e);
        e.Batch.Commit();
    }

    private static void Url(in ZeekEvent e)
    {
        var host = e.Record[ZeekField.Host];
        var name = UrlText.HostOf(host);
        e.Batch.Set(FieldId.UrlHostname, name);
        if (!UrlText.IsAddress(name)) e.Batch.Set(FieldId.DstHostname, name);
        var uri = e.Record[ZeekField.Uri];
        if (uri.IsEmpty) return;
        e.Batch.Set(FieldId.UrlPath, UrlText.PathOf(uri));
        var server = host.IsEmpty ? e.Record[ZeekField.RespHost] : host;
        e.Origin.Url.Write(server, e.Record[ZeekField.RespPort], uri, e.Record[ZeekField.Method].SequenceEqual("CONNECT"u8));
        e.Batch.Set(FieldId.UrlText, e.Origin.Url.Written);
    }

    // A refusal or a redirection transfers no file of the name that was asked for.
    private static void Content(in ZeekEvent e)
    {
        var type = e.Record.First(ZeekField.ResponseMimeTypes);
        e.Batch.Set(FieldId.HttpContentType, type);
        e.MimeType(type);
        if (e.Batch.CurrentInteger(FieldId.HttpStatusCode) >= 300) return;
        Span<byte> decoded = stackalloc byte[UrlText.MaxFileName];
        var name = e.Record.First(ZeekField.ResponseFileNames);
        e.Batch.Set(FieldId.FileName, name.IsEmpty ? UrlText.FileName(e.Record[ZeekField.Uri], decoded) : name);
        if (e.Batch.IsSet(FieldId.FileName) || !type.IsEmpty) e.Count(FieldId.FileSize, ZeekField.ResponseBodyLength);
    }
}

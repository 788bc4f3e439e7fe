using Nightjar.Events;

namespace Nightjar.Sources.Zeek;

/// <summary>files.log: a file that was transferred.</summary>
internal static class ZeekFiles
{
    public static void Write(in ZeekEvent e)
    {
        e.Begin(EventClass.NetworkActivity, NetworkActivities.Traffic, ZeekField.Duration);
        var received = e.Record.Has(ZeekField.OrigHost) ? Connection(in e) : Hosts(in e);
        e.Text(FieldId.FileName, ZeekField.FileName);
        e.Count(FieldId.FileSize, ZeekField.SeenBytes);
        e.Count(received ? FieldId.BytesIn : FieldId.BytesOut, ZeekField.SeenBytes);
        e.MimeType(e.Record[ZeekField.MimeType]);
        Hash(in e, ZeekField.Md5, 32);
        Hash(in e, ZeekField.Sha1, 40);
        Hash(in e, ZeekField.Sha256, 64);
        e.Batch.Commit();
    }

    // Since Zeek 5.1. What the caller did not send, it received.
    private static bool Connection(in ZeekEvent e)
    {
        var called = e.Connection();
        return called == (e.Record.Flag(ZeekField.IsOrig) ?? called);
    }

    // Before: the two sides of the transfer, each a set of one.
    private static bool Hosts(in ZeekEvent e)
    {
        var from = e.Record.First(ZeekField.SendingHosts);
        var to = e.Record.First(ZeekField.ReceivingHosts);
        var (isFromLocal, isToLocal) = (NetworkSides.IsLocal(from, null), NetworkSides.IsLocal(to, null));
        var received = isFromLocal == isToLocal ? e.Record.Flag(ZeekField.IsOrig) != true : isToLocal;
        e.Batch.Set(FieldId.SrcIp, received ? to : from);
        e.Batch.Set(FieldId.DstIp, received ? from : to);
        e.Batch.Set(FieldId.ConnectionUid, e.Record.First(ZeekField.ConnUids));
        return received;
    }

    private static void Hash(in ZeekEvent e, ZeekField field, int digits)
    {
        var hash = e.Record[field];
        if (!hash.IsEmpty && !FileHash.TryAdd(e.Batch, hash, digits)) e.Origin.ReportValue(e.Batch, field);
    }
}

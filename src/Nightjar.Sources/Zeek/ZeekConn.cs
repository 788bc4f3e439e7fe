using Nightjar.Events;

namespace Nightjar.Sources.Zeek;

/// <summary>conn.log: one connection, from its first packet to its last.</summary>
internal static class ZeekConn
{
    public static void Write(in ZeekEvent e, CertificateBook? certificates)
    {
        e.Begin(EventClass.NetworkActivity, NetworkActivities.Traffic, ZeekField.Duration);
        var called = e.Connection();
        e.Text(FieldId.ProtocolName, ZeekField.Proto);
        e.Count(called ? FieldId.BytesIn : FieldId.BytesOut, ZeekField.OrigBytes);
        e.Count(called ? FieldId.BytesOut : FieldId.BytesIn, ZeekField.RespBytes);
        Status(in e);
        certificates?.DoubtOf(e.Record[ZeekField.Uid]).Mark(e.Batch);
        e.Batch.Commit();
    }

    // Only TCP tells whether a connection came about; a datagram without an answer is no failure.
    private static void Status(in ZeekEvent e)
    {
        if (!e.Record[ZeekField.Proto].SequenceEqual("tcp"u8)) return;
        var state = e.Record[ZeekField.ConnState];
        if (state.SequenceEqual("S0"u8) || state.SequenceEqual("REJ"u8) || state.SequenceEqual("RSTOS0"u8) || state.SequenceEqual("SH"u8))
            e.Batch.SetInteger(FieldId.StatusId, StatusIds.Failure);
        else if (state.SequenceEqual("SF"u8) || state.SequenceEqual("S1"u8) || state.SequenceEqual("S2"u8) || state.SequenceEqual("S3"u8)
            || state.SequenceEqual("RSTO"u8) || state.SequenceEqual("RSTR"u8))
            e.Batch.SetInteger(FieldId.StatusId, StatusIds.Success);
    }
}

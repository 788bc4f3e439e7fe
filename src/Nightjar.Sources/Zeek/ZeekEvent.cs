using Nightjar.Events;

namespace Nightjar.Sources.Zeek;

/// <summary>One record on its way to one event: what the logs have in common. The event's id is given when it is committed.</summary>
internal readonly ref struct ZeekEvent(ZeekRecord record, EventBatch batch, ZeekOrigin origin, Instant time, TimeBasis basis)
{
    public ZeekRecord Record { get; } = record;

    public EventBatch Batch { get; } = batch;

    public ZeekOrigin Origin { get; } = origin;

    /// <summary>When the record says it happened.</summary>
    public Instant Time { get; } = time;

    /// <summary>False when the time counts from the start of the capture.</summary>
    public bool IsWallTime => basis != TimeBasis.RelativeToCapture;

    /// <summary>Begins the event. <paramref name="length"/> is the field that says how long it lasted; <see cref="ZeekField.None"/> when none does.</summary>
    public void Begin(EventClass eventClass, int activity, ZeekField length = ZeekField.None)
    {
        Batch.Begin(eventClass, activity, Time, Origin.File, Origin.Line);
        ref var current = ref Batch.Current;
        current.LogName = Origin.LogName;
        current.State.TimeBasis = basis;
        Batch.Set(FieldId.ProductName, Origin.Product);
        if (length != ZeekField.None && Record.Has(length)) Last(length);
    }

    /// <summary>Sets the endpoints so that the source is the device's side, and the id of the connection.</summary>
    /// <returns>True when the device is the one that was called.</returns>
    public bool Connection()
    {
        var called = ZeekSides.IsDeviceCalled(Record);
        Address(FieldId.SrcIp, called ? ZeekField.RespHost : ZeekField.OrigHost);
        Address(FieldId.DstIp, called ? ZeekField.OrigHost : ZeekField.RespHost);
        // What Zeek calls the ports of ICMP are its type and code.
        if (!Record[ZeekField.Proto].SequenceEqual("icmp"u8))
        {
            Count(FieldId.SrcPort, called ? ZeekField.RespPort : ZeekField.OrigPort);
            Count(FieldId.DstPort, called ? ZeekField.OrigPort : ZeekField.RespPort);
        }
        Text(FieldId.ConnectionUid, ZeekField.Uid);
        return called;
    }

    public void Text(FieldId to, ZeekField from)
    {
        if (Record.Has(from)) Batch.Set(to, Record[from]);
    }

    public void Count(FieldId to, ZeekField from)
    {
        if (!Record.Has(from)) return;
        if (ZeekNumber.TryCount(Record[from], out var count)) Batch.SetInteger(to, count);
        else Origin.ReportValue(Batch, from);
    }

    public void Address(FieldId to, ZeekField from)
    {
        if (!Record.Has(from)) return;
        Batch.Set(to, Record[from]);
        if (!Batch.IsSet(to)) Origin.ReportValue(Batch, from);
    }

    /// <summary>Sets the type of a transferred file, and its magic where the type leaves no doubt.</summary>
    public void MimeType(ReadOnlySpan<byte> mimeType)
    {
        Batch.Set(FieldId.FileMimeType, mimeType);
        Batch.Set(FieldId.FileMagic, MimeMagic.Of(mimeType));
    }

    private void Last(ZeekField length)
    {
        if (ZeekNumber.TryInterval(Record[length], out var micros)) Batch.Current.End = Time + TimeSpan.FromMicroseconds(micros);
        else Origin.ReportValue(Batch, length);
    }
}

/// <summary>Where the record stands, and what the events of a session share.</summary>
internal readonly record struct ZeekOrigin(int File, long Line, Symbol LogName, Symbol Product, UrlBuilder Url)
{
    /// <summary>A value that is not of its type: it is left out, the rest of the record was read.</summary>
    public void ReportValue(EventBatch batch, ZeekField field) =>
        batch.Report(AnomalyKind.BadValue, File, Line, $"The value of {ZeekFieldNames.NameOf(field)} is not of its type or outside its range; it was left out.");
}

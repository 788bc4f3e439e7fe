using System.Buffers.Text;
using Nightjar.Events;

namespace Nightjar.Sources.DataUsage;

/// <summary>Writes what a process sent and received as one event without a destination.</summary>
/// <remarks>A sum over a day or longer is no flow: it says neither when in that time nor with whom, and whoever looks for a transfer must not take
/// it for one. So its activity is "other", and it stands for no connection. Copies of the database overlap: the same row comes again with more bytes. It is one event; the copy with most bytes goes before the
/// others in the order of events, so whoever keeps the first of equal events keeps it, whatever the order of the files.</remarks>
internal sealed class UsageWriter(int file)
{
    private readonly RecordKey _key = new();
    private readonly Remark _remark = new();

    /// <summary>Writes a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="process">Whose it is.</param>
    /// <param name="next">When the process's next row begins; null when there is none.</param>
    /// <param name="batch">Where the event goes.</param>
    public void Write(in UsageRow row, UsageProcess process, Instant? next, EventBatch batch)
    {
        batch.Begin(EventClass.NetworkActivity, EventClasses.OtherActivity, row.Start, file, row.Offset);
        ref var header = ref batch.Current;
        header.End = EndOf(row.Start, process.Last, next);
        header.Id = _key.Begin("data-usage"u8).Add(process.Name).Add(row.Kind).Add(row.Tag).Add(row.Start.Micros).ToId();
        var bytesIn = row.Wifi.In + row.Mobile.In + row.Wired.In;
        var bytesOut = row.Wifi.Out + row.Mobile.Out + row.Wired.Out;
        header.Sequence = -(bytesIn + bytesOut);
        header.LogName = batch.Intern("iOS:unifiedlog"u8);
        header.Platform = Platform.IOS;
        NameApp(process, batch);
        batch.SetInteger(FieldId.BytesIn, bytesIn);
        batch.SetInteger(FieldId.BytesOut, bytesOut);
        batch.Set(FieldId.ProcessName, process.Program);
        SetRemark(in row, batch);
        batch.Commit();
    }

    private static Instant EndOf(Instant start, Instant? last, Instant? next)
    {
        var end = next is { } following && (last is null || following < last) ? following : last ?? start;
        return end > start ? end : start;
    }

    // A daemon that has no bundle id is named by its process, and the event says so.
    private static void NameApp(UsageProcess process, EventBatch batch)
    {
        var bundle = process.Bundle.Length > 0 ? process.Bundle : process.NamedBundle;
        if (bundle.IsEmpty) return;
        batch.Current.App = batch.Intern(bundle);
        batch.Current.State.AppGrade = process.Bundle.Length > 0 ? AppGrade.Package : AppGrade.ProcessName;
    }

    private void SetRemark(in UsageRow row, EventBatch batch)
    {
        _remark.Begin();
        Add("wifi"u8, row.Wifi);
        Add("mobile"u8, row.Mobile);
        Add("wired"u8, row.Wired);
        batch.Set(FieldId.Message, _remark.ToSpan());
    }

    private void Add(ReadOnlySpan<byte> name, ByteCount bytes)
    {
        if (bytes == default) return;
        Span<byte> text = stackalloc byte[48];
        Utf8Formatter.TryFormat(bytes.In, text, out var length);
        text[length++] = (byte)'/';
        Utf8Formatter.TryFormat(bytes.Out, text[length..], out var rest);
        _remark.Add(name, text[..(length + rest)]);
    }
}

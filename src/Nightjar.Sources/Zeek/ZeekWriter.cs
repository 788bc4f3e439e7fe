using System.Text;
using Nightjar.Events;

namespace Nightjar.Sources.Zeek;

/// <summary>Turns the records of one session into events, whichever way they were written.</summary>
internal sealed class ZeekWriter(SourceInput input)
{
    private readonly UrlBuilder _url = new();
    private readonly UnreadKinds _unread = new(log => log.Length == 0 ? "a Zeek log without a name" : $"Zeek's {log} log");
    private readonly RecordIds _ids = new();
    private SymbolTable? _symbols;
    private Symbol _logName;
    private Symbol _product;

    /// <summary>Zeek's name of the log that the file's name speaks of; empty when of none.</summary>
    public byte[] NameHint { get; } = Encoding.ASCII.GetBytes(ZeekLogs.NameIn(Path.GetFileName(input.File.Path)) ?? "");

    /// <summary>Takes one record.</summary>
    /// <param name="log">The log that it is of.</param>
    /// <param name="path">Zeek's name of that log, for counting those that are not read.</param>
    /// <param name="record">The record.</param>
    /// <param name="line">Where it stands.</param>
    /// <param name="batch">Where the event goes.</param>
    public void Write(ZeekLog log, ReadOnlySpan<byte> path, in ZeekRecord record, long line, EventBatch batch)
    {
        if (log == ZeekLog.Other)
        {
            _unread.Add(path, line);
            return;
        }
        if (!record.Has(ZeekField.Ts))
        {
            batch.Report(AnomalyKind.MissingField, input.File.Number, line, "The record has no ts.");
            return;
        }
        if (!ZeekNumber.TryTime(record[ZeekField.Ts], input.Settings.AssumedOffset, out var time, out var basis))
        {
            batch.Report(AnomalyKind.BadTime, input.File.Number, line, "The ts of the record is no time.");
            return;
        }
        var origin = Origin(line, batch.Symbols);
        if (log == ZeekLog.Dhcp)
        {
            ZeekDhcp.Write(record, batch, origin, time, input.Identities);
            return;
        }
        if (log == ZeekLog.X509)
        {
            ZeekX509.Tell(record, batch, origin, input);
            return;
        }
        if (log == ZeekLog.Ssl && input.Identities is not null && input.Certificates?.TryAdd(record[ZeekField.Uid], ZeekSsl.DoubtOf(record)) == false)
            batch.Report(AnomalyKind.LimitReached, origin.File, line, CertificateBook.NoRoom);
        Write(log, new ZeekEvent(record, batch, origin, time, basis));
        _ids.Add(batch, record.Line);
    }

    /// <summary>Fills in the ids that are still owed; before the batch is handed on.</summary>
    public void Flush(EventBatch batch) => _ids.Flush(batch);

    /// <summary>Reports the logs that were counted and not read.</summary>
    public void End(EventBatch batch) => _unread.Report(batch, input.File.Number);

    private void Write(ZeekLog log, in ZeekEvent e)
    {
        switch (log)
        {
            case ZeekLog.Conn:
                ZeekConn.Write(e, input.Certificates);
                break;
            case ZeekLog.Dns:
                ZeekDns.Write(e);
                break;
            case ZeekLog.Http:
                ZeekHttp.Write(e);
                break;
            case ZeekLog.Ssl:
                ZeekSsl.Write(e, input.Certificates);
                break;
            case ZeekLog.Quic:
                ZeekQuic.Write(e);
                break;
            case ZeekLog.Notice:
                ZeekNotice.Write(e);
                break;
            default:
                ZeekFiles.Write(e);
                break;
        }
    }

    private ZeekOrigin Origin(long line, SymbolTable symbols)
    {
        if (!ReferenceEquals(symbols, _symbols))
        {
            _symbols = symbols;
            _logName = symbols.Intern("NSM:Flow"u8);
            _product = symbols.Intern("Zeek"u8);
        }
        return new ZeekOrigin(input.File.Number, line, _logName, _product, _url);
    }
}

using System.Buffers.Text;
using Nightjar.Events;

namespace Nightjar.Sources.UnifiedLog;

/// <summary>Connections, as the network library in every process sums them up when they end: how long, how many bytes, with whom where that is not hidden.</summary>
/// <remarks>That a connection began is logged too, and stays a line: it and the sum would be one connection counted twice. What has not ended is therefore not seen.</remarks>
internal sealed class ConnectionMessages(LogWriter writer)
{
    private const int Traffic = 6;
    private const long MaxSeconds = 30L * 86_400;

    /// <summary><c>[C1 UUID api.example:443 tcp, url: …] cancelled ⏎ … Duration: 1.250s, … ⏎ bytes in/out: 5478/1650, …</c></summary>
    public bool TryWrite(EventBatch batch, in LogEntry entry)
    {
        var message = entry.Message;
        if (!message.StartsWith("[C"u8)) return false;
        var bytes = MessageText.After(message, "bytes in/out: "u8);
        if (!MessageText.TryNumber(bytes, out var bytesIn) || !MessageText.TryNumber(MessageText.After(bytes, "/"u8), out var bytesOut)) return false;
        writer.Begin(batch, EventClass.NetworkActivity, Traffic, in entry);
        ref var header = ref batch.Current;
        header.End = entry.Time;
        header.Time = entry.Time - Duration(message);
        writer.NameEmitter(batch, in entry);
        batch.SetInteger(FieldId.BytesIn, bytesIn);
        batch.SetInteger(FieldId.BytesOut, bytesOut);
        SetDestination(batch, MessageText.Until(message, "]\n"u8));
        batch.Commit();
        return true;
    }

    private static TimeSpan Duration(ReadOnlySpan<byte> message)
    {
        var text = MessageText.After(message, "Duration: "u8);
        return Utf8Parser.TryParse(text, out double seconds, out _) && seconds is >= 0 and <= MaxSeconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
    }

    // Host and port stand in one word; a hidden host is "Hostname#5749d5ec:443" or "<private>".
    private static void SetDestination(EventBatch batch, ReadOnlySpan<byte> head)
    {
        foreach (var range in head.Split((byte)' '))
        {
            var word = head[range].TrimEnd((byte)',');
            var colon = word.LastIndexOf((byte)':');
            if (colon <= 0 || !TryPort(word[(colon + 1)..], out var port)) continue;
            batch.SetInteger(FieldId.DstPort, port);
            var host = word[..colon];
            if (host.Contains((byte)'#') || MeaninglessText.Is(host)) break;
            batch.Set(FieldId.DstIp, host);
            if (!batch.IsSet(FieldId.DstIp)) batch.Set(FieldId.DstHostname, host);
            break;
        }
        if (head.IndexOf(" tcp"u8) >= 0) batch.Set(FieldId.ProtocolName, "tcp"u8);
        else if (head.IndexOf(" udp"u8) >= 0 || head.IndexOf(" quic"u8) >= 0) batch.Set(FieldId.ProtocolName, "udp"u8);
    }

    private static bool TryPort(ReadOnlySpan<byte> text, out int port) =>
        Utf8Parser.TryParse(text, out port, out var used) && used == text.Length && port is > 0 and <= 65_535;
}

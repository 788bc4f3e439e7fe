using System.Buffers.Text;
using Nightjar.Events;

namespace Nightjar.Sources.UnifiedLog;

/// <summary>Connections, as the network library in every process tells them: that one begins, and what it was when it ended: how long, how many
/// bytes, with whom where that is not hidden.</summary>
/// <remarks>Both carry the connection's own id, by which measures count it once. A begin without one stays a line.</remarks>
internal sealed class ConnectionMessages(LogWriter writer)
{
    private const int UuidLength = 36;
    private const long MaxSeconds = 30L * 86_400;

    /// <summary><c>[C1 UUID api.example:443 tcp, url: …] start</c>, <c>[C1 UUID api.example:443 tcp, url: …] cancelled ⏎ … Duration: 1.250s, … ⏎ bytes in/out: 5478/1650, …</c></summary>
    public bool TryWrite(EventBatch batch, in LogEntry entry)
    {
        var message = entry.Message;
        if (!message.StartsWith("[C"u8)) return false;
        var head = MessageText.Until(message, "]\n"u8);
        var bytes = MessageText.After(message, "bytes in/out: "u8);
        if (MessageText.TryNumber(bytes, out var bytesIn) && MessageText.TryNumber(MessageText.After(bytes, "/"u8), out var bytesOut))
        {
            Begin(batch, in entry, NetworkActivities.Traffic, head);
            batch.Current.End = entry.Time;
            batch.Current.Time = entry.Time - Duration(message);
            batch.SetInteger(FieldId.BytesIn, bytesIn);
            batch.SetInteger(FieldId.BytesOut, bytesOut);
        }
        else if (message[head.Length..].SequenceEqual("] start"u8) && !Uuid(head).IsEmpty)
        {
            Begin(batch, in entry, NetworkActivities.Open, head);
        }
        else
        {
            return false;
        }
        batch.Commit();
        return true;
    }

    private void Begin(EventBatch batch, in LogEntry entry, int activity, ReadOnlySpan<byte> head)
    {
        writer.Begin(batch, EventClass.NetworkActivity, activity, in entry);
        writer.NameEmitter(batch, in entry);
        batch.Set(FieldId.ConnectionUid, Uuid(head));
        SetDestination(batch, head);
    }

    // The second word, where it is one.
    private static ReadOnlySpan<byte> Uuid(ReadOnlySpan<byte> head)
    {
        var word = MessageText.Until(MessageText.After(head, " "u8), " "u8);
        return word.Length == UuidLength && word.Count((byte)'-') == 4 ? word : default;
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

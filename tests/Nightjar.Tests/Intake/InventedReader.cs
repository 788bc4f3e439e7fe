using System.Buffers.Text;
using System.Text;
using Nightjar.Events;
using Nightjar.Sources;

namespace Nightjar.Tests.Intake;

/// <summary>Reads an invented format of lines: <c>#invented</c>, then <c>micros|sequence|uid|device|message</c>.</summary>
internal sealed class InventedReader : ISourceReader
{
    private const string Mark = "#invented";

    /// <summary>Thrown from within the reading when a message says so.</summary>
    public const string Failing = "the reader fails here";

    public SourceFormat Format { get; init; } = new("invented", "Invented lines", PositionKind.Line);

    /// <summary>Called with each message.</summary>
    public Action<string>? OnMessage { get; init; }

    public int Recognise(SourceHead head) =>
        head.Lines(1).FirstOrDefault().Span.SequenceEqual(Encoding.UTF8.GetBytes(Mark)) ? 100 : 0;

    public SourceSession Open(SourceInput input) => new Session(input, OnMessage);

    /// <summary>A file of lines.</summary>
    public static string File(params IEnumerable<InventedEvent> events) => Mark + "\n" + string.Concat(events.Select(item => item.Line + "\n"));

    private sealed class Session(SourceInput input, Action<string>? onMessage) : LineSession(input)
    {
        protected override void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch)
        {
            if (number == 1) return;
            Span<Range> parts = stackalloc Range[6];
            var bars = line.Split((byte)'|');
            var count = 0;
            foreach (var part in bars)
            {
                if (count == 5) break;
                parts[count++] = part;
            }
            if (count < 5 || !Utf8Parser.TryParse(line[parts[0]], out long micros, out _) || !Utf8Parser.TryParse(line[parts[1]], out long sequence, out _))
            {
                ReportLine(batch, number, "The line is none of the format's.");
                return;
            }
            Add(batch, number, micros, sequence, line[parts[2]], line[parts[3]], line[parts[4].Start.Value..]);
        }

        private static ReadOnlySpan<byte> Fails => "the reader fails here"u8;

        private void Add(EventBatch batch, long number, long micros, long sequence, ReadOnlySpan<byte> uid, ReadOnlySpan<byte> device, ReadOnlySpan<byte> message)
        {
            if (onMessage is not null) onMessage(Encoding.UTF8.GetString(message));
            if (message.SequenceEqual(Fails)) throw new InvalidOperationException("A fault of the reader.");
            if (device.StartsWith("10."u8)) Input.Identities?.Add(new AddressLease(Encoding.UTF8.GetString(device), null, Encoding.UTF8.GetString(message), new Instant(micros), null));
            batch.Begin(EventClass.LogLine, 1, new Instant(micros), File, number);
            batch.Current.Sequence = sequence;
            batch.Current.Id = EventIds.FromUid(uid);
            batch.Current.Device = batch.Intern(device);
            batch.Set(FieldId.EventUid, uid);
            batch.Set(FieldId.Message, message);
            batch.Commit();
        }
    }
}

/// <summary>One line of the invented format.</summary>
internal sealed record InventedEvent(long Micros, string Uid, string Message = "hello", string Device = "phone-1", long Sequence = 0)
{
    public string Line => $"{Micros}|{Sequence}|{Uid}|{Device}|{Message}";

    /// <summary>A plain run of events, one every so many seconds.</summary>
    public static IEnumerable<InventedEvent> Series(int count, double seconds = 1, string prefix = "e", string device = "phone-1", long from = 1_700_000_000) =>
        Enumerable.Range(0, count).Select(i => new InventedEvent(from * 1_000_000 + (long)(i * seconds * 1_000_000), $"{prefix}{i}", $"message {i} of {prefix}", device));
}

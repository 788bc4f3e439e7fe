using System.IO.Compression;

namespace Nightjar.Baselines;

/// <summary>Writes a baseline into one compact file and reads it back.</summary>
/// <remarks>Little-endian and compressed; texts in their order with what they share with the one before left out. The same baseline gives the same bytes.</remarks>
public static class BaselineFile
{
    private const uint Mark = 0x4C_42_4A_4E;
    private const int Version = 1;

    // Bounds of what is read: a file from elsewhere must not make us hold more than a large fleet needs.
    private const int MostTexts = 20_000_000;
    private const int MostCells = 20_000_000;
    private const int MostTextBytes = 1 << 30;
    private const int MostText = 1 << 16;

    /// <summary>Writes a whole file; leaves the stream open.</summary>
    public static void Write(Baseline baseline, Stream to)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        using var packed = new ZLibStream(to, CompressionLevel.Fastest, leaveOpen: true);
        using var writer = new BinaryWriter(packed);
        var content = baseline.Content;
        writer.Write(Mark);
        writer.Write(Version);
        WriteTexts(writer, content);
        writer.Write7BitEncodedInt(content.Apps.Length);
        for (var i = 0; i < content.Apps.Length; i++) WriteApp(writer, content, i);
        writer.Write(Mark);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is no baseline of this version, or it is damaged.</exception>
    public static Baseline Read(Stream from)
    {
        try
        {
            using var unpacked = new BufferedStream(new ZLibStream(from, CompressionMode.Decompress, leaveOpen: true), 1 << 16);
            using var reader = new BinaryReader(unpacked);
            return Read(reader);
        }
        catch (Exception fault) when (fault is EndOfStreamException or FormatException or OverflowException or IndexOutOfRangeException or ArgumentException)
        {
            throw new InvalidDataException("This is no baseline, or it is damaged.", fault);
        }
    }

    private static Baseline Read(BinaryReader reader)
    {
        if (reader.ReadUInt32() != Mark) throw new InvalidDataException("This is no baseline.");
        if (reader.ReadInt32() is not Version and var other) throw new InvalidDataException($"This is a baseline of version {other}; {Version} is read.");
        var (texts, starts) = ReadTexts(reader);
        var apps = new BaselineContent.AppEntry[Bounded(reader.Read7BitEncodedInt(), starts.Length - 1)];
        var hours = new long[apps.Length * 24];
        var cells = new List<BaselineContent.CellEntry>();
        var traces = new List<DeviceTrace>();
        for (var i = 0; i < apps.Length; i++) apps[i] = ReadApp(reader, i, starts.Length - 1, hours, cells, traces);
        if (reader.ReadUInt32() != Mark) throw new InvalidDataException("The baseline is damaged.");
        var content = new BaselineContent { Texts = texts, Starts = starts, Apps = apps, Cells = [.. cells], Traces = [.. traces], Hours = hours };
        return content.IsOrdered() ? new Baseline(content) : throw new InvalidDataException("The baseline is damaged: it is not in order.");
    }

    private static void WriteTexts(BinaryWriter writer, BaselineContent content)
    {
        writer.Write7BitEncodedInt(content.Starts.Length - 1);
        ReadOnlySpan<byte> before = default;
        for (var i = 0; i < content.Starts.Length - 1; i++)
        {
            var text = content.Text(i);
            var shared = before.CommonPrefixLength(text);
            writer.Write7BitEncodedInt(shared);
            writer.Write7BitEncodedInt(text.Length - shared);
            writer.Write(text[shared..]);
            before = text;
        }
    }

    private static (byte[] Texts, int[] Starts) ReadTexts(BinaryReader reader)
    {
        var count = Bounded(reader.Read7BitEncodedInt(), MostTexts);
        var starts = new List<int>(Math.Min(count, 1 << 16) + 1) { 0 };
        var texts = new MemoryStream();
        var buffer = new byte[MostText];
        for (var i = 0; i < count; i++)
        {
            var shared = Bounded(reader.Read7BitEncodedInt(), i == 0 ? 0 : starts[i] - starts[i - 1]);
            var more = Bounded(reader.Read7BitEncodedInt(), MostText - shared);
            reader.BaseStream.ReadExactly(buffer, shared, more);
            texts.Write(buffer, 0, shared + more);
            starts.Add(Bounded((int)texts.Length, MostTextBytes));
        }
        return (texts.ToArray(), [.. starts]);
    }

    private static void WriteApp(BinaryWriter writer, BaselineContent content, int app)
    {
        var (from, to) = content.RangeOf(app);
        writer.Write7BitEncodedInt(content.Apps[app].Name);
        writer.Write(content.Apps[app].Boundless);
        for (var hour = 0; hour < 24; hour++) writer.Write7BitEncodedInt64(content.Hours[app * 24 + hour]);
        writer.Write7BitEncodedInt(to - from);
        for (var i = from; i < to; i++) WriteCell(writer, content, i);
    }

    private static BaselineContent.AppEntry ReadApp(
        BinaryReader reader, int app, int texts, long[] hours, List<BaselineContent.CellEntry> cells, List<DeviceTrace> traces)
    {
        var entry = new BaselineContent.AppEntry(Bounded(reader.Read7BitEncodedInt(), texts - 1), cells.Count, reader.ReadByte());
        for (var hour = 0; hour < 24; hour++) hours[app * 24 + hour] = Bounded(reader.Read7BitEncodedInt64());
        for (var rest = Bounded(reader.Read7BitEncodedInt(), MostCells - cells.Count); rest > 0; rest--) ReadCell(reader, texts, cells, traces);
        return entry;
    }

    private static void WriteCell(BinaryWriter writer, BaselineContent content, int cell)
    {
        ref readonly var entry = ref content.Cells[cell];
        writer.Write((byte)entry.Kind);
        writer.Write7BitEncodedInt(entry.Value);
        writer.Write7BitEncodedInt64(entry.Counts.Times);
        writer.Write7BitEncodedInt64(entry.Counts.Background);
        writer.Write7BitEncodedInt64(entry.Counts.BytesIn);
        writer.Write7BitEncodedInt64(entry.Counts.BytesOut);
        var traces = content.TracesOf(cell);
        writer.Write((byte)traces.Length);
        foreach (ref readonly var trace in traces)
        {
            writer.Write(trace.Device);
            writer.Write7BitEncodedInt(trace.LastDay);
            writer.Write7BitEncodedInt(trace.LastDay - trace.FirstDay);
            writer.Write(trace.Days);
        }
    }

    private static void ReadCell(BinaryReader reader, int texts, List<BaselineContent.CellEntry> cells, List<DeviceTrace> traces)
    {
        var kind = (BaselineKind)Bounded(reader.ReadByte(), (int)BaselineKind.ApiFamily);
        var value = Bounded(reader.Read7BitEncodedInt(), texts - 1);
        var counts = new BaselineCounts(
            Bounded(reader.Read7BitEncodedInt64()), Bounded(reader.Read7BitEncodedInt64()), Bounded(reader.Read7BitEncodedInt64()), Bounded(reader.Read7BitEncodedInt64()));
        cells.Add(new(kind, value, traces.Count, counts));
        var count = Bounded(reader.ReadByte(), Traces.Most);
        if (count == 0) throw new InvalidDataException("A cell was seen by nobody.");
        for (var rest = count; rest > 0; rest--)
        {
            var device = reader.ReadUInt64();
            var last = reader.Read7BitEncodedInt();
            traces.Add(new DeviceTrace(device, last - reader.Read7BitEncodedInt(), last, reader.ReadUInt64()));
        }
    }

    private static int Bounded(int value, int most) => value >= 0 && value <= most ? value : throw new InvalidDataException("The baseline is damaged.");

    private static long Bounded(long value) => value >= 0 ? value : throw new InvalidDataException("The baseline is damaged.");
}

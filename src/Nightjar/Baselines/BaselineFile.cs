using System.IO.Compression;

namespace Nightjar.Baselines;

/// <summary>Writes a baseline into one compact file and reads it back.</summary>
/// <remarks>Little-endian and compressed; texts in their order with what they share with the one before left out. The same baseline gives the same bytes.</remarks>
public static class BaselineFile
{
    private const uint Mark = 0x4C_42_4A_4E;
    private const int Version = 2;

    // Bounds of what is read: a file from elsewhere must not make us hold more than a large fleet needs.
    private const int MostTexts = 20_000_000;
    private const int MostCells = 20_000_000;
    private const int MostApps = 1_000_000;
    private const int MostHours = 1 << 25;
    private const int MostTextBytes = 1 << 30;
    private const int MostText = 1 << 16;

    private const int RestFollows = 0x80;

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
        writer.Write7BitEncodedInt(content.Cells.Length);
        writer.Write7BitEncodedInt(content.Traces.Length);
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
            return Read(reader, from.CanSeek ? from.Length : 0);
        }
        catch (Exception fault) when (fault is EndOfStreamException or FormatException or OverflowException or IndexOutOfRangeException or ArgumentException)
        {
            throw new InvalidDataException("This is no baseline, or it is damaged.", fault);
        }
    }

    private static Baseline Read(BinaryReader reader, long length)
    {
        if (reader.ReadUInt32() != Mark) throw new InvalidDataException("This is no baseline.");
        if (reader.ReadInt32() is not Version and var other) throw new InvalidDataException($"This is a baseline of version {other}; {Version} is read.");
        var (texts, starts) = ReadTexts(reader, length);
        var apps = new BaselineContent.AppEntry[Bounded(reader.Read7BitEncodedInt(), Math.Min(MostApps, starts.Length - 1))];
        var cells = Bounded(reader.Read7BitEncodedInt(), MostCells);
        var parts = new Parts(starts, apps.Length, cells, traces: Bounded(reader.Read7BitEncodedInt(), MostCells), length);
        for (var i = 0; i < apps.Length; i++) apps[i] = ReadApp(reader, i, parts);
        if (reader.ReadUInt32() != Mark) throw Damaged();
        var content = new BaselineContent
        {
            Texts = texts, Starts = starts, Apps = apps, Cells = parts.Cells.ToArray(), Traces = parts.Traces.ToArray(), Rest = parts.Rest, Hours = parts.Hours, DeviceHours = [.. parts.DeviceHours],
        };
        return content.IsOrdered() ? new Baseline(content) : throw new InvalidDataException("The baseline is damaged: it is not in order.");
    }

    private static void WriteTexts(BinaryWriter writer, BaselineContent content)
    {
        writer.Write7BitEncodedInt(content.Starts.Length - 1);
        writer.Write7BitEncodedInt(content.Texts.Length);
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

    private static (byte[] Texts, int[] Starts) ReadTexts(BinaryReader reader, long length)
    {
        var count = Bounded(reader.Read7BitEncodedInt(), MostTexts);
        var starts = new Filled<int>(count + 1, length);
        var texts = new Filled<byte>(Bounded(reader.Read7BitEncodedInt(), MostTextBytes), length);
        starts.Add(0);
        var buffer = new byte[MostText];
        for (int i = 0, before = 0; i < count; i++)
        {
            var shared = Bounded(reader.Read7BitEncodedInt(), before);
            var more = Bounded(reader.Read7BitEncodedInt(), MostText - shared);
            reader.BaseStream.ReadExactly(buffer, shared, more);
            before = shared + more;
            texts.AddAll(buffer.AsSpan(0, before));
            starts.Add(texts.Count);
        }
        return (texts.ToArray(), starts.ToArray());
    }

    private static void WriteApp(BinaryWriter writer, BaselineContent content, int app)
    {
        var (from, to) = content.RangeOf(app);
        writer.Write7BitEncodedInt(content.Apps[app].Name);
        writer.Write(content.Apps[app].Boundless);
        WriteHours(writer, content.Hours.AsSpan(app * BaselineContent.HoursOfDay, BaselineContent.HoursOfDay));
        writer.Write7BitEncodedInt(to - from);
        for (var i = from; i < to; i++) WriteCell(writer, content, i);
        if (content.OwnCell(app) is not (>= 0 and var own)) return;
        var rows = content.TracesOf(own).Length;
        WriteHours(writer, content.DeviceHours.AsSpan(content.Apps[app].FirstRow * BaselineContent.HoursOfDay, rows * BaselineContent.HoursOfDay));
    }

    private static BaselineContent.AppEntry ReadApp(BinaryReader reader, int app, Parts parts)
    {
        var row = parts.DeviceHours.Count / BaselineContent.HoursOfDay;
        var entry = new BaselineContent.AppEntry(Bounded(reader.Read7BitEncodedInt(), parts.Texts - 1), parts.Cells.Count, row, reader.ReadByte());
        for (var hour = 0; hour < BaselineContent.HoursOfDay; hour++) parts.Hours[app * BaselineContent.HoursOfDay + hour] = Bounded(reader.Read7BitEncodedInt64());
        var rows = 0;
        for (var rest = Bounded(reader.Read7BitEncodedInt(), MostCells - parts.Cells.Count); rest > 0; rest--)
        {
            var (isOwn, traces) = ReadCell(reader, parts);
            if (isOwn && parts.Cells.Count == entry.FirstCell + 1) rows = traces;
        }
        for (var rest = Bounded(rows * BaselineContent.HoursOfDay, MostHours - parts.DeviceHours.Count); rest > 0; rest--) parts.DeviceHours.Add(Bounded(reader.Read7BitEncodedInt64()));
        return entry;
    }

    private static void WriteHours(BinaryWriter writer, ReadOnlySpan<long> hours)
    {
        foreach (var count in hours) writer.Write7BitEncodedInt64(count);
    }

    private static void WriteCell(BinaryWriter writer, BaselineContent content, int cell)
    {
        ref readonly var entry = ref content.Cells[cell];
        var traces = content.TracesOf(cell);
        var hasRest = content.Rest.TryGetValue(cell, out var rest);
        writer.Write((byte)entry.Kind);
        writer.Write7BitEncodedInt(entry.Value);
        writer.Write((byte)(traces.Length | (hasRest ? RestFollows : 0)));
        foreach (ref readonly var trace in traces)
        {
            writer.Write(trace.Device);
            writer.Write7BitEncodedInt(trace.LastDay);
            writer.Write7BitEncodedInt(trace.LastDay - trace.FirstDay);
            writer.Write7BitEncodedInt64((long)trace.Days);
            WriteCounts(writer, trace.Counts);
        }
        if (hasRest) WriteCounts(writer, rest);
    }

    private static (bool IsOwn, int Traces) ReadCell(BinaryReader reader, Parts parts)
    {
        var kind = (BaselineKind)Bounded(reader.ReadByte(), (int)BaselineKind.ApiFamily);
        var value = Bounded(reader.Read7BitEncodedInt(), parts.Texts - 1);
        parts.Cells.Add(new(kind, value, parts.Traces.Count));
        var mark = reader.ReadByte();
        var count = Bounded(mark & ~RestFollows, Traces.Most);
        if (count == 0) throw new InvalidDataException("A cell was seen by nobody.");
        for (var rest = count; rest > 0; rest--)
        {
            var device = reader.ReadUInt64();
            var last = Bounded(reader.Read7BitEncodedInt(), int.MaxValue);
            var first = last - Bounded(reader.Read7BitEncodedInt(), last);
            parts.Traces.Add(new DeviceTrace(device, first, last, (ulong)reader.Read7BitEncodedInt64(), ReadCounts(reader)));
        }
        if ((mark & RestFollows) != 0) parts.Rest[parts.Cells.Count - 1] = ReadCounts(reader);
        return (kind == BaselineKind.App && parts.IsEmpty(value), count);
    }

    private static void WriteCounts(BinaryWriter writer, BaselineCounts counts)
    {
        writer.Write7BitEncodedInt64(counts.Times);
        writer.Write7BitEncodedInt64(counts.Background);
        writer.Write7BitEncodedInt64(counts.BytesIn);
        writer.Write7BitEncodedInt64(counts.BytesOut);
    }

    private static BaselineCounts ReadCounts(BinaryReader reader) => new(
        Bounded(reader.Read7BitEncodedInt64()), Bounded(reader.Read7BitEncodedInt64()), Bounded(reader.Read7BitEncodedInt64()), Bounded(reader.Read7BitEncodedInt64()));

    private static int Bounded(int value, int most) => value >= 0 && value <= most ? value : throw Damaged();

    private static long Bounded(long value) => value >= 0 ? value : throw Damaged();

    private static InvalidDataException Damaged() => new("The baseline is damaged.");

    /// <summary>What is being read.</summary>
    private sealed class Parts(int[] starts, int apps, int cells, int traces, long length)
    {
        public int Texts => starts.Length - 1;

        public bool IsEmpty(int text) => starts[text] == starts[text + 1];

        public Filled<BaselineContent.CellEntry> Cells { get; } = new(cells, length);

        public Filled<DeviceTrace> Traces { get; } = new(traces, length);

        public Dictionary<int, BaselineCounts> Rest { get; } = [];

        public long[] Hours { get; } = new long[apps * BaselineContent.HoursOfDay];

        public List<long> DeviceHours { get; } = [];
    }

    /// <summary>An array of a stated length. A damaged file may state any, so at first no more is taken than the file has bytes; beyond it grows as it is filled.</summary>
    private sealed class Filled<T>(int stated, long length)
    {
        private T[] _items = new T[Math.Min(stated, Math.Max(length, 1 << 12))];

        public int Count { get; private set; }

        public void Add(T item)
        {
            Reserve(1);
            _items[Count++] = item;
        }

        public void AddAll(ReadOnlySpan<T> items)
        {
            Reserve(items.Length);
            items.CopyTo(_items.AsSpan(Count));
            Count += items.Length;
        }

        public T[] ToArray() => Count == stated ? _items : throw Damaged();

        private void Reserve(int more)
        {
            if (more > stated - Count) throw Damaged();
            if (Count + more > _items.Length) Array.Resize(ref _items, (int)Math.Min(stated, Math.Max(Count + more, 2L * _items.Length)));
        }
    }
}

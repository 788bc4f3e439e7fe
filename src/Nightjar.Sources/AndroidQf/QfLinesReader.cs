using System.Buffers.Text;
using Nightjar.Events;
using Nightjar.Sources.Android;

namespace Nightjar.Sources.AndroidQf;

/// <summary>What short commands print in an acquisition: the device's properties (<c>getprop</c>), its settings, its processes (<c>ps</c>).</summary>
/// <remarks>Each line is a log line of the device at the time of the acquisition, under the name of the command. Settings that list who holds a
/// special access, and processes, are events of their own.</remarks>
internal sealed class QfLinesReader : ISourceReader
{
    private const int LinesToJudge = 40;

    /// <summary>What a line is.</summary>
    internal enum LineKind : byte
    {
        None,
        Property,
        Setting,
        Process,
        ProcessHeader,
    }

    public SourceFormat Format { get; } = new("androidqf-lines", "Android properties, settings or processes (getprop, settings, ps)", PositionKind.Line)
    {
        LogNames = ["MobileEDR:telemetry"],
        Yields = [EventClass.LogLine, EventClass.UserAccess, EventClass.ProcessActivity],
        Platform = Platform.Android,
        IsOneDevice = true,
    };

    public SourceSession Open(SourceInput input) => new QfLinesSession(input);

    public int Recognise(SourceHead head)
    {
        int properties = 0, settings = 0, processes = 0, others = 0;
        foreach (var memory in head.Lines(LinesToJudge))
        {
            if (memory.IsEmpty) continue;
            switch (KindOf(memory.Span))
            {
                case LineKind.Property: properties++; break;
                case LineKind.Setting: settings++; break;
                case LineKind.ProcessHeader: processes++; break;
                case LineKind.Process: break;
                default: others++; break;
            }
        }
        if (processes == 1 && settings + properties == 0) return 80;
        if (properties > 0 && properties > others) return properties >= 3 ? 90 : 60;
        // "key=value" is the form of many files; what the file is called decides.
        return settings > others && head.Name.StartsWith("settings_", StringComparison.OrdinalIgnoreCase) ? 70 : 0;
    }

    /// <summary>Tells what a line is by its form.</summary>
    internal static LineKind KindOf(ReadOnlySpan<byte> line)
    {
        if (line[0] == (byte)'[') return line.IndexOf("]: ["u8) > 0 && line[^1] == (byte)']' ? LineKind.Property : LineKind.None;
        Span<Range> columns = stackalloc Range[9];
        var count = Columns(line, columns);
        if (count >= 5 && line[columns[0]].SequenceEqual("USER"u8) && line[columns[1]].SequenceEqual("PID"u8)) return LineKind.ProcessHeader;
        if (count == 9 && TryNumber(line[columns[1]], out _) && TryNumber(line[columns[2]], out _) && line[columns[7]].Length == 1) return LineKind.Process;
        var equals = line.IndexOf((byte)'=');
        return equals > 0 && !line[..equals].ContainsAny(" <>{\""u8) ? LineKind.Setting : LineKind.None;
    }

    /// <summary>The columns of a line; the last holds the rest.</summary>
    internal static int Columns(ReadOnlySpan<byte> line, Span<Range> columns)
    {
        var count = 0;
        for (var at = 0; at < line.Length && count < columns.Length;)
        {
            if (line[at] == (byte)' ')
            {
                at++;
                continue;
            }
            var length = count == columns.Length - 1 ? line.Length - at : line[at..].IndexOf((byte)' ');
            if (length < 0) length = line.Length - at;
            columns[count++] = at..(at + length);
            at += length;
        }
        return count;
    }

    internal static bool TryNumber(ReadOnlySpan<byte> text, out int number) =>
        Utf8Parser.TryParse(text, out number, out var used) && used == text.Length && number >= 0;
}

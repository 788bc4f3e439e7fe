using System.Globalization;
using System.Text;
using Nightjar.Events;

namespace Nightjar.Sources.Zeek;

/// <summary>Counts the records of logs that are recognised and not read, so that each is reported once with its number.</summary>
internal sealed class UnreadLogs
{
    private const int MaxPaths = 64;
    private const int MaxPathBytes = 64;

    private readonly List<Tally> _tallies = [];

    public void Add(ReadOnlySpan<byte> path, long line)
    {
        if (path.Length > MaxPathBytes) path = "(long name)"u8;
        foreach (var tally in _tallies)
        {
            if (!path.SequenceEqual(tally.Path)) continue;
            tally.Count++;
            return;
        }
        if (_tallies.Count < MaxPaths) _tallies.Add(new Tally(path.ToArray(), line));
        else _tallies[^1].Count++;
    }

    /// <summary>Reports each log once, where it was seen first.</summary>
    public void Report(EventBatch batch, int file)
    {
        for (var i = 0; i < _tallies.Count; i++)
        {
            var (path, count) = (Encoding.UTF8.GetString(_tallies[i].Path), _tallies[i].Count.ToString(CultureInfo.InvariantCulture));
            var what = path.Length == 0 ? "a Zeek log without a name" : $"Zeek's {path} log";
            if (i == MaxPaths - 1) what += " and others";
            batch.Report(AnomalyKind.UnknownKind, file, _tallies[i].Line, $"{count} records of {what} were counted and not read.");
        }
    }

    private sealed class Tally(byte[] path, long line)
    {
        public byte[] Path { get; } = path;

        public long Line { get; } = line;

        public long Count { get; set; } = 1;
    }
}

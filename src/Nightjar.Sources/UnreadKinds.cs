using System.Globalization;
using System.Text;
using Nightjar.Events;

namespace Nightjar.Sources;

/// <summary>Counts the records of kinds that are recognised and not read, so that each is reported once with its number.</summary>
/// <param name="nameOf">What a kind is called in the report; the name is empty when the record gives none.</param>
internal sealed class UnreadKinds(Func<string, string> nameOf)
{
    private const int MaxKinds = 64;
    private const int MaxNameBytes = 64;

    private readonly List<Tally> _tallies = [];

    public void Add(ReadOnlySpan<byte> name, long position)
    {
        if (name.Length > MaxNameBytes) name = "(long name)"u8;
        foreach (var tally in _tallies)
        {
            if (!name.SequenceEqual(tally.Name)) continue;
            tally.Count++;
            return;
        }
        if (_tallies.Count < MaxKinds) _tallies.Add(new Tally(name.ToArray(), position));
        else _tallies[^1].Count++;
    }

    /// <summary>Reports each kind once, where it was seen first.</summary>
    public void Report(EventBatch batch, int file)
    {
        for (var i = 0; i < _tallies.Count; i++)
        {
            var (name, count) = (Encoding.UTF8.GetString(_tallies[i].Name), _tallies[i].Count.ToString(CultureInfo.InvariantCulture));
            var what = nameOf(name);
            if (i == MaxKinds - 1) what += " and others";
            batch.Report(AnomalyKind.UnknownKind, file, _tallies[i].Position, $"{count} records of {what} were counted and not read.");
        }
    }

    private sealed class Tally(byte[] name, long position)
    {
        public byte[] Name { get; } = name;

        public long Position { get; } = position;

        public long Count { get; set; } = 1;
    }
}

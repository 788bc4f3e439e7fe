using Nightjar.Events;
using Nightjar.Sources.Mapping.Records;

namespace Nightjar.Sources.Mapping.Plan;

/// <summary>How one attribute of an event gets its value.</summary>
internal sealed class FieldRule
{
    public required FieldInfo Field { get; init; }

    /// <summary>Where it is looked for: the first that holds anything counts.</summary>
    public ValuePath[] From { get; init; } = [];

    /// <summary>True when the values of all paths are put together, with a blank between.</summary>
    public bool IsJoined { get; init; }

    /// <summary>The value itself, when it is the same in every event.</summary>
    public byte[]? Constant { get; init; }

    public Step[] Steps { get; init; } = [];

    /// <summary>Values for values; null when they are taken as they are.</summary>
    public ValueTable? Table { get; init; }

    /// <summary>Taken when there is nothing; null for none.</summary>
    public byte[]? Default { get; init; }

    public double Factor { get; init; } = 1;

    /// <summary>A number by which it is multiplied, where it is there and above zero.</summary>
    public ValuePath? Times { get; init; }

    /// <summary>Of times: the forms, tried in order.</summary>
    public TimeForm[] Forms { get; init; } = [];

    /// <summary>Of times: the zone of texts that state none; null for the one that the user assumes.</summary>
    public TimeSpan? Zone { get; init; }

    /// <summary>Of times: true when the file's own date is taken where the record has none.</summary>
    public bool OrFileTime { get; init; }

    /// <summary>Of the app: how surely it is named.</summary>
    public AppGrade Grade { get; init; } = AppGrade.Package;
}

/// <summary>Values for values. Letter case does not count; the row <c>*</c> stands for every value that has none.</summary>
internal sealed class ValueTable(string name, IReadOnlyDictionary<string, string> rows)
{
    private const string Others = "*";

    private readonly Dictionary<string, byte[]> _rows = rows.ToDictionary(row => row.Key, row => System.Text.Encoding.UTF8.GetBytes(row.Value), StringComparer.OrdinalIgnoreCase);

    public string Name { get; } = name;

    /// <summary>What stands for the value; null when the table does not know it.</summary>
    public byte[]? Find(ReadOnlySpan<byte> value)
    {
        Span<char> text = stackalloc char[256];
        if (value.Length > text.Length) return _rows.GetValueOrDefault(Others);
        text = text[..System.Text.Encoding.UTF8.GetChars(value, text)];
        return _rows.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var result) ? result : _rows.GetValueOrDefault(Others);
    }
}

/// <summary>Which event a record, or an item of one, gives, and from what.</summary>
internal sealed class EventRule
{
    public required EventClass Class { get; init; }

    /// <summary>The activity; null when a field tells it.</summary>
    public int? Activity { get; init; }

    public required RecordTest When { get; init; }

    /// <summary>True when it applies only to records of which no rule before it made an event.</summary>
    public bool IsOtherwise { get; init; }

    /// <summary>Slot of the list whose items give an event each; −1 for the record itself.</summary>
    public int ForEach { get; init; } = -1;

    /// <summary>The paths of an item; null without <see cref="ForEach"/>.</summary>
    public PathTable? ItemPaths { get; init; }

    public required FieldRule Time { get; init; }

    /// <summary>All fields but the time, in the order of their ids.</summary>
    public required FieldRule[] Fields { get; init; }
}

/// <summary>The layout of a file.</summary>
internal enum Layout : byte
{
    Json,
    Csv,
    KeyValue,
}

/// <summary>What a file of a format looks like.</summary>
internal sealed record Recognition
{
    /// <summary>The most that a mapping may be certain of, whatever it asks for.</summary>
    public const int MostCertain = 90;

    /// <summary>Each must stand in a record.</summary>
    public IReadOnlyList<ValuePath> Keys { get; init; } = [];

    /// <summary>The last name of each key, as it must stand somewhere in the file's beginning.</summary>
    public IReadOnlyList<byte[]> Names { get; init; } = [];

    /// <summary>One of them must stand in a record; empty for no such demand.</summary>
    public IReadOnlyList<ValuePath> Any { get; init; } = [];

    /// <summary>What the record's values must be.</summary>
    public required RecordTest Values { get; init; }

    /// <summary>1 to <see cref="MostCertain"/>.</summary>
    public int Certainty { get; init; }
}

/// <summary>A mapping, checked and ready to read by.</summary>
internal sealed class MappingPlan
{
    public required SourceFormat Format { get; init; }

    public Layout Layout { get; init; }

    /// <summary>Of rows and pairs: what stands between them.</summary>
    public byte Separator { get; init; } = (byte)',';

    /// <summary>Of pairs: what stands between key and value.</summary>
    public byte Assign { get; init; } = (byte)'=';

    /// <summary>Of rows without a header: the names of their columns.</summary>
    public IReadOnlyList<byte[]> Columns { get; init; } = [];

    /// <summary>Of JSON: the names that lead to the array of records; empty for records of their own.</summary>
    public IReadOnlyList<string> RecordsPath { get; init; } = [];

    public required PathTable RecordPaths { get; init; }

    /// <summary>The first is that of the records.</summary>
    public required PathTable OuterPaths { get; init; }

    public required Recognition Recognition { get; init; }

    public required EventRule[] Events { get; init; }

    /// <summary>Records that are known and give no event.</summary>
    public required RecordTest Ignored { get; init; }

    public required Meaning Meaning { get; init; }

    /// <summary>ATT&amp;CK log source of events that name none of their own.</summary>
    public byte[] LogName { get; init; } = [];

    public byte[] Product { get; init; } = [];
}

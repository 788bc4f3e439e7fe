namespace Nightjar.Baselines;

/// <summary>The arrays of a baseline. Apps in bytewise order of their names; cells by app, kind and value; traces by cell and device.</summary>
internal sealed class BaselineContent
{
    /// <summary>Hours of a day.</summary>
    public const int HoursOfDay = 24;

    /// <summary>An app: where its name stands, its first cell, its first row of hours by device, and of which kinds it has more values than are held.</summary>
    public readonly record struct AppEntry(int Name, int FirstCell, int FirstRow, byte Boundless);

    /// <summary>A cell: what it is about, and its first trace.</summary>
    public readonly record struct CellEntry(BaselineKind Kind, int Value, int FirstTrace);

    public required byte[] Texts { get; init; }

    /// <summary>Where each text begins; one more than there are texts.</summary>
    public required int[] Starts { get; init; }

    public required AppEntry[] Apps { get; init; }

    public required CellEntry[] Cells { get; init; }

    public required DeviceTrace[] Traces { get; init; }

    /// <summary>By cell, what devices counted that are not held; only of cells that so many devices showed.</summary>
    public required Dictionary<int, BaselineCounts> Rest { get; init; }

    /// <summary>24 for each app, of all devices.</summary>
    public required long[] Hours { get; init; }

    /// <summary>24 for each trace of an app's own cell.</summary>
    public required long[] DeviceHours { get; init; }

    /// <summary>What the cell counted on all devices.</summary>
    public BaselineCounts CountsOf(int cell) => Baselines.Traces.Sum(TracesOf(cell)) + Rest.GetValueOrDefault(cell);

    /// <summary>The app's own cell; −1 when there is none.</summary>
    public int OwnCell(int app)
    {
        var (from, to) = RangeOf(app);
        return from < to && Cells[from].Kind == BaselineKind.App && Text(Cells[from].Value).IsEmpty ? from : -1;
    }

    public ReadOnlySpan<byte> Text(int number) => Texts.AsSpan(Starts[number]..Starts[number + 1]);

    public (int From, int To) RangeOf(int app) => (Apps[app].FirstCell, app + 1 < Apps.Length ? Apps[app + 1].FirstCell : Cells.Length);

    /// <summary>False when a search could miss what is there: for a file that somebody else wrote.</summary>
    public bool IsOrdered()
    {
        for (var app = 0; app < Apps.Length; app++)
        {
            if (app > 0 && Text(Apps[app - 1].Name).SequenceCompareTo(Text(Apps[app].Name)) >= 0) return false;
            var (from, to) = RangeOf(app);
            for (var cell = from; cell < to; cell++)
            {
                if (cell > from && !IsBefore(Cells[cell - 1], Cells[cell]) || !AreOrdered(TracesOf(cell))) return false;
            }
        }
        return true;
    }

    private bool IsBefore(in CellEntry a, in CellEntry b) =>
        a.Kind < b.Kind || a.Kind == b.Kind && Text(a.Value).SequenceCompareTo(Text(b.Value)) < 0;

    private static bool AreOrdered(ReadOnlySpan<DeviceTrace> traces)
    {
        for (var i = 1; i < traces.Length; i++)
        {
            if (traces[i - 1].Device >= traces[i].Device) return false;
        }
        return true;
    }

    public ReadOnlySpan<DeviceTrace> TracesOf(int cell) =>
        Traces.AsSpan(Cells[cell].FirstTrace..(cell + 1 < Cells.Length ? Cells[cell + 1].FirstTrace : Traces.Length));
}

/// <summary>Puts a baseline together, in the order of its content.</summary>
internal sealed class BaselineWriter
{
    private readonly List<byte> _texts = [];
    private readonly List<int> _starts = [0];
    private readonly List<BaselineContent.AppEntry> _apps = [];
    private readonly List<BaselineContent.CellEntry> _cells = [];
    private readonly List<DeviceTrace> _traces = [];
    private readonly Dictionary<int, BaselineCounts> _rest = [];
    private readonly List<long> _hours = [];
    private readonly List<long> _deviceHours = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    public void BeginApp(string name, byte boundless, ReadOnlySpan<long> hours)
    {
        _apps.Add(new(Number(name), _cells.Count, _deviceHours.Count / BaselineContent.HoursOfDay, boundless));
        _hours.AddRange(hours);
    }

    /// <summary>The hours of the next device of the app's own cell.</summary>
    public void AddHours(ReadOnlySpan<long> hours) => _deviceHours.AddRange(hours);

    public void Add(BaselineKind kind, string value, ReadOnlySpan<DeviceTrace> traces, BaselineCounts rest)
    {
        if (rest != default) _rest[_cells.Count] = rest;
        _cells.Add(new(kind, Number(value), _traces.Count));
        _traces.AddRange(traces);
    }

    public Baseline ToBaseline() => new(new BaselineContent
    {
        Texts = [.. _texts], Starts = [.. _starts], Apps = [.. _apps], Cells = [.. _cells], Traces = [.. _traces], Rest = _rest, Hours = [.. _hours], DeviceHours = [.. _deviceHours],
    });

    private int Number(string text)
    {
        if (_numbers.TryGetValue(text, out var number)) return number;
        _texts.AddRange(System.Text.Encoding.UTF8.GetBytes(text));
        _starts.Add(_texts.Count);
        return _numbers[text] = _starts.Count - 2;
    }
}

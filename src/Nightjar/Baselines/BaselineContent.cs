namespace Nightjar.Baselines;

/// <summary>The arrays of a baseline. Apps in bytewise order of their names; cells by app, kind and value; traces by cell and device.</summary>
internal sealed class BaselineContent
{
    /// <summary>An app: where its name stands, its first cell, and of which kinds it has more values than are held.</summary>
    public readonly record struct AppEntry(int Name, int FirstCell, byte Boundless);

    /// <summary>A cell: what it is about, its first trace, its counts.</summary>
    public readonly record struct CellEntry(BaselineKind Kind, int Value, int FirstTrace, BaselineCounts Counts);

    public required byte[] Texts { get; init; }

    /// <summary>Where each text begins; one more than there are texts.</summary>
    public required int[] Starts { get; init; }

    public required AppEntry[] Apps { get; init; }

    public required CellEntry[] Cells { get; init; }

    public required DeviceTrace[] Traces { get; init; }

    /// <summary>24 for each app.</summary>
    public required long[] Hours { get; init; }

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
    private readonly List<long> _hours = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    public void BeginApp(string name, byte boundless, ReadOnlySpan<long> hours)
    {
        _apps.Add(new(Number(name), _cells.Count, boundless));
        _hours.AddRange(hours);
    }

    public void Add(BaselineKind kind, string value, ReadOnlySpan<DeviceTrace> traces, BaselineCounts counts)
    {
        _cells.Add(new(kind, Number(value), _traces.Count, counts));
        _traces.AddRange(traces);
    }

    public Baseline ToBaseline() => new(new BaselineContent
    {
        Texts = [.. _texts], Starts = [.. _starts], Apps = [.. _apps], Cells = [.. _cells], Traces = [.. _traces], Hours = [.. _hours],
    });

    private int Number(string text)
    {
        if (_numbers.TryGetValue(text, out var number)) return number;
        _texts.AddRange(System.Text.Encoding.UTF8.GetBytes(text));
        _starts.Add(_texts.Count);
        return _numbers[text] = _starts.Count - 2;
    }
}

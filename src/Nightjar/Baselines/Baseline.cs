using System.Numerics;
using System.Text;

namespace Nightjar.Baselines;

/// <summary>What is normal for apps: where they go, which services and functions they use, on how many devices and days. Immutable.</summary>
/// <remarks>Held in a few large arrays in one order, so that a million cells cost tens of megabytes and no object each.</remarks>
public sealed class Baseline
{
    private readonly BaselineContent _content;

    internal Baseline(BaselineContent content) => _content = content;

    /// <summary>A baseline that knows nothing.</summary>
    public static Baseline Empty { get; } = new BaselineBuilder().Build();

    /// <summary>Apps in it.</summary>
    public int AppCount => _content.Apps.Length;

    /// <summary>Cells in it.</summary>
    public int CellCount => _content.Cells.Length;

    /// <summary>All apps, in ordinal order.</summary>
    public IEnumerable<string> Apps => Enumerable.Range(0, AppCount).Select(AppName);

    internal BaselineContent Content => _content;

    /// <summary>Both together: the same for every order and grouping of what is merged.</summary>
    public static Baseline Merge(params IEnumerable<Baseline> baselines)
    {
        var builder = new BaselineBuilder();
        foreach (var baseline in baselines) builder.Add(baseline);
        return builder.Build();
    }

    /// <summary>What is known of an app, by kind and value; empty when nothing is.</summary>
    public IReadOnlyList<BaselineCell> Of(string app) =>
        Find(app) is >= 0 and var index ? [.. CellsOf(index).Select(i => Show(app, i))] : [];

    /// <summary>The same of one device (<see cref="DeviceNumber"/>), as far as it is held.</summary>
    public IReadOnlyList<BaselineCell> Of(string app, ulong device) =>
        Find(app) is >= 0 and var index ? [.. CellsOf(index).Select(i => Show(app, i, device)).OfType<BaselineCell>()] : [];

    /// <summary>By hour of the day (UTC) how often the app was active.</summary>
    public IReadOnlyList<long> Hours(string app) => Find(app) is >= 0 and var index ? HoursOf(index).ToArray() : [];

    /// <summary>The same of one device; empty when it is not held.</summary>
    public IReadOnlyList<long> Hours(string app, ulong device) => Find(app) is >= 0 and var index ? HoursOf(index, device).ToArray() : [];

    /// <summary>True when the app has more values of a kind than are held, so that nothing is known of them.</summary>
    public bool IsBoundless(string app, BaselineKind kind) => Find(app) is >= 0 and var index && IsBoundless(index, kind);

    internal int Find(string app) => Find(Encoding.UTF8.GetBytes(app));

    /// <summary>Index of an app; negative when it is not known.</summary>
    internal int Find(ReadOnlySpan<byte> app)
    {
        int low = 0, high = AppCount - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = _content.Text(_content.Apps[middle].Name).SequenceCompareTo(app);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }
        return -1;
    }

    /// <summary>Index of a cell; negative when there is none.</summary>
    internal int Find(int app, BaselineKind kind, ReadOnlySpan<byte> value)
    {
        var (low, end) = _content.RangeOf(app);
        var high = end - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            ref readonly var cell = ref _content.Cells[middle];
            var order = ((int)cell.Kind).CompareTo((int)kind);
            if (order == 0) order = _content.Text(cell.Value).SequenceCompareTo(value);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }
        return -1;
    }

    internal string AppName(int app) => Encoding.UTF8.GetString(_content.Text(_content.Apps[app].Name));

    internal bool IsBoundless(int app, BaselineKind kind) => (_content.Apps[app].Boundless & BaselineBuilder.Bit(kind)) != 0;

    internal ReadOnlySpan<long> HoursOf(int app) => _content.Hours.AsSpan(app * BaselineContent.HoursOfDay, BaselineContent.HoursOfDay);

    internal ReadOnlySpan<long> HoursOf(int app, ulong device)
    {
        var row = DevicesOf(app).IndexOf(device);
        return row < 0 ? default : _content.DeviceHours.AsSpan((_content.Apps[app].FirstRow + row) * BaselineContent.HoursOfDay, BaselineContent.HoursOfDay);
    }

    /// <summary>The devices that are held of the app itself.</summary>
    internal List<ulong> DevicesOf(int app)
    {
        var devices = new List<ulong>();
        if (_content.OwnCell(app) is >= 0 and var own)
        {
            foreach (ref readonly var trace in TracesAt(own)) devices.Add(trace.Device);
        }
        return devices;
    }

    internal int OwnCell(int app) => _content.OwnCell(app);

    internal IEnumerable<int> CellsOf(int app)
    {
        var (from, to) = _content.RangeOf(app);
        return Enumerable.Range(from, to - from);
    }

    internal BaselineKind KindAt(int cell) => _content.Cells[cell].Kind;

    internal string ValueAt(int cell) => Encoding.UTF8.GetString(_content.Text(_content.Cells[cell].Value));

    internal ReadOnlySpan<DeviceTrace> TracesAt(int cell) => _content.TracesOf(cell);

    internal BaselineCounts RestAt(int cell) => _content.Rest.GetValueOrDefault(cell);

    private BaselineCell Show(string app, int cell)
    {
        var traces = TracesAt(cell);
        var whole = traces[0];
        foreach (ref readonly var trace in traces[1..]) whole = whole.Join(in trace);
        return new BaselineCell(app, KindAt(cell), ValueAt(cell), Day(whole.FirstDay), Day(whole.LastDay), Traces.Count(traces), BitOperations.PopCount(whole.Days), _content.CountsOf(cell));
    }

    private BaselineCell? Show(string app, int cell, ulong device)
    {
        foreach (ref readonly var trace in TracesAt(cell))
        {
            if (trace.Device == device)
                return new BaselineCell(app, KindAt(cell), ValueAt(cell), Day(trace.FirstDay), Day(trace.LastDay), 1, BitOperations.PopCount(trace.Days), trace.Counts);
        }
        return null;
    }

    private static DateOnly Day(int day) => DateOnly.FromDayNumber(day + DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber);
}

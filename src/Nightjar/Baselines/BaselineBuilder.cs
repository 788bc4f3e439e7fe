using System.Runtime.InteropServices;

namespace Nightjar.Baselines;

/// <summary>Collects what apps do. What it comes to does not depend on the order of what is added. One thread.</summary>
public sealed class BaselineBuilder
{
    /// <summary>Values of one kind that an app may have; one with more goes everywhere, and no baseline says anything about it.</summary>
    public const int MostValues = 10_000;

    private readonly Dictionary<string, AppCells> _apps = new(StringComparer.Ordinal);

    private sealed class AppCells
    {
        public Dictionary<(BaselineKind Kind, string Value), Cell> Cells { get; } = [];

        public int[] Counts { get; } = new int[4];

        public byte Boundless { get; set; }

        public long[] Hours { get; } = new long[24];
    }

    private sealed class Cell
    {
        public List<DeviceTrace> Traces { get; } = [];

        public BaselineCounts Counts { get; set; }
    }

    /// <summary>Adds an observation.</summary>
    /// <param name="app">Package name or bundle id; not empty.</param>
    /// <param name="kind">What is observed.</param>
    /// <param name="value">Domain, class or family; empty for the app itself.</param>
    /// <param name="device">The device as a number (<see cref="DeviceNumber"/>).</param>
    /// <param name="day">Days since 1970, UTC.</param>
    /// <param name="counts">How often and how much.</param>
    public void Add(string app, BaselineKind kind, string value, ulong device, int day, BaselineCounts counts)
    {
        if (CellOf(AppOf(app), kind, value) is not { } cell) return;
        Traces.Add(cell.Traces, DeviceTrace.Of(device, day));
        cell.Counts += counts;
    }

    /// <summary>Counts an hour of the day, 0 to 23 in UTC, in which the app was active.</summary>
    public void AddHour(string app, int hour) => AppOf(app).Hours[hour]++;

    /// <summary>Takes back that a device showed a thing: it was part of a finding, and what is found must not become normal.</summary>
    public void Forget(string app, BaselineKind kind, string value, ulong device)
    {
        if (!_apps.TryGetValue(app, out var cells) || !cells.Cells.TryGetValue((kind, value), out var cell)) return;
        cell.Traces.RemoveAll(trace => trace.Device == device);
    }

    /// <summary>Adds all of a baseline.</summary>
    public void Add(Baseline baseline)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        for (var i = 0; i < baseline.AppCount; i++) Add(baseline, i);
    }

    /// <summary>What was collected.</summary>
    public Baseline Build()
    {
        var apps = new BaselineWriter();
        foreach (var (name, app) in _apps.OrderBy(pair => pair.Key, Utf8Order.Instance))
        {
            apps.BeginApp(name, app.Boundless, app.Hours);
            foreach (var (key, cell) in app.Cells.Where(pair => pair.Value.Traces.Count > 0).OrderBy(pair => pair.Key.Kind).ThenBy(pair => pair.Key.Value, Utf8Order.Instance))
                apps.Add(key.Kind, key.Value, CollectionsMarshal.AsSpan(cell.Traces), cell.Counts);
        }
        return apps.ToBaseline();
    }

    private void Add(Baseline baseline, int index)
    {
        var app = AppOf(baseline.AppName(index));
        var hours = baseline.HoursOf(index);
        for (var i = 0; i < hours.Length; i++) app.Hours[i] += hours[i];
        foreach (var kind in Enum.GetValues<BaselineKind>())
        {
            if (baseline.IsBoundless(index, kind)) MakeBoundless(app, kind);
        }
        foreach (var i in baseline.CellsOf(index))
        {
            if (CellOf(app, baseline.KindAt(i), baseline.ValueAt(i)) is not { } cell) continue;
            foreach (ref readonly var trace in baseline.TracesAt(i)) Traces.Add(cell.Traces, in trace);
            cell.Counts += baseline.CountsAt(i);
        }
    }

    private AppCells AppOf(string app)
    {
        ArgumentException.ThrowIfNullOrEmpty(app);
        if (!_apps.TryGetValue(app, out var cells)) _apps[app] = cells = new AppCells();
        return cells;
    }

    private static Cell? CellOf(AppCells app, BaselineKind kind, string value)
    {
        if ((app.Boundless & Bit(kind)) != 0) return null;
        if (app.Cells.TryGetValue((kind, value), out var cell)) return cell;
        if (++app.Counts[(int)kind] > MostValues)
        {
            MakeBoundless(app, kind);
            return null;
        }
        return app.Cells[(kind, value)] = new Cell();
    }

    private static void MakeBoundless(AppCells app, BaselineKind kind)
    {
        app.Boundless |= Bit(kind);
        foreach (var key in app.Cells.Keys.Where(key => key.Kind == kind).ToArray()) app.Cells.Remove(key);
    }

    internal static byte Bit(BaselineKind kind) => (byte)(1 << (int)kind);
}

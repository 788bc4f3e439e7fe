using System.Runtime.InteropServices;

namespace Nightjar.Baselines;

/// <summary>Collects what apps do. What it comes to does not depend on the order of what is added. One thread.</summary>
/// <remarks>Of what is observed here it holds, for each thing and each of the at most 32 devices held of it, 48 bytes for a day on which it was seen.</remarks>
public sealed class BaselineBuilder
{
    /// <summary>Values of one kind that an app may have; one with more goes everywhere, and no baseline says anything about it.</summary>
    public const int MostValues = 10_000;

    private static readonly long[] NoHours = new long[BaselineContent.HoursOfDay];

    private readonly Dictionary<string, AppCells> _apps = new(StringComparer.Ordinal);

    private sealed class AppCells
    {
        public Dictionary<(BaselineKind Kind, string Value), GrowingCell> Cells { get; } = [];

        public int[] Counts { get; } = new int[4];

        public byte Boundless { get; set; }

        public long[] Hours { get; } = new long[BaselineContent.HoursOfDay];

        public Dictionary<ulong, long[]> DeviceHours { get; } = [];
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
        cell.Add(device, day, counts);
    }

    /// <summary>Counts an hour of the day, 0 to 23 in UTC, in which the app was active on a device. The app itself is added before.</summary>
    public void AddHour(string app, ulong device, int hour)
    {
        var cells = AppOf(app);
        cells.Hours[hour]++;
        if (HoursOf(cells, device) is { } own) own[hour]++;
    }

    /// <summary>Takes back an observation that was added: it was part of a finding, and what is found must not become normal. A day of which all were taken back was not seen.</summary>
    /// <remarks>
    /// Only of devices that are held, and only what was added here, not what came in a baseline. After all is added, observations are taken back in any order.
    /// Sums that reached the top of their range are held there, and are not exact any more.
    /// </remarks>
    public void Forget(string app, BaselineKind kind, string value, ulong device, int day, BaselineCounts counts) => CellAt(app, kind, value)?.Forget(device, day, counts);

    /// <summary>Takes back every observation from a day to another, both included, as <see cref="Forget"/> takes back one.</summary>
    public void ForgetDays(string app, BaselineKind kind, string value, ulong device, int from, int to) => CellAt(app, kind, value)?.ForgetDays(device, from, to);

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
            foreach (var trace in OwnCell(app)?.Sum().Traces ?? []) apps.AddHours(app.DeviceHours.GetValueOrDefault(trace.Device) ?? NoHours);
            foreach (var (key, cell) in app.Cells.OrderBy(pair => pair.Key.Kind).ThenBy(pair => pair.Key.Value, Utf8Order.Instance))
            {
                var (traces, rest) = cell.Sum();
                if (traces.Count > 0) apps.Add(key.Kind, key.Value, CollectionsMarshal.AsSpan(traces), rest);
            }
        }
        return apps.ToBaseline();
    }

    private void Add(Baseline baseline, int index)
    {
        var app = AppOf(baseline.AppName(index));
        Sum(app.Hours, baseline.HoursOf(index));
        foreach (var kind in Enum.GetValues<BaselineKind>())
        {
            if (baseline.IsBoundless(index, kind)) MakeBoundless(app, kind);
        }
        foreach (var i in baseline.CellsOf(index))
        {
            if (CellOf(app, baseline.KindAt(i), baseline.ValueAt(i)) is not { } cell) continue;
            foreach (ref readonly var trace in baseline.TracesAt(i)) cell.Add(in trace);
            cell.AddRest(baseline.RestAt(i));
        }
        foreach (var device in baseline.DevicesOf(index))
        {
            if (HoursOf(app, device) is { } own) Sum(own, baseline.HoursOf(index, device));
        }
    }

    // Of a device whose trace is not held the hours are not either; those that are held stay so, whatever comes.
    private static long[]? HoursOf(AppCells app, ulong device)
    {
        if (app.DeviceHours.TryGetValue(device, out var hours)) return hours;
        if (OwnCell(app)?.Holds(device) != true) return null;
        if (app.DeviceHours.Count >= 2 * Traces.Most)
        {
            foreach (var gone in app.DeviceHours.Keys.Where(key => !OwnCell(app)!.Holds(key)).ToArray()) app.DeviceHours.Remove(gone);
        }
        return app.DeviceHours[device] = new long[BaselineContent.HoursOfDay];
    }

    private GrowingCell? CellAt(string app, BaselineKind kind, string value) => _apps.TryGetValue(app, out var cells) ? cells.Cells.GetValueOrDefault((kind, value)) : null;

    private static GrowingCell? OwnCell(AppCells app) => app.Cells.GetValueOrDefault((BaselineKind.App, ""));

    private static void Sum(long[] to, ReadOnlySpan<long> hours)
    {
        for (var i = 0; i < hours.Length; i++) to[i] += hours[i];
    }

    private AppCells AppOf(string app)
    {
        ArgumentException.ThrowIfNullOrEmpty(app);
        if (!_apps.TryGetValue(app, out var cells)) _apps[app] = cells = new AppCells();
        return cells;
    }

    private static GrowingCell? CellOf(AppCells app, BaselineKind kind, string value)
    {
        if ((app.Boundless & Bit(kind)) != 0) return null;
        if (app.Cells.TryGetValue((kind, value), out var cell)) return cell;
        if (++app.Counts[(int)kind] > MostValues)
        {
            MakeBoundless(app, kind);
            return null;
        }
        return app.Cells[(kind, value)] = new GrowingCell();
    }

    private static void MakeBoundless(AppCells app, BaselineKind kind)
    {
        app.Boundless |= Bit(kind);
        foreach (var key in app.Cells.Keys.Where(key => key.Kind == kind).ToArray()) app.Cells.Remove(key);
    }

    internal static byte Bit(BaselineKind kind) => (byte)(1 << (int)kind);
}

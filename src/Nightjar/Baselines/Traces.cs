namespace Nightjar.Baselines;

/// <summary>The devices that showed a thing: those with the smallest numbers, up to a bound, so that the same ones remain in whatever order they came.</summary>
internal static class Traces
{
    /// <summary>Devices held of one thing. Whether three or thirty showed it is known exactly; of more, a sample and an estimate.</summary>
    public const int Most = 32;

    /// <summary>Adds a trace to a list that is ordered by device.</summary>
    public static void Add(List<DeviceTrace> list, in DeviceTrace trace)
    {
        var at = IndexOf(list, trace.Device);
        if (at >= 0)
        {
            list[at] = list[at].Join(in trace);
            return;
        }
        if (~at >= Most) return;
        list.Insert(~at, trace);
        if (list.Count > Most) list.RemoveAt(Most);
    }

    /// <summary>Two ordered lists as one.</summary>
    public static DeviceTrace[] Merge(ReadOnlySpan<DeviceTrace> a, ReadOnlySpan<DeviceTrace> b)
    {
        var list = new List<DeviceTrace>(Math.Min(Most + 1, a.Length + b.Length));
        int i = 0, j = 0;
        while (list.Count < Most && (i < a.Length || j < b.Length))
        {
            if (j == b.Length || i < a.Length && a[i].Device < b[j].Device) list.Add(a[i++]);
            else if (i == a.Length || b[j].Device < a[i].Device) list.Add(b[j++]);
            else list.Add(a[i++].Join(in b[j++]));
        }
        return [.. list];
    }

    /// <summary>How many devices showed it: exact below <see cref="Most"/>, else estimated by how densely the smallest numbers lie (about 18 % off).</summary>
    public static long Count(ReadOnlySpan<DeviceTrace> traces) =>
        traces.Length < Most ? traces.Length : (long)Math.Round((Most - 1) / (traces[^1].Device / (double)ulong.MaxValue));

    private static int IndexOf(List<DeviceTrace> list, ulong device)
    {
        int low = 0, high = list.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = list[middle].Device.CompareTo(device);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }
        return ~low;
    }
}

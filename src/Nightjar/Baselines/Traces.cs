namespace Nightjar.Baselines;

/// <summary>The devices that showed a thing: those with the smallest numbers, up to a bound, so that the same ones remain in whatever order they came.</summary>
internal static class Traces
{
    /// <summary>Devices held of one thing. Whether three or thirty showed it is known exactly; of more, a sample and an estimate.</summary>
    public const int Most = 32;

    /// <summary>Adds a trace to a list that is ordered by device.</summary>
    /// <returns>What the device that had to make room counted; nothing when all are held.</returns>
    public static BaselineCounts Add(List<DeviceTrace> list, in DeviceTrace trace)
    {
        var at = IndexOf(list, trace.Device);
        if (at >= 0)
        {
            list[at] = list[at].Join(in trace);
            return default;
        }
        if (~at >= Most) return trace.Counts;
        list.Insert(~at, trace);
        if (list.Count <= Most) return default;
        var dropped = list[Most].Counts;
        list.RemoveAt(Most);
        return dropped;
    }

    /// <summary>What all of them counted.</summary>
    public static BaselineCounts Sum(ReadOnlySpan<DeviceTrace> traces)
    {
        var sum = default(BaselineCounts);
        foreach (ref readonly var trace in traces) sum += trace.Counts;
        return sum;
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

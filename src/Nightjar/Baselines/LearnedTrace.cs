namespace Nightjar.Baselines;

/// <summary>What one device showed of a thing, day by day, so that each observation can be taken back. 48 bytes for a day on which there was any.</summary>
internal sealed class LearnedTrace
{
    // In order of days.
    private readonly List<SeenDay> _days = [];

    private readonly record struct SeenDay(int Day, long Observations, BaselineCounts Counts);

    /// <summary>True when everything was taken back.</summary>
    public bool IsEmpty => _days.Count == 0;

    /// <summary>What it counted on all days.</summary>
    public BaselineCounts Counts => _days.Aggregate(default(BaselineCounts), (sum, day) => sum + day.Counts);

    /// <summary>Adds an observation.</summary>
    public void Add(int day, BaselineCounts counts)
    {
        var at = IndexOf(day);
        if (at < 0) _days.Insert(~at, new SeenDay(day, 1, counts));
        else _days[at] = new SeenDay(day, _days[at].Observations + 1, _days[at].Counts + counts);
    }

    /// <summary>Takes an observation back; a day of which all were taken back was not seen.</summary>
    public void Forget(int day, BaselineCounts counts)
    {
        var at = IndexOf(day);
        if (at < 0) return;
        if (_days[at].Observations == 1) _days.RemoveAt(at);
        else _days[at] = new SeenDay(day, _days[at].Observations - 1, _days[at].Counts.Less(counts));
    }

    /// <summary>Takes back all that was seen from a day to another, both included.</summary>
    public void ForgetDays(int from, int to) => _days.RemoveAll(day => day.Day >= from && day.Day <= to);

    /// <summary>What the days that remain come to; not when there are none.</summary>
    public DeviceTrace Of(ulong device)
    {
        var trace = DeviceTrace.Of(device, _days[0].Day, _days[0].Counts);
        foreach (var day in _days.Skip(1)) trace = trace.Join(DeviceTrace.Of(device, day.Day, day.Counts));
        return trace;
    }

    // Nearly always the last: events come in order of time.
    private int IndexOf(int day)
    {
        if (_days.Count == 0 || _days[^1].Day < day) return ~_days.Count;
        int low = 0, high = _days.Count - 1;
        if (_days[high].Day == day) return high;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (_days[middle].Day == day) return middle;
            if (_days[middle].Day < day) low = middle + 1;
            else high = middle - 1;
        }
        return ~low;
    }
}

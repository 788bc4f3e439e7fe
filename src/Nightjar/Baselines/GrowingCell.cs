namespace Nightjar.Baselines;

/// <summary>A cell while it is put together: what is learned, which can be taken back, beside what came from other baselines, which cannot.</summary>
/// <remarks>Of both the devices with the smallest numbers are held, so those that remain of both together are held in either.</remarks>
internal sealed class GrowingCell
{
    private readonly List<DeviceTrace> _merged = [];

    // By device. Null until something is learned: a merge of large baselines has very many cells.
    private SortedList<ulong, LearnedTrace>? _learned;

    // What devices counted that are not held.
    private BaselineCounts _rest;

    /// <summary>Adds an observation.</summary>
    public void Add(ulong device, int day, BaselineCounts counts)
    {
        _learned ??= [];
        if (!_learned.TryGetValue(device, out var trace))
        {
            if (_learned.Count >= Traces.Most && device > _learned.GetKeyAtIndex(_learned.Count - 1))
            {
                _rest += counts;
                return;
            }
            _learned.Add(device, trace = new LearnedTrace());
            DropLargest(_learned);
        }
        trace.Add(day, counts);
    }

    /// <summary>Adds a trace of another baseline.</summary>
    public void Add(in DeviceTrace trace) => _rest += Traces.Add(_merged, in trace);

    /// <summary>Adds what devices counted that the other baseline does not hold.</summary>
    public void AddRest(BaselineCounts rest) => _rest += rest;

    /// <summary>Takes an observation back. Nothing happens when the device is not held.</summary>
    public void Forget(ulong device, int day, BaselineCounts counts)
    {
        if (_learned?.TryGetValue(device, out var trace) != true) return;
        trace!.Forget(day, counts);
        if (trace.IsEmpty) _learned.Remove(device);
    }

    /// <summary>Takes back all that a device showed from a day to another, both included.</summary>
    public void ForgetDays(ulong device, int from, int to)
    {
        if (_learned?.TryGetValue(device, out var trace) != true) return;
        trace!.ForgetDays(from, to);
        if (trace.IsEmpty) _learned.Remove(device);
    }

    /// <summary>Whether anything is held of a device.</summary>
    public bool Holds(ulong device) => _learned?.ContainsKey(device) == true || _merged.Exists(trace => trace.Device == device);

    /// <summary>All of it: traces in order of devices, and what the others counted.</summary>
    public (List<DeviceTrace> Traces, BaselineCounts Others) Sum()
    {
        if (_learned is null) return (_merged, _rest);
        List<DeviceTrace> traces = [.. _merged];
        var rest = _rest;
        foreach (var (device, trace) in _learned) rest += Traces.Add(traces, trace.Of(device));
        return (traces, rest);
    }

    private void DropLargest(SortedList<ulong, LearnedTrace> learned)
    {
        if (learned.Count <= Traces.Most) return;
        _rest += learned.GetValueAtIndex(learned.Count - 1).Counts;
        learned.RemoveAt(learned.Count - 1);
    }
}

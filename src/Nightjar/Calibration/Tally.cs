using Nightjar.Events;

namespace Nightjar.Calibration;

/// <summary>What was observed at one place.</summary>
internal sealed class PlaceTally
{
    private readonly HashSet<Symbol> _devices = [];
    private readonly HashSet<Symbol> _apps = [];

    public ValueSummary Values { get; } = new();

    public int Devices => _devices.Count;

    public int Apps => _apps.Count;

    /// <summary>Events or matches that came so far.</summary>
    public long Asked { get; set; }

    /// <summary>Those for which everything else held.</summary>
    public long Deciding { get; set; }

    /// <summary>Matches of which no telemetry could have shown what is measured.</summary>
    public long NotObservable { get; set; }

    public void Take(double number, Symbol device, Symbol app)
    {
        Values.Add(number);
        _devices.Add(device);
        if (!app.IsNone) _apps.Add(app);
    }

    public void Add(PlaceTally other)
    {
        Values.Add(other.Values);
        _devices.UnionWith(other._devices);
        _apps.UnionWith(other._apps);
        Asked += other.Asked;
        Deciding += other.Deciding;
        NotObservable += other.NotObservable;
    }
}

/// <summary>What was observed of one analytic.</summary>
internal sealed class Tally(int places)
{
    public PlaceTally[] Places { get; } = [.. Enumerable.Range(0, places).Select(_ => new PlaceTally())];

    /// <summary>Devices of a platform that the analytic is for.</summary>
    public int Devices { get; set; }

    /// <summary>What those devices delivered.</summary>
    public DataComponents Delivered { get; set; }

    public void Add(Tally other)
    {
        for (var i = 0; i < Places.Length; i++) Places[i].Add(other.Places[i]);
        Devices += other.Devices;
        Delivered |= other.Delivered;
    }
}

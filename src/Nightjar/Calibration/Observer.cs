using Nightjar.Events;
using Nightjar.Inquiry;

namespace Nightjar.Calibration;

/// <summary>Observes the devices of one shard. One thread.</summary>
internal sealed class Observer(IReadOnlyList<Studied> studied, InquiryOptions options, SymbolTable symbols, int shards, int shard)
{
    private readonly Dictionary<Symbol, DeviceObserver> _devices = [];

    /// <summary>Events of busy devices that were asked about before their time.</summary>
    public long Cut => _devices.Values.Sum(device => device.Cut);

    public void Process(EventBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            var view = batch[i];
            var device = view.Header.Device;
            if (device.IsNone || device.Id % shards != shard) continue;
            if (!_devices.TryGetValue(device, out var observer)) _devices[device] = observer = new DeviceObserver(studied, options, symbols, device);
            observer.Add(in view);
        }
    }

    /// <summary>The input has ended. By analytic, as many as are studied.</summary>
    public IReadOnlyList<Tally> Complete()
    {
        Tally[] all = [.. studied.Select(item => new Tally(item.Places.Count))];
        foreach (var device in _devices.Values) device.Complete(all);
        return all;
    }
}

using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>Reads what the next events will need, many at once, so that they need not wait for memory one after the other.</summary>
/// <remarks>
/// It changes nothing. Looks that do not depend on one another are carried out side by side by the processor; within the judging of one event
/// each depends on the one before. What an event needs of device, app and earlier ids lies in places that no order predicts.
/// </remarks>
internal sealed class Lookahead(SymbolPages<DeviceTrack> devices, AppIndex apps, RecentEvents recent, LoneSightings lone)
{
    /// <summary>How many events ahead: as many as the nearest cache holds of what they need.</summary>
    public const int Events = 128;

    private readonly DeviceTrack?[] _devices = new DeviceTrack?[Events];
    private readonly AppTrack?[] _apps = new AppTrack?[Events];

    /// <summary>Of what was read; kept so that the reading is not left out.</summary>
    public ulong Sum { get; private set; }

    public void Touch(EventBatch batch, int from)
    {
        var count = Math.Min(Events, batch.Count - from);
        var sum = 0UL;
        for (var i = 0; i < count; i++)
        {
            ref readonly var header = ref batch.HeaderAt(from + i);
            _devices[i] = devices.Find(header.Device);
            _apps[i] = apps.Find(header.Device, header.App);
            sum += recent.Touch(header.Device, header.Id);
        }
        for (var i = 0; i < count; i++)
        {
            if (_devices[i] is { } device) sum += (ulong)device.LastSeen[0].Micros + (ulong)device.LastSeen[^1].Micros;
            if (_apps[i] is not { } app) continue;
            if (app.Activity is { } activity) sum += (ulong)activity.LoneCount + (ulong)activity.AtMost.Length;
            if (app.Context is { } context) sum += (ulong)context.StateTold.Micros;
        }
        Sum += sum + lone.Touch(batch.HeaderAt(from + count - 1).Time);
    }
}

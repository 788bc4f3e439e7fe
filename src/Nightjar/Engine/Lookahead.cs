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

    private readonly (DeviceTrack? Device, AppTrack? App)[] _found = new (DeviceTrack?, AppTrack?)[Events];

    /// <summary>Of what was read; kept so that the reading is not left out.</summary>
    public ulong Sum { get; private set; }

    /// <summary>The device and the app of an event, by its turn; null what was not known yet.</summary>
    public ref readonly (DeviceTrack? Device, AppTrack? App) this[int turn] => ref _found[turn];

    public void Touch(EventBatch batch, int from)
    {
        var count = Math.Min(Events, batch.Count - from);
        var sum = 0UL;
        for (var i = 0; i < count; i++)
        {
            ref readonly var header = ref batch.HeaderAt(from + i);
            ref var found = ref _found[i];
            found.Device = devices.Find(header.Device);
            found.App = apps.Find(header.Device, header.App);
            sum += recent.Touch(in header);
        }
        for (var i = 0; i < count; i++)
        {
            ref readonly var found = ref _found[i];
            if (found.Device is { } device) sum += (ulong)device.LastSeen[0].Micros + (ulong)device.LastSeen[^1].Micros + (ulong)device.UnaskedCount;
            if (found.App is not { } app) continue;
            sum += (ulong)app.LastUnasked + (ulong)app.UnaskedCount;
            if (app.Activity is { } activity) sum += (ulong)activity.LoneCount + (ulong)activity.AtMost.Length;
        }
        Sum += sum + lone.Touch(batch.HeaderAt(from + count - 1).Time);
    }
}

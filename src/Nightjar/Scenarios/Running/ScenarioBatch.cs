using System.Text;
using Nightjar.Events;

namespace Nightjar.Scenarios.Running;

/// <summary>Turns the events of a scenario into a batch in their total order, whatever order they are given in.</summary>
internal static class ScenarioBatch
{
    /// <param name="events">In any order.</param>
    /// <param name="start">The time of offset 0.</param>
    /// <param name="platform">Platform of the devices of which the scenario states none.</param>
    /// <param name="batch">What to fill; of the table of the analytics that will judge them.</param>
    public static EventBatch Fill(IEnumerable<ScenarioEvent> events, Instant start, Platform platform, EventBatch batch)
    {
        batch.Clear();
        var ordered = events.Select(item => (Event: item, Time: start + item.Offset, Id: EventIds.FromUid(Encoding.UTF8.GetBytes(item.Id))))
            .OrderBy(item => item.Time).ThenBy(item => item.Event.Sequence).ThenBy(item => item.Id);
        foreach (var (item, time, id) in ordered) Add(batch, item, time, id, start, platform);
        return batch;
    }

    private static void Add(EventBatch batch, ScenarioEvent item, Instant time, UInt128 id, Instant start, Platform platform)
    {
        batch.Begin(item.Class, item.Activity, time, 0, item.Line);
        ref var header = ref batch.Current;
        header.Id = id;
        header.End = time + item.Length;
        header.Sequence = item.Sequence;
        header.Device = batch.Symbols.Intern(item.Device.AsSpan());
        header.App = batch.Symbols.Intern(item.App.AsSpan());
        header.LogName = batch.Symbols.Intern(item.Log.AsSpan());
        header.Platform = item.Platform == Platform.Unknown ? platform : item.Platform;
        header.State = item.State;
        batch.Set(FieldId.EventUid, item.Id);
        if (item.LastInteraction is { } interaction) batch.SetInteger(FieldId.LastUserInteraction, (start + interaction).Millis);
        foreach (var field in item.Fields) Set(batch, field);
        batch.Commit();
    }

    private static void Set(EventBatch batch, ScenarioField field)
    {
        switch (field.Value)
        {
            case long whole:
                batch.SetInteger(field.Field, whole);
                break;
            case double number:
                batch.SetNumber(field.Field, number);
                break;
            case bool flag:
                batch.SetFlag(field.Field, flag);
                break;
            case string[] items:
                foreach (var item in items) batch.Add(field.Field, Encoding.UTF8.GetBytes(item));
                break;
            default:
                batch.Set(field.Field, (string)field.Value);
                break;
        }
    }
}

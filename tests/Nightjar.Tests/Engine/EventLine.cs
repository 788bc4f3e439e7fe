using System.Globalization;
using Nightjar.Events;

namespace Nightjar.Tests.Engine;

/// <summary>Builds batches of a few events for the engine's tests.</summary>
internal sealed class EventLine(SymbolTable symbols)
{
    public static Instant Start { get; } = Instant.FromMillis(1_772_445_600_000);

    private readonly List<(EventHeader Header, Action<EventBatch> Fields)> _events = [];

    public EventLine Add(double seconds, EventClass eventClass, int activity, string app, string log, params (FieldId Field, object Value)[] fields) =>
        Add("phone-1", seconds, eventClass, activity, app, log, fields);

    public EventLine Add(string device, double seconds, EventClass eventClass, int activity, string app, string log, params (FieldId Field, object Value)[] fields)
    {
        var header = new EventHeader
        {
            Time = Start + TimeSpan.FromSeconds(seconds), Class = eventClass, Activity = (ushort)activity,
            Device = symbols.Intern(device), App = symbols.Intern(app), LogName = symbols.Intern(log), Platform = Platform.Android,
        };
        header.Id = EventIds.FromUid(System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{device}|{seconds}|{eventClass}|{activity}|{app}|{log}|{string.Join(',', fields)}")));
        _events.Add((header, batch =>
        {
            foreach (var (field, value) in fields)
            {
                if (value is string text) batch.Set(field, text);
                else if (value is string[] list) Array.ForEach(list, item => batch.Add(field, System.Text.Encoding.UTF8.GetBytes(item)));
                else if (value is double number && field == FieldId.FileEntropy) batch.SetNumber(field, number);
                else if (value is double end && field == FieldId.EndTime) batch.Current.End = Start + TimeSpan.FromSeconds(end);
                else batch.SetInteger(field, Convert.ToInt64(value, CultureInfo.InvariantCulture));
            }
        }));
        return this;
    }

    /// <summary>All events in their total order, as one batch.</summary>
    public EventBatch Batch()
    {
        var batch = new EventBatch(symbols);
        foreach (var (header, fields) in _events.OrderBy(item => item.Header.Time).ThenBy(item => item.Header.Id))
        {
            batch.Begin(header.Class, header.Activity, header.Time, 1, batch.Count + 1);
            batch.Current.Id = header.Id;
            batch.Current.Device = header.Device;
            batch.Current.App = header.App;
            batch.Current.LogName = header.LogName;
            batch.Current.Platform = header.Platform;
            fields(batch);
            batch.Commit();
        }
        return batch;
    }
}

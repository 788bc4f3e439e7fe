using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Scenarios;
using Nightjar.Scenarios.Reading;

namespace Nightjar.Simulation;

/// <summary>Something that an app does, as a few events in a row, written as scenarios are. Read once, then made to happen anywhere and at any time.</summary>
internal sealed class Behaviour
{
    /// <summary>Stands for the folder of the app on the device.</summary>
    public const string Folder = "{folder}";

    private readonly IReadOnlyList<ScenarioEvent> _events;

    /// <param name="script">Lines of events.</param>
    /// <exception cref="InvalidOperationException">The script has a mistake, which is ours.</exception>
    public Behaviour(string script)
    {
        List<Diagnostic> mistakes = [];
        var defaults = new ScenarioDefaults("device", "app", Platform.Unknown, "MobileEDR:telemetry");
        _events = new EventLines(defaults, "behaviour", script.Split('\n'), mistakes).Read(script, 1);
        if (mistakes.Count > 0) throw new InvalidOperationException(string.Join('\n', mistakes));
        (Before, After) = (-_events.Min(item => item.Offset), _events.Max(item => item.End));
    }

    /// <summary>How long before its offset 0 it begins.</summary>
    public TimeSpan Before { get; }

    /// <summary>How long after its offset 0 it ends.</summary>
    public TimeSpan After { get; }

    /// <summary>Makes it happen.</summary>
    /// <param name="device">Where.</param>
    /// <param name="app">Who.</param>
    /// <param name="at">When its offset 0 is, from the start of the simulation.</param>
    /// <param name="id">What no other event's id begins with.</param>
    /// <param name="draw">Chance by which sizes differ a little from one time to the next; null: they do not.</param>
    public IEnumerable<ScenarioEvent> Happen(SimulatedDevice device, string app, TimeSpan at, string id, Draw? draw = null)
    {
        var number = 0;
        var chance = draw ?? default;
        foreach (var item in _events)
        {
            yield return item with
            {
                Id = $"{id}.{number++}", Device = device.Uid, Platform = device.Platform, App = item.App == "app" ? app : item.App, Offset = at + item.Offset, LastInteraction = null,
                Fields = [.. item.Fields.Select(field => new ScenarioField(field.Field, Value(field, device, app, draw is not null, ref chance)))],
            };
        }
    }

    private static object Value(ScenarioField field, SimulatedDevice device, string app, bool differs, ref Draw chance) => field.Value switch
    {
        long bytes when differs && field.Field is FieldId.BytesIn or FieldId.BytesOut => chance.Near(bytes),
        string text => text.Replace(Folder, device.FolderOf(app), StringComparison.Ordinal),
        var value => value,
    };
}

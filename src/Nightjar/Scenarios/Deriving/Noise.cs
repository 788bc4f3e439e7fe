using System.Globalization;
using Nightjar.Events;

namespace Nightjar.Scenarios.Deriving;

/// <summary>Harmless events of other apps and other devices, as any capture holds them.</summary>
internal static class Noise
{
    private const int Count = 60;

    private static readonly string[] Apps = ["com.example.bystander.weather", "com.example.bystander.notes", "com.example.bystander.radio"];

    /// <summary>The events with noise among them. A device of the scenario gets none of a kind of telemetry before it delivered that itself:
    /// more telemetry lets an analytic see more, which is a difference that should be.</summary>
    /// <param name="events">The scenario's.</param>
    /// <param name="onSameDevice">Whether other apps of the same devices make noise too.</param>
    public static IReadOnlyList<ScenarioEvent> Among(IReadOnlyList<ScenarioEvent> events, bool onSameDevice)
    {
        var chance = new Chance(0x6E69_6768_746A_6172);
        var from = events.Min(item => item.Offset) - TimeSpan.FromMinutes(1);
        var span = (int)Math.Min((events.Max(item => item.End) - from).TotalMilliseconds + 60_000, int.MaxValue - 1);
        var noise = Enumerable.Range(0, Count).Select(i => One(i, events[0], from + TimeSpan.FromMilliseconds(chance.Below(span)), chance));
        return [.. events, .. noise.Where(item => IsHarmless(item, events, onSameDevice))];
    }

    private static ScenarioEvent One(int number, ScenarioEvent like, TimeSpan offset, Chance chance)
    {
        var app = Apps[chance.Below(Apps.Length)];
        var (eventClass, activity, fields) = Kind(number % 5, app, number);
        return like with
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"noise {number}"), Offset = offset, Length = TimeSpan.Zero, Class = eventClass, Activity = activity,
            Device = number % 2 == 0 ? like.Device : "bystander-1", App = app, State = default, Sequence = 0, LastInteraction = null, Fields = fields,
        };
    }

    private static (EventClass Class, int Activity, IReadOnlyList<ScenarioField> Fields) Kind(int kind, string app, int number) => kind switch
    {
        0 => (EventClass.NetworkActivity, 6, [new(FieldId.DstHostname, "api.bystander.example"), new(FieldId.BytesIn, 900L + number), new(FieldId.BytesOut, 2000L)]),
        1 => (EventClass.FileActivity, 1, [new(FieldId.FilePath, $"/data/data/{app}/cache/{number}.png"), new(FieldId.FileMagic, "png")]),
        2 => (EventClass.FileActivity, 2, [new(FieldId.FilePath, $"/data/data/{app}/databases/{number}.db"), new(FieldId.FileMagic, "sqlite")]),
        3 => (EventClass.ModuleActivity, 1, [new(FieldId.ModulePath, $"/data/app/~~x/{app}-y/base.apk")]),
        _ => (EventClass.FileActivity, 4, [new(FieldId.FilePath, $"/data/data/{app}/cache/{number}.png")]),
    };

    private static bool IsHarmless(ScenarioEvent noise, IReadOnlyList<ScenarioEvent> events, bool onSameDevice)
    {
        var same = events.Where(item => item.Device == noise.Device).ToList();
        if (same.Count == 0) return true;
        var components = EventClasses.Components(noise.Class, noise.Activity);
        return onSameDevice && components.Bits().All(bit =>
            same.Exists(item => item.Offset < noise.Offset && ((int)EventClasses.Components(item.Class, item.Activity) >> bit & 1) != 0));
    }
}

using System.Globalization;
using Nightjar.Context;
using Nightjar.Events;

namespace Nightjar.Scenarios.Reading;

/// <summary>The words by which scenarios and golden texts speak of kinds of event.</summary>
internal static class EventWords
{
    private static readonly (string Word, EventClass Class, int Activity)[] Known =
    [
        ("flow", EventClass.NetworkActivity, 6), ("open", EventClass.NetworkActivity, 1), ("http", EventClass.HttpActivity, 3), ("dns", EventClass.DnsActivity, 2),
        ("file_create", EventClass.FileActivity, 1), ("file_read", EventClass.FileActivity, 2), ("file_update", EventClass.FileActivity, 3),
        ("file_delete", EventClass.FileActivity, 4), ("file_rename", EventClass.FileActivity, 5),
        ("load", EventClass.ModuleActivity, 1), ("invoke", EventClass.ModuleActivity, 3), ("memory", EventClass.MemoryActivity, 2),
        ("kernel", EventClass.KernelDecision, 1), ("job", EventClass.ScheduledJob, 1), ("process", EventClass.ProcessActivity, 1),
        ("install", EventClass.ApplicationLifecycle, 1), ("remove", EventClass.ApplicationLifecycle, 2), ("start", EventClass.ApplicationLifecycle, 3),
        ("stop", EventClass.ApplicationLifecycle, 4), ("update", EventClass.ApplicationLifecycle, 8), ("inventory", EventClass.SoftwareInfo, 2),
        ("grant", EventClass.UserAccess, 1), ("revoke", EventClass.UserAccess, 2),
        ("app_state", EventClass.MobileState, MobileStateActivity.AppState), ("lock", EventClass.MobileState, MobileStateActivity.Lock),
        ("unlock", EventClass.MobileState, MobileStateActivity.Unlock), ("interaction", EventClass.MobileState, MobileStateActivity.UserInteraction),
        ("screen_on", EventClass.MobileState, MobileStateActivity.ScreenOn), ("screen_off", EventClass.MobileState, MobileStateActivity.ScreenOff),
        ("sensor_start", EventClass.SensorUse, 1), ("sensor_stop", EventClass.SensorUse, 2), ("sensor_read", EventClass.SensorUse, 3),
        ("log", EventClass.LogLine, 1),
    ];

    /// <summary>Every word.</summary>
    public static IEnumerable<string> All => Known.Select(item => item.Word);

    /// <summary>The kind of event of a word, or of <c>4001/6</c>; null when it is none.</summary>
    public static (EventClass Class, int Activity)? Parse(string word)
    {
        foreach (var (known, eventClass, activity) in Known)
        {
            if (known == word) return (eventClass, activity);
        }
        var slash = word.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !int.TryParse(word[..slash], NumberStyles.None, CultureInfo.InvariantCulture, out var uid)
            || !int.TryParse(word[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        var found = EventClasses.FromUid(uid);
        return found == EventClass.Other || number > 99 ? null : (found, number);
    }

    /// <summary>The word of a kind of event; class and activity as numbers where there is none.</summary>
    public static string Of(EventClass eventClass, int activity)
    {
        foreach (var (word, known, number) in Known)
        {
            if (known == eventClass && number == activity) return word;
        }
        return string.Create(CultureInfo.InvariantCulture, $"{eventClass.Uid()}/{activity}");
    }

    /// <summary>True for events about the device, which name no app unless the line says so.</summary>
    public static bool IsOfDevice(EventClass eventClass, int activity) =>
        eventClass == EventClass.MobileState && activity != MobileStateActivity.AppState;
}

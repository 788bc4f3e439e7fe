using Nightjar.Events;
using Nightjar.Sources.Sqlite;

namespace Nightjar.Sources.Powerlog;

/// <summary>The tables that tell something, and what their rows mean.</summary>
internal static class PowerTables
{
    private const int First = PowerTable.First;
    private const int Start = 1;
    private const int Stop = 2;
    private const int Collect = 2;

    public static IReadOnlyList<PowerTable> All { get; } =
    [
        new("PLProcessNetworkAgent_EventInterval_UsageDiff", Usage, "BundleName", "ProcessName", "CellIn", "CellOut", "WifiIn", "WifiOut"),
        new("PLApplicationAgent_EventForward_Application", State, "Identifier", "State", "pid"),
        new("PLScreenStateAgent_EventForward_ScreenState", Screen, "bundleID", "ScreenWeight"),
        new("PLSpringBoardAgent_EventForward_SBLock", Locked, "Locked"),
        new("PLDisplayAgent_EventForward_Display", Display, "Active"),
        new("PLCameraAgent_EventForward_Camera", Camera, "BundleId", "State"),
        new("PLLocationAgent_EventForward_ClientStatus", Location, "BundleId", "Client", "InUseLevel", "Type"),
        new("PLAudioAgent_EventPoint_AudioApp", Audio, "ApplicationName", "Operation", "AudioRoute"),
        new("PLApplicationAgent_EventNone_AllApps", App, "AppBundleId", "AppName", "AppBundleVersion"),
    ];

    private static void Usage(TableRows rows, PowerWriter writer)
    {
        if (!TryBytes(rows, First + 2, out var mobileIn) || !TryBytes(rows, First + 3, out var mobileOut)
            || !TryBytes(rows, First + 4, out var wifiIn) || !TryBytes(rows, First + 5, out var wifiOut))
        {
            writer.Refuse(AnomalyKind.BadValue, "A number of bytes of the row is none that can be; the row was left out.");
            return;
        }
        writer.Begin(EventClass.NetworkActivity, NetworkActivities.Traffic);
        writer.NameApp(rows.Text(First), AppGrade.Package);
        writer.Batch.Set(FieldId.ProcessName, rows.Text(First + 1));
        if (writer.Batch.Current.App.IsNone) writer.NameApp(rows.Text(First + 1), AppGrade.ProcessName);
        writer.Batch.SetInteger(FieldId.BytesIn, mobileIn + wifiIn);
        writer.Batch.SetInteger(FieldId.BytesOut, mobileOut + wifiOut);
        writer.Commit();
    }

    // The numbers are those of the system's application states; a process that only serves others has no state of its own.
    private static void State(TableRows rows, PowerWriter writer)
    {
        var state = rows.WholeOrZero(First + 1) switch
        {
            1 => AppState.NotRunning,
            2 => AppState.Suspended,
            4 => AppState.Background,
            8 or 32 => AppState.Foreground,
            _ => AppState.Unknown,
        };
        if (state == AppState.Unknown || rows.Text(First).IsEmpty) return;
        writer.Begin(EventClass.MobileState, StateActivities.AppState);
        writer.NameApp(rows.Text(First), AppGrade.Package);
        writer.Batch.Current.State.AppState = state;
        writer.Commit();
    }

    // Only the app that has a share of the screen is in front.
    private static void Screen(TableRows rows, PowerWriter writer)
    {
        var isShown = !rows.TryNumber(First + 1, out var weight) || weight > 0;
        if (!isShown || rows.Text(First).IsEmpty) return;
        writer.Begin(EventClass.MobileState, StateActivities.AppState);
        writer.NameApp(rows.Text(First), AppGrade.Package);
        writer.Batch.Current.State.AppState = AppState.Foreground;
        writer.Commit();
    }

    private static void Locked(TableRows rows, PowerWriter writer)
    {
        if (!rows.TryWhole(First, out var locked) || locked is not (0 or 1)) return;
        writer.Begin(EventClass.MobileState, locked == 1 ? StateActivities.Lock : StateActivities.Unlock);
        writer.Batch.Current.State.IsDeviceLocked = TriLogic.Of(locked == 1);
        writer.Commit();
    }

    private static void Display(TableRows rows, PowerWriter writer)
    {
        if (!rows.TryWhole(First, out var active) || active is not (0 or 1)) return;
        writer.Begin(EventClass.MobileState, active == 1 ? StateActivities.ScreenOn : StateActivities.ScreenOff);
        writer.Batch.Current.State.IsScreenOn = TriLogic.Of(active == 1);
        writer.Commit();
    }

    private static void Camera(TableRows rows, PowerWriter writer)
    {
        if (rows.TryWhole(First + 1, out var state)) Use(rows, writer, "camera"u8, rows.Text(First), state > 0);
    }

    // Some versions name the app, some a client that may be a path of a bundle of the system.
    private static void Location(TableRows rows, PowerWriter writer)
    {
        var app = rows.Text(First);
        if (app.IsEmpty) app = rows.Text(First + 1);
        if (!app.IsEmpty) Use(rows, writer, "location"u8, app, !rows.TryWhole(First + 2, out var level) || level > 0);
    }

    private static void Use(TableRows rows, PowerWriter writer, ReadOnlySpan<byte> sensor, ReadOnlySpan<byte> app, bool isBegin)
    {
        writer.Begin(EventClass.SensorUse, isBegin ? Start : Stop);
        writer.NameApp(app, app.StartsWith("/"u8) ? AppGrade.ProcessName : AppGrade.Package);
        writer.Batch.Set(FieldId.Sensor, sensor);
        writer.Commit();
    }

    // Playing and recording are not told apart here, so nothing is said of the microphone.
    private static void Audio(TableRows rows, PowerWriter writer)
    {
        writer.Begin(EventClass.LogLine, 1);
        writer.NameApp(rows.Text(First), AppGrade.Package);
        writer.Batch.Set(FieldId.LogTag, "PLAudioAgent_EventPoint_AudioApp"u8);
        writer.Remark.Begin().Add("operation"u8, rows.Text(First + 1));
        writer.Remark.Add("route"u8, rows.Text(First + 2));
        writer.Batch.Set(FieldId.Message, writer.Remark.ToSpan());
        writer.Commit();
    }

    private static void App(TableRows rows, PowerWriter writer)
    {
        if (rows.Text(First).IsEmpty) return;
        writer.Begin(EventClass.SoftwareInfo, Collect);
        writer.NameApp(rows.Text(First), AppGrade.Package);
        writer.Batch.Set(FieldId.AppName, rows.Text(First + 1));
        writer.Batch.Set(FieldId.AppVersion, rows.Text(First + 2));
        writer.Commit();
    }

    private static bool TryBytes(TableRows rows, int column, out long bytes)
    {
        bytes = 0;
        return !rows.TryWhole(column, out var value) || value >= 0 && (bytes = value) < 1_000_000_000_000_000;
    }
}

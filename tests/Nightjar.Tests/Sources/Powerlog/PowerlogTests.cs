using Nightjar.Events;
using Nightjar.Sources.Powerlog;
using Nightjar.Tests.Sources.Sqlite;
using Xunit;
using static Nightjar.Tests.Sources.Powerlog.PowerlogText;

namespace Nightjar.Tests.Sources.Powerlog;

public sealed class PowerlogTests
{
    private static readonly Instant Midnight = Instant.From(new DateTimeOffset(2026, 2, 20, 0, 0, 0, TimeSpan.Zero));

    private static Reading Read(params string[] rows) => Reading.Of(new PowerlogReader(), Log(rows));

    private static Reading ReadTable(string table, string columns, string values) => Reading.Of(new PowerlogReader(), SqliteFile.Of(
        Offsets, Correct(1_000_000, Correction),
        $"create table {table} (ID INTEGER PRIMARY KEY AUTOINCREMENT, timestamp REAL, {columns}); insert into {table} (timestamp, {columns}) values (1000060, {values});"));

    [Fact]
    public void The_logs_own_time_is_corrected_by_the_last_correction_before_it()
    {
        var reading = Read(
            Correct(1_000_100, Correction + 1000), Correct(1_000_000, Correction),
            Lock(999_990, 1), Lock(1_000_000, 0), Lock(1_000_099.5, 1), Lock(1_000_100, 0));
        Assert.Equal([-10, 0, 99.5, 1100], reading.Events.Select(item => (item.Time - Midnight).TotalSeconds));
        Assert.All(reading.Events, item => Assert.Equal(TimeBasis.Stated, item.State.TimeBasis));
        Assert.Empty(reading.Anomalies);
    }

    [Fact]
    public void Without_corrections_times_stand_and_are_marked()
    {
        var reading = Read(Lock(1_771_545_600, 1));
        Assert.Equal((Midnight, TimeBasis.Assumed), (reading.Events[0].Time, reading.Events[0].State.TimeBasis));
        Assert.Single(reading.Of(AnomalyKind.BadValue));
    }

    [Fact]
    public void Two_copies_of_a_row_are_one_event_though_their_corrections_differ()
    {
        var current = Read(Correct(1_000_000, Correction), Lock(1_000_010, 0));
        var archive = Read(Correct(1_000_000, Correction - 6), Lock(1_000_010, 0));
        Assert.Equal(current.Events[0].Uid, archive.Events[0].Uid);
        Assert.NotEqual(current.Events[0].Time, archive.Events[0].Time);
    }

    [Theory]
    [InlineData(1, 2, Tri.True)]
    [InlineData(0, 3, Tri.False)]
    public void The_device_is_locked_and_unlocked(int locked, int activity, Tri isLocked)
    {
        var change = Assert.Single(Read(Correct(1_000_000, Correction), Lock(1_000_010, locked)).Events);
        Assert.Equal((EventClass.MobileState, activity, isLocked), (change.Class, change.Activity, change.State.IsDeviceLocked));
    }

    [Theory]
    [InlineData(1, AppState.NotRunning)]
    [InlineData(2, AppState.Suspended)]
    [InlineData(4, AppState.Background)]
    [InlineData(8, AppState.Foreground)]
    [InlineData(32, AppState.Foreground)]
    public void An_app_comes_and_goes(int number, AppState state)
    {
        var change = Assert.Single(ReadTable("PLApplicationAgent_EventForward_Application", "Identifier, State", $"'com.example.courier', {number}").Events);
        Assert.Equal((EventClass.MobileState, 1, "com.example.courier", state), (change.Class, change.Activity, change.App, change.State.AppState));
    }

    [Theory]
    [InlineData("PLApplicationAgent_EventForward_Application", "Identifier, State", "'com.example.courier', 16")]
    [InlineData("PLApplicationAgent_EventForward_Application", "Identifier, State", "null, 8")]
    [InlineData("PLScreenStateAgent_EventForward_ScreenState", "bundleID, ScreenWeight", "'com.example.courier', 0.0")]
    [InlineData("PLScreenStateAgent_EventForward_ScreenState", "bundleID, ScreenWeight", "null, 1.0")]
    [InlineData("PLSpringBoardAgent_EventForward_SBLock", "Locked", "null")]
    [InlineData("PLDisplayAgent_EventForward_Display", "Brightness", "50")]
    [InlineData("PLLocationAgent_EventForward_ClientStatus", "BundleId, Type", "null, 'Location'")]
    public void Rows_that_tell_nothing_give_nothing(string table, string columns, string values) => Assert.Empty(ReadTable(table, columns, values).Events);

    [Fact]
    public void The_app_on_the_screen_is_in_front()
    {
        var change = Assert.Single(ReadTable("PLScreenStateAgent_EventForward_ScreenState", "bundleID, ScreenWeight", "'com.example.courier', 1.0").Events);
        Assert.Equal(("com.example.courier", AppState.Foreground), (change.App, change.State.AppState));
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(0, 6)]
    public void The_screen_goes_on_and_off(int active, int activity) =>
        Assert.Equal(activity, Assert.Single(ReadTable("PLDisplayAgent_EventForward_Display", "Active", $"{active}").Events).Activity);

    [Fact]
    public void Bytes_of_an_interval_are_a_flow()
    {
        var flow = Assert.Single(ReadTable("PLProcessNetworkAgent_EventInterval_UsageDiff", "timestampEnd, BundleName, ProcessName, CellIn, CellOut, WifiIn, WifiOut",
            "1000090, 'com.example.courier', 'Courier', 10, 20, 300, 400").Events);
        Assert.Equal((EventClass.NetworkActivity, 6, 310L, 420L), (flow.Class, flow.Activity, (long)flow[FieldId.BytesIn]!, (long)flow[FieldId.BytesOut]!));
        Assert.Equal((Midnight + TimeSpan.FromSeconds(60), Midnight + TimeSpan.FromSeconds(90)), (flow.Time, flow.End));
        Assert.Equal(("com.example.courier", "Courier"), (flow.App, (string?)flow[FieldId.ProcessName]));
    }

    [Theory]
    [InlineData("PLCameraAgent_EventForward_Camera", "BundleId, State", "'com.example.courier', 1", "camera", 1)]
    [InlineData("PLCameraAgent_EventForward_Camera", "BundleId, State", "'com.example.courier', 0", "camera", 2)]
    [InlineData("PLLocationAgent_EventForward_ClientStatus", "BundleId, InUseLevel", "'com.example.courier', 3", "location", 1)]
    [InlineData("PLLocationAgent_EventForward_ClientStatus", "Client", "'com.example.courier'", "location", 1)]
    [InlineData("PLLocationAgent_EventForward_ClientStatus", "Client, InUseLevel", "'com.example.courier', 0", "location", 2)]
    public void Camera_and_location_are_used(string table, string columns, string values, string sensor, int activity)
    {
        var use = Assert.Single(ReadTable(table, columns, values).Events);
        Assert.Equal((EventClass.SensorUse, activity, sensor, "com.example.courier"), (use.Class, use.Activity, (string?)use[FieldId.Sensor], use.App));
    }

    [Fact]
    public void Audio_is_a_line_because_playing_and_recording_look_alike()
    {
        var line = Assert.Single(ReadTable("PLAudioAgent_EventPoint_AudioApp", "ApplicationName, Operation", "'com.example.courier', 'start'").Events);
        Assert.Equal((EventClass.LogLine, "operation=start"), (line.Class, (string?)line[FieldId.Message]));
    }

    [Fact]
    public void Installed_apps_are_an_inventory()
    {
        var app = Assert.Single(ReadTable("PLApplicationAgent_EventNone_AllApps", "AppBundleId, AppName, AppBundleVersion", "'com.example.courier', 'Courier', '2.1'").Events);
        Assert.Equal((EventClass.SoftwareInfo, "com.example.courier", "2.1"), (app.Class, app.App, (string?)app[FieldId.AppVersion]));
    }

    [Fact]
    public void Tables_that_tell_nothing_are_counted_once()
    {
        var reading = Reading.Of(new PowerlogReader(), SqliteFile.Of(Offsets, Correct(1_000_000, Correction),
            "create table PLBatteryAgent_EventBackward_Battery (ID INTEGER PRIMARY KEY, timestamp REAL, Level REAL); insert into PLBatteryAgent_EventBackward_Battery values (1, 1000001, 5), (2, 1000002, 5);"));
        Assert.Equal([AnomalyKind.MissingField, AnomalyKind.UnknownKind], reading.Anomalies.Select(anomaly => anomaly.Kind));
    }
}

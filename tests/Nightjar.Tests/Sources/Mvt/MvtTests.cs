using System.Text;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sources;
using Nightjar.Sources.Mvt;
using Xunit;

namespace Nightjar.Tests.Sources.Mvt;

public sealed class MvtTests
{
    private static readonly Instant Arrival = Instant.From(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private static readonly SourceSettings TwoHoursEast = new() { AssumedOffset = TimeSpan.FromHours(2) };

    private static Reading Read(string text, string name = "module.json", SourceSettings? settings = null) =>
        Reading.Of(new MvtModuleReader(), text, new ReadingOptions { Name = name, Settings = settings ?? new SourceSettings() });

    private static EvidenceEvent One(string result, SourceSettings? settings = null) => Assert.Single(Read(MvtText.Module(result), settings: settings).Events);

    private static Instant At(string text)
    {
        Assert.True(TimeText.TryParse(Encoding.ASCII.GetBytes(text), default, out var time, out _));
        return time;
    }

    [Fact]
    public void Data_usage_is_a_sum_in_UTC_whatever_zone_is_assumed()
    {
        var flow = One(MvtText.Usage, TwoHoursEast);
        Assert.Equal((EventClass.NetworkActivity, 99, "com.example.courier", Platform.IOS), (flow.Class, flow.Activity, flow.App, flow.Platform));
        Assert.Equal((At("2026-02-20T12:00:00.5Z"), At("2026-02-22T10:00:00Z"), TimeBasis.Stated), (flow.Time, flow.End, flow.State.TimeBasis));
        Assert.Equal((1030L, 200L), ((long)flow[FieldId.BytesIn]!, (long)flow[FieldId.BytesOut]!));
    }

    [Theory]
    [InlineData("MISSING [follows x]")]
    [InlineData("MANIPULATED [process record deleted]")]
    [InlineData("CumulativeUsageTracker")]
    public void What_is_no_process_is_no_traffic(string name)
    {
        var reading = Read(MvtText.Module(MvtText.Usage.Replace("nsurlsessiond/com.example.courier", name, StringComparison.Ordinal)));
        Assert.Empty(reading.Events);
        Assert.Equal(AnomalyKind.UnknownKind, Assert.Single(reading.Anomalies).Kind);
    }

    [Fact]
    public void Daily_analytics_are_sums_too()
    {
        var flow = One("{\"package\":\"com.example.courier\",\"ts\":\"2026-02-20 10:00:00.000000\",\"wifi_in\":1.5,\"wifi_out\":2,\"wwan_in\":3,\"wwan_out\":4}");
        Assert.Equal((99, 4L, 6L), (flow.Activity, (long)flow[FieldId.BytesIn]!, (long)flow[FieldId.BytesOut]!));
    }

    [Theory]
    [InlineData("\"auth_value\":\"allowed\"", 1)]
    [InlineData("\"auth_value\":\"limited\"", 1)]
    [InlineData("\"auth_value\":\"denied\"", 2)]
    [InlineData("\"allowed_value\":\"allowed\",\"prompt_count\":1", 1)]
    public void Answers_about_permissions_are_granted_or_not(string answer, int activity)
    {
        var entry = One($$"""{"service":"kTCCServiceCamera","client":"com.example.courier","client_type":"bundle_id",{{answer}},"last_modified":"2026-02-20 10:00:00.000000"}""");
        Assert.Equal((EventClass.UserAccess, activity, "com.example.courier"), (entry.Class, entry.Activity, entry.App));
        Assert.Equal(["kTCCServiceCamera"], (string[])entry[FieldId.Privileges]!);
    }

    [Theory]
    [InlineData("\"auth_value\":\"unknown\",\"last_modified\":\"2026-02-20 10:00:00\"", AnomalyKind.UnknownKind)]
    [InlineData("\"allowed_value\":\"allowed\",\"prompt_count\":1", AnomalyKind.MissingField)]
    [InlineData("\"auth_value\":\"allowed\",\"last_modified\":\"soon\"", AnomalyKind.BadTime)]
    public void An_answer_without_sense_or_time_is_told(string answer, AnomalyKind kind)
    {
        var reading = Read(MvtText.Module($$"""{"service":"kTCCServiceCamera","client":"com.example.courier","client_type":"bundle_id",{{answer}}}"""));
        Assert.Empty(reading.Events);
        Assert.Equal(kind, Assert.Single(reading.Anomalies).Kind);
    }

    [Theory]
    [InlineData("com.apple.AppStore", InstallSource.OfficialStore)]
    [InlineData("com.apple.AppStore.ProductPageExtension", InstallSource.OfficialStore)]
    [InlineData("com.apple.dmd", InstallSource.Managed)]
    [InlineData("com.example.market", InstallSource.Unknown)]
    public void Installed_apps_are_an_inventory_of_now_not_of_their_purchase(string installer, InstallSource source)
    {
        var app = One($$"""{"name":"x","softwareVersionBundleId":"com.example.courier","bundleShortVersionString":"2.1","bundleVersion":"2107","sourceApp":"{{installer}}","isodate":"2019-01-01 00:00:00.000000"}""");
        Assert.Equal((EventClass.SoftwareInfo, Arrival, TimeBasis.Reported), (app.Class, app.Time, app.State.TimeBasis));
        Assert.Equal(("2.1", installer, source), ((string?)app[FieldId.AppVersion], (string?)app[FieldId.InstallerUid], app.State.InstallSource));
    }

    [Fact]
    public void A_package_is_there_came_and_was_changed_in_the_phones_own_time()
    {
        var events = Read(MvtText.Module(MvtText.Package), settings: TwoHoursEast).Events;
        Assert.Equal([(EventClass.SoftwareInfo, 2), (EventClass.ApplicationLifecycle, 1), (EventClass.ApplicationLifecycle, 8)], events.Select(item => (item.Class, item.Activity)));
        Assert.Equal([Arrival, At("2026-01-01T06:00:00Z"), At("2026-02-01T07:00:00Z")], events.Select(item => item.Time));
        Assert.Equal([TimeBasis.Reported, TimeBasis.Assumed, TimeBasis.Assumed], events.Select(item => item.State.TimeBasis));
        Assert.Equal(["android.permission.CAMERA"], (string[])events[0][FieldId.Permissions]!);
        Assert.Equal(["2.1", null, "2.1"], events.Select(item => (string?)item[FieldId.AppVersion]));
    }

    [Fact]
    public void Packages_of_the_system_image_came_at_no_time() =>
        Assert.Equal(EventClass.SoftwareInfo, Assert.Single(Read(MvtText.Module(MvtText.Package.Replace("2026-01-01", "2008-12-31", StringComparison.Ordinal).Replace("2026-02-01", "1970-01-01", StringComparison.Ordinal)
            .Replace("08:00:00", "00:00:00", StringComparison.Ordinal))).Events).Class);

    [Theory]
    [InlineData("null", InstallSource.Unknown, null)]
    [InlineData("com.android.vending", InstallSource.OfficialStore, "com.android.vending")]
    public void The_word_null_is_no_installer(string installer, InstallSource source, string? uid)
    {
        var app = One($$"""{"package_name":"com.example.courier","installer":"{{installer}}","disabled":false,"system":false,"third_party":true,"files":[{"path":"/data/app/base.apk","sha256":"abcd"}]}""");
        Assert.Equal((source, uid), (app.State.InstallSource, (string?)app[FieldId.InstallerUid]));
        Assert.Equal(["abcd"], (string[])app[FieldId.FileHashes]!);
    }

    [Fact]
    public void Operations_are_uses_with_the_state_of_the_app_and_refusals_are_lines()
    {
        var events = Read(MvtText.Module(MvtText.Operations)).Events;
        Assert.Equal([EventClass.SensorUse, EventClass.LogLine, EventClass.LogLine], events.Select(item => item.Class));
        Assert.Equal(("camera", AppState.Foreground, 3), ((string?)events[0][FieldId.Sensor], events[0].State.AppState, events[0].Activity));
        Assert.Equal("operation=CAMERA; access=Reject; type=bg-s", events[1][FieldId.Message]);
    }

    [Theory]
    [InlineData("\"action\":\"update\",\"period_start\":\"2026-02-20 10:00:00\",\"period_end\":\"2026-02-21 10:00:00\",\"version_code\":2107", 8)]
    [InlineData("\"action\":\"update\",\"from\":\"2026-02-20 10:00:00\",\"to\":\"2026-02-21 10:00:00\",\"vers\":\"2107\"", 8)]
    [InlineData("\"action\":\"uninstall\",\"period_start\":\"2026-02-20 10:00:00\",\"period_end\":\"2026-02-21 10:00:00\",\"version_code\":0", 2)]
    public void A_day_in_which_a_package_changed_is_an_interval(string more, int activity)
    {
        var change = One($$"""{"package_name":"com.example.courier",{{more}}}""");
        Assert.Equal((EventClass.ApplicationLifecycle, activity, TimeSpan.FromDays(1)), (change.Class, change.Activity, change.End - change.Time));
    }

    [Theory]
    [InlineData("safari_history.json", "browsed")]
    [InlineData("sms.json", "personal")]
    [InlineData("tcc_detected.json", "verdicts")]
    [InlineData("module.json", "does not know")]
    public void What_is_not_used_is_named_once_with_the_reason(string name, string reason)
    {
        var reading = Read("[{\"isodate\":\"x\",\"url\":\"https://a.example\"},{\"isodate\":\"y\"}]", name);
        Assert.Empty(reading.Events);
        Assert.Contains(reason, Assert.Single(reading.Of(AnomalyKind.UnknownKind)).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("safari_history.json", "[{\"isodate\":\"x\",\"url\":\"https://a.example\"}]", "mvt-module")]
    [InlineData("anything.json", "[{\"service\":\"s\",\"client\":\"c\",\"client_type\":\"bundle_id\"}]", "mvt-module")]
    [InlineData("anything.json", "[{\"isodate\":\"x\",\"url\":\"https://a.example\"}]", null)]
    [InlineData("anything.csv", "\"Device Local Timestamp\",\"Plugin\",\"Event\",\"Description\"\n", "mvt-timeline")]
    public void Content_decides_and_the_name_tells_what_is_not_used(string name, string text, string? format) =>
        Assert.Equal(format, SourceCatalog.Recognise(new SourceHead(Encoding.UTF8.GetBytes(text), true, name))?.Format.Id);

    [Theory]
    [InlineData("UTC Timestamp", "2026-02-20T10:00:00Z", Platform.IOS, TimeBasis.Stated)]
    [InlineData("Device Local Timestamp", "2026-02-20T08:00:00Z", Platform.Android, TimeBasis.Assumed)]
    public void The_heading_of_a_timeline_tells_the_zone(string heading, string time, Platform platform, TimeBasis basis)
    {
        var line = Assert.Single(Reading.Of(new MvtTimelineReader(), $"\"{heading}\",\"Plugin\",\"Event\",\"Description\"\n\"2026-02-20 10:00:00.000000\",\"Tcc\",\"AccessRequest\",\"a \"\"b\"\"\"\n", new ReadingOptions { Settings = TwoHoursEast }).Events);
        Assert.Equal((EventClass.LogLine, At(time), platform, basis), (line.Class, line.Time, line.Platform, line.State.TimeBasis));
        Assert.Equal(("Tcc", "AccessRequest: a \"b\""), ((string?)line[FieldId.LogTag], (string?)line[FieldId.Message]));
    }
}

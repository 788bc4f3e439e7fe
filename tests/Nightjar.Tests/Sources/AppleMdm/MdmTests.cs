using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sources;
using Nightjar.Sources.AppleMdm;
using Nightjar.Tests.Sources.PropertyList;
using Xunit;
using static Nightjar.Tests.Sources.AppleMdm.MdmText;

namespace Nightjar.Tests.Sources.AppleMdm;

public sealed class MdmTests
{
    private static readonly Instant Arrival = Instant.From(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private static Reading Read(string plist) => Reading.Of(new MdmPlistReader(), plist);

    private static EvidenceEvent InstalledApp(string more = "") => Assert.Single(Read(Plist(Installed(App("com.example.courier", more)))).Events);

    [Fact]
    public void An_installed_app_is_an_inventory_entry_of_the_time_of_the_file()
    {
        var app = InstalledApp();
        Assert.Equal((EventClass.SoftwareInfo, 2, "com.example.courier", Device), (app.Class, app.Activity, app.App, app.Device));
        Assert.Equal(("An app", "2.1"), ((string?)app[FieldId.AppName], (string?)app[FieldId.AppVersion]));
        Assert.Equal((Arrival, TimeBasis.Reported, "iOS:MDMLog"), (app.Time, app.State.TimeBasis, app.LogName));
        Assert.Equal((Tri.True, Tri.Unknown, Platform.Unknown), (app.State.IsManagedDevice, app.State.IsManagedApp, app.Platform));
        Assert.Equal("build=2107", app[FieldId.Message]);
    }

    [Theory]
    [InlineData("", InstallSource.Unknown, null)]
    [InlineData("<key>DistributorIdentifier</key><string>com.apple.AppStore</string>", InstallSource.OfficialStore, "com.apple.AppStore")]
    [InlineData("<key>DistributorIdentifier</key><string>com.example.market</string>", InstallSource.AlternativeStore, "com.example.market")]
    [InlineData("<key>DistributorIdentifier</key><string>com.apple.TestFlight</string>", InstallSource.DeveloperTool, "com.apple.TestFlight")]
    [InlineData("<key>BetaApp</key><true/>", InstallSource.DeveloperTool, null)]
    [InlineData("<key>AdHocCodeSigned</key><true/>", InstallSource.Sideload, null)]
    [InlineData("<key>AppStoreVendable</key><true/><key>DeviceBasedVPP</key><true/>", InstallSource.Managed, null)]
    [InlineData("<key>AppStoreVendable</key><true/>", InstallSource.OfficialStore, null)]
    public void The_store_is_told_as_well_as_the_version_of_the_system_can(string more, InstallSource source, string? installer) =>
        Assert.Equal((source, installer), (InstalledApp(more).State.InstallSource, (string?)InstalledApp(more)[FieldId.InstallerUid]));

    [Fact]
    public void An_app_that_declarations_manage_is_managed() =>
        Assert.Equal(Tri.True, InstalledApp("<key>Source</key><string>Declarative Device Management</string>").State.IsManagedApp);

    [Fact]
    public void The_binary_form_gives_the_same_events()
    {
        var xml = Plist(Installed(App("com.example.courier", "<key>BundleSize</key><integer>123456789</integer>"), App("com.example.notes")));
        Assert.Equal(Read(xml).Lines, Reading.Of(new MdmPlistReader(), BinaryPlist.Of(xml)).Lines);
        Assert.Equal(2, Read(xml).Lines.Count);
    }

    [Theory]
    [InlineData("Managed", EventClass.SoftwareInfo, Tri.True)]
    [InlineData("Updating", EventClass.SoftwareInfo, Tri.True)]
    [InlineData("UserInstalledApp", EventClass.SoftwareInfo, Tri.False)]
    [InlineData("ManagementRejected", EventClass.SoftwareInfo, Tri.False)]
    [InlineData("ManagedButUninstalled", EventClass.LogLine, Tri.Unknown)]
    [InlineData("Installing", EventClass.LogLine, Tri.Unknown)]
    [InlineData("Failed", EventClass.LogLine, Tri.Unknown)]
    [InlineData("SomethingNew", EventClass.LogLine, Tri.Unknown)]
    public void Only_what_is_on_the_device_is_inventory(string status, EventClass kind, Tri isManaged)
    {
        var app = Assert.Single(Read(Plist(Managed("com.example.courier", status))).Events);
        Assert.Equal((kind, isManaged, "com.example.courier"), (app.Class, app.State.IsManagedApp, app.App));
        Assert.Equal($"status={status}; managementFlags=1", app[FieldId.Message]);
    }

    [Theory]
    [InlineData("iPhone10,2", Platform.IOS)]
    [InlineData("iPad14,3", Platform.IPadOS)]
    [InlineData("iMac14,2", Platform.Other)]
    public void Facts_of_the_device_tell_platform_and_supervision(string model, Platform platform)
    {
        var facts = Assert.Single(Read(Plist($"<key>QueryResponses</key><dict><key>ProductName</key><string>{model}</string><key>OSVersion</key><string>18.1</string><key>DeviceName</key><string>Till 4</string><key>IsSupervised</key><true/></dict>")).Events);
        Assert.Equal((EventClass.LogLine, platform, Tri.True, "Till 4"), (facts.Class, facts.Platform, facts.State.IsSupervised, (string?)facts[FieldId.DeviceName]));
        Assert.Equal("DeviceInformation", facts[FieldId.LogTag]);
    }

    [Fact]
    public void Security_facts_and_refused_commands_are_lines()
    {
        var security = Assert.Single(Read(Plist("<key>SecurityInfo</key><dict><key>PasscodePresent</key><false/><key>ManagementStatus</key><dict><key>IsUserEnrollment</key><true/></dict></dict>")).Events);
        Assert.Equal("passcodePresent=false; isUserEnrollment=true", security[FieldId.Message]);
        var refused = Assert.Single(Read(Plist("<key>ErrorChain</key><array><dict><key>USEnglishDescription</key><string>No.</string></dict></array>").Replace("Acknowledged", "Error", StringComparison.Ordinal)).Events);
        Assert.Equal(("CommandResult", "status=Error; error=No."), ((string?)refused[FieldId.LogTag], (string?)refused[FieldId.Message]));
    }

    [Theory]
    [InlineData("Authenticate", Tri.True)]
    [InlineData("CheckOut", Tri.False)]
    public void A_device_comes_under_management_and_leaves_it(string message, Tri isManaged) =>
        Assert.Equal(isManaged, Assert.Single(Read(Plist($"<key>MessageType</key><string>{message}</string>")).Events).State.IsManagedDevice);

    [Fact]
    public void The_id_of_enrolment_stands_for_a_device_that_hides_its_own() =>
        Assert.Equal(Device, Assert.Single(Read(Plist(Installed(App("com.example.courier"))).Replace("UDID", "EnrollmentID", StringComparison.Ordinal)).Events).Device);

    [Fact]
    public void The_same_answer_in_two_files_is_one_event_and_another_answer_is_not()
    {
        var xml = Plist(Installed(App("com.example.courier")));
        var later = Reading.Of(new MdmPlistReader(), xml, new ReadingOptions { FileTime = Arrival + TimeSpan.FromMinutes(1) });
        Assert.Equal(Read(xml).Events[0].Uid, later.Events[0].Uid);
        Assert.NotEqual(Read(xml).Events[0].Uid, Read(Plist(Installed(App("com.example.courier")), "C-2")).Events[0].Uid);
    }

    [Fact]
    public void A_list_of_another_form_is_told()
    {
        var reading = Read(Plist("<key>ManagedApplicationList</key><array><string>com.example.courier</string></array>"));
        Assert.Empty(reading.Events);
        Assert.Equal(AnomalyKind.BadValue, Assert.Single(reading.Anomalies).Kind);
    }

    [Fact]
    public void Without_any_time_nothing_is_told_and_the_reason_is()
    {
        var reading = Reading.Of(new MdmPlistReader(), Plist(Installed(App("com.example.courier"))), new ReadingOptions { FileTime = null });
        Assert.Empty(reading.Events);
        Assert.Equal(AnomalyKind.BadTime, Assert.Single(reading.Anomalies).Kind);
    }

    [Fact]
    public void A_list_that_is_cut_gives_the_apps_that_are_whole()
    {
        var xml = Plist(Installed(App("com.example.courier"), App("com.example.notes")));
        var reading = Read(xml[..(xml.LastIndexOf("ShortVersion", StringComparison.Ordinal) - 20)]);
        Assert.Equal("com.example.courier", Assert.Single(reading.Events).App);
        Assert.Equal(AnomalyKind.Truncated, Assert.Single(reading.Anomalies).Kind);
    }

    [Fact]
    public void A_status_report_tells_managed_apps_and_the_device()
    {
        var events = Reading.Of(new MdmJsonReader(), Status).Events;
        Assert.Equal(["com.example.courier", "com.example.old", "com.example.notes", "", ""], events.Select(item => item.App ?? ""));
        Assert.Equal([Tri.True, Tri.Unknown, Tri.False, Tri.Unknown, Tri.Unknown], events.Select(item => item.State.IsManagedApp));
        Assert.Equal([EventClass.SoftwareInfo, EventClass.LogLine, EventClass.SoftwareInfo, EventClass.LogLine, EventClass.LogLine], events.Select(item => item.Class));
        Assert.Equal("2.1", events[0][FieldId.AppVersion]);
        Assert.All(events, item => Assert.Equal((Device, Platform.IOS), (item.Device, item.Platform)));
        Assert.Equal("item=test.error-value; code=Error.Unknown", events[4][FieldId.Message]);
    }

    [Fact]
    public void An_answer_that_a_server_passed_on_has_its_time()
    {
        var packed = Convert.ToBase64String(BinaryPlist.Of(Plist(Installed(App("com.example.courier")))));
        var app = Assert.Single(Reading.Of(new MdmJsonReader(), $$"""{"acknowledge_event":{"raw_payload":"{{packed}}"},"created_at":"2026-02-20T10:00:00Z"}""").Events);
        Assert.Equal((Instant.From(new DateTimeOffset(2026, 2, 20, 10, 0, 0, TimeSpan.Zero)), TimeBasis.Stated, Device), (app.Time, app.State.TimeBasis, app.Device));
        var unknown = Assert.Single(Reading.Of(new MdmJsonReader(), $$"""{"acknowledge_event":{"raw_payload":"{{packed}}"},"created_at":"0001-01-01T00:00:00Z"}""").Events);
        Assert.Equal((Arrival, TimeBasis.Reported), (unknown.Time, unknown.State.TimeBasis));
    }

    [Fact]
    public void Other_property_lists_are_not_taken_for_answers() =>
        Assert.Null(SourceCatalog.Recognise(new SourceHead("<plist><dict><key>CFBundleName</key><string>x</string></dict></plist>"u8.ToArray(), true, "Info.plist")));
}

using System.Text;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sources;
using Nightjar.Sources.UnifiedLog;
using Xunit;
using static Nightjar.Tests.Sources.UnifiedLog.UnifiedLogText;

namespace Nightjar.Tests.Sources.UnifiedLog;

public sealed class UnifiedLogTests
{
    private const string Connection = "11111111-2222-4333-8444-555555555555";

    private static Reading Read(params string[] lines) => Reading.Of(new UnifiedLogLinesReader(), string.Join('\n', lines) + "\n");

    private static EvidenceEvent One(string message, string process = SpringBoard) => Assert.Single(Read(Entry(message, process)).Events);

    private static int Recognise(ISourceReader reader, string text) => reader.Recognise(new SourceHead(Encoding.UTF8.GetBytes(text), true, "log.txt"));

    [Fact]
    public void A_time_is_read_with_its_zone()
    {
        var entry = One("hello");
        Assert.Equal(Instant.From(new DateTimeOffset(2026, 2, 20, 20, 3, 28, TimeSpan.Zero)) + TimeSpan.FromMicroseconds(908085), entry.Time);
        Assert.Equal((TimeBasis.Stated, "iOS:unifiedlog", Platform.IOS), (entry.State.TimeBasis, entry.LogName, entry.Platform));
        Assert.Equal((EventClass.LogLine, "hello", "com.example.part"), (entry.Class, entry[FieldId.Message], entry[FieldId.LogTag]));
        Assert.Contains(" seq 5000 ", Read(Entry("hello")).Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Both_forms_give_the_same_events()
    {
        var lines = UnifiedLogEntries.All;
        var array = Reading.Of(new UnifiedLogArrayReader(), Array(lines));
        Assert.Equal(Read([.. lines]).Events.Select(item => (item.Uid, item.Time, item.Class)), array.Events.Select(item => (item.Uid, item.Time, item.Class)));
    }

    [Fact]
    public void Equal_messages_of_two_moments_are_two_events_and_repeated_entries_one()
    {
        var uids = Read(Entry("tick"), Entry("tick", mach: 5_001), Entry("tick")).Events.Select(item => item.Uid).ToList();
        Assert.NotEqual(uids[0], uids[1]);
        Assert.Equal(uids[0], uids[2]);
    }

    [Theory]
    [InlineData("[app<com.example.courier(A1-B2)>:412] Setting process visibility to: Foreground", SpringBoard, AppState.Foreground)]
    [InlineData("[application<com.example.courier>:412] Setting process visibility to: Background", SpringBoard, AppState.Background)]
    [InlineData("Calculated state for app<com.example.courier(A1)>: running-active (role: UserInteractiveFocal)", "/usr/libexec/runningboardd", AppState.Foreground)]
    [InlineData("Calculated state for app<com.example.courier(A1)>: running-active-NotVisible (role: UserInteractiveNonFocal)", "/usr/libexec/runningboardd", AppState.Background)]
    [InlineData("Calculated state for app<com.example.courier(A1)>: running-active (role: Background)", "/usr/libexec/runningboardd", AppState.Background)]
    [InlineData("Calculated state for app<com.example.courier(A1)>: running-suspended (role: None)", "/usr/libexec/runningboardd", AppState.Suspended)]
    [InlineData("Calculated state for application<com.example.courier>: terminating (role: None)", "/usr/libexec/runningboardd", AppState.NotRunning)]
    public void An_app_comes_and_goes(string message, string process, AppState state)
    {
        var entry = One(message, process);
        Assert.Equal((EventClass.MobileState, 1, "com.example.courier", AppGrade.Package), (entry.Class, entry.Activity, entry.App, entry.State.AppGrade));
        Assert.Equal(state, entry.State.AppState);
        Assert.False(entry.State.IsHearsay);
    }

    [Theory]
    [InlineData("Calculated state for daemon<com.apple.example>: running-active (role: Background)", "/usr/libexec/runningboardd")]
    [InlineData("[app<<private>>:412] Setting process visibility to: Foreground", SpringBoard)]
    [InlineData("[app<com.example.courier(A1)>:412] Setting process visibility to: Unknown", SpringBoard)]
    public void What_names_no_app_or_no_state_stays_a_line(string message, string process) => Assert.Equal(EventClass.LogLine, One(message, process).Class);

    [Theory]
    [InlineData("/private/var/containers/Bundle/Application/1/SpringBoard.app/SpringBoard")]
    [InlineData("/var/mobile/Containers/Data/SpringBoard")]
    [InlineData("/System/Library/../../var/SpringBoard")]
    [InlineData("SpringBoard")]
    [InlineData("")]
    public void What_is_not_the_system_is_not_believed(string process)
    {
        var entry = One("[app<com.example.courier(A1)>:412] Setting process visibility to: Foreground", process);
        Assert.Equal((EventClass.LogLine, true), (entry.Class, entry.State.IsHearsay));
    }

    [Theory]
    [InlineData("Screen did lock", SpringBoard, 2, Tri.True)]
    [InlineData("Screen did unlock", SpringBoard, 3, Tri.False)]
    [InlineData("Transition: unlocked -> locked", "/usr/libexec/chronod", 2, Tri.True)]
    [InlineData("Transition: locked -> inBioUnlock", "/usr/libexec/chronod", 3, Tri.False)]
    [InlineData("Transition: locked -> unlocked.", "/usr/libexec/chronod", 3, Tri.False)]
    public void The_device_is_locked_and_unlocked(string message, string process, int activity, Tri isLocked)
    {
        var entry = One(message, process);
        Assert.Equal((EventClass.MobileState, activity, isLocked), (entry.Class, entry.Activity, entry.State.IsDeviceLocked));
    }

    [Theory]
    [InlineData("Screen shut off", SpringBoard, 6)]
    [InlineData("ScreenOn changed: 1", "/usr/libexec/locationd", 5)]
    [InlineData("ScreenOn changed: 0", "/usr/libexec/locationd", 6)]
    [InlineData("contact 1 presence: touching", "/usr/libexec/backboardd", 4)]
    [InlineData("Launching application com.example.courier from icon <private>, location: SBIconLocationRoot", SpringBoard, 4)]
    public void The_screen_and_the_user_are_seen(string message, string process, int activity) =>
        Assert.Equal((EventClass.MobileState, activity), (One(message, process).Class, One(message, process).Activity));

    [Theory]
    [InlineData("Transition: locked -> locking", "/usr/libexec/chronod")]
    [InlineData("contact 1 presence: none", "/usr/libexec/backboardd")]
    [InlineData("ScreenOn changed: maybe", "/usr/libexec/locationd")]
    public void What_changes_nothing_stays_a_line(string message, string process) => Assert.Equal(EventClass.LogLine, One(message, process).Class);

    [Theory]
    [InlineData("Submitted: bgRefresh-com.example.courier.refresh:041399 at priority 10 (…)", "bgRefresh-com.example.courier.refresh", 1)]
    [InlineData("SUBMITTED <_DASActivity: \"bgProcessing-com.example.courier.tidy:1A2B3C\", Utility, 60s>", "bgProcessing-com.example.courier.tidy", 1)]
    [InlineData("With (dasd) STARTING: 501:com.example.courier.push:BB0E3B at priority 10", "com.example.courier.push", 6)]
    [InlineData("CANCELED: bgRefresh-com.example.courier.refresh:94ED7E at priority 10", "bgRefresh-com.example.courier.refresh", 3)]
    [InlineData("COMPLETED bgRefresh-com.example.courier.refresh:94ED7E <private>", "bgRefresh-com.example.courier.refresh", 99)]
    public void Background_work_is_a_job(string message, string name, int activity)
    {
        var job = One(message, "/usr/libexec/dasd");
        Assert.Equal((EventClass.ScheduledJob, activity, name), (job.Class, job.Activity, (string?)job[FieldId.JobName]));
    }

    [Fact]
    public void A_hidden_job_stays_a_line() => Assert.Equal(EventClass.LogLine, One("Submitted: <private> at priority 10", "/usr/libexec/dasd").Class);

    private const string Tccd = "/System/Library/PrivateFrameworks/TCC.framework/Support/tccd";

    private static string[] Request(string value = "2", string preflight = "no") =>
    [
        Entry($"AUTHREQ_CTX: msgID=301.9, function=TCCAccessRequest, service=kTCCServiceMicrophone, preflight={preflight},", Tccd),
        Entry("AUTHREQ_ATTRIBUTION: msgID=301.9, attribution={accessing={TCCDProcess: identifier=com.example.courier, pid=412, auid=501, euid=501, binary_path=/x}, requesting={TCCDProcess: identifier=com.apple.mediaserverd, pid=301},},", Tccd, mach: 5_001),
        Entry($"AUTHREQ_RESULT: msgID=301.9, authValue={value}, authReason=2, authVersion=1, error=(null),", Tccd, mach: 5_002),
    ];

    [Fact]
    public void A_request_that_was_granted_is_a_use_by_the_app_behind_it()
    {
        var use = Read(Request()).Events[2];
        Assert.Equal((EventClass.SensorUse, 3, "microphone", "com.example.courier"), (use.Class, use.Activity, (string?)use[FieldId.Sensor], use.App));
    }

    [Theory]
    [InlineData("0", "no")]
    [InlineData("2", "yes")]
    public void A_refusal_and_a_mere_question_are_no_use(string value, string preflight) =>
        Assert.All(Read(Request(value, preflight)).Events, entry => Assert.Equal(EventClass.LogLine, entry.Class));

    [Theory]
    [InlineData("Allowed (User Consent) (v1)", 1)]
    [InlineData("Denied (User Consent) (v1)", 2)]
    public void An_answer_of_the_user_is_a_permission(string answer, int activity)
    {
        var entry = One($"Update Access Record: kTCCServiceCamera for com.example.courier to {answer} at 1771600000", Tccd);
        Assert.Equal((EventClass.UserAccess, activity, "com.example.courier"), (entry.Class, entry.Activity, entry.App));
        Assert.Equal(["kTCCServiceCamera"], (string[])entry[FieldId.Privileges]!);
    }

    [Theory]
    [InlineData("-[MIInstaller performInstallationWithError:]: Install Successful for (Customer:com.example.courier); Staging: 0.01s", 1, InstallSource.Unknown)]
    [InlineData("-[MIInstaller performInstallationWithError:]: Install Successful for (Developer:com.example.courier); Overall: 0.25s", 1, InstallSource.DeveloperTool)]
    [InlineData("-[MIClientConnection _uninstallIdentities:withOptions:completion:]: Uninstall requested by app (pid 188) for identities (\n \"[com.example.courier/PersonalPersona]\"\n)", 2, InstallSource.Unknown)]
    public void Apps_are_installed_and_removed(string message, int activity, InstallSource source)
    {
        var entry = One(message, "/usr/libexec/installd");
        Assert.Equal((EventClass.ApplicationLifecycle, activity, "com.example.courier", source), (entry.Class, entry.Activity, entry.App, entry.State.InstallSource));
    }

    [Fact]
    public void A_placeholder_is_not_yet_an_app() =>
        Assert.Equal(EventClass.LogLine, One("Install Successful for (Placeholder:com.example.courier); Staging: 0.01s", "/usr/libexec/installd").Class);

    [Theory]
    [InlineData("Sandbox: Courier(412) deny(1) dynamic-code-generation", "/kernel", "dynamic-code-generation", null)]
    [InlineData("Sandbox: Courier(412) deny(1) file-map-executable /private/var/mobile/Containers/Data/Application/A/tmp/x.dylib", "/kernel", "file-map-executable", "/var/mobile/Containers/Data/Application/A/tmp/x.dylib")]
    [InlineData("CODE SIGNING: process 412[Courier]: rejecting invalid page at address 0x100 from offset 0x0 in file \"/private/var/mobile/x.dylib\" (cs_mtime:1)", "/kernel", "invalid_page", "/var/mobile/x.dylib")]
    [InlineData("CODE SIGNING: cs_invalid_page(0x100abc000): p=412[Courier] final status 0x23000200, denying page sending SIGKILL", "/kernel", "invalid_page", null)]
    [InlineData("AMFI: '/private/var/mobile/x.dylib': unsuitable CT policy 0 for this platform/device, rejecting signature.", "/kernel", "code_signature", "/var/mobile/x.dylib")]
    [InlineData("/private/var/mobile/x.dylib not valid: 0xe8008015", "/usr/libexec/amfid", "code_signature", "/var/mobile/x.dylib")]
    public void Refused_code_is_a_decision_of_the_kernel(string message, string process, string name, string? path)
    {
        var entry = One(message, process);
        Assert.Equal((EventClass.KernelDecision, 1, name, path), (entry.Class, entry.Activity, (string?)entry[FieldId.KernelName], (string?)entry[FieldId.KernelPath]));
        Assert.Equal(2L, entry[FieldId.ActionId]);
    }

    [Fact]
    public void A_process_number_is_the_app_that_the_system_named()
    {
        var reading = Read(
            Entry("hello", Courier, pid: 412),
            Entry("[app<com.example.courier(A1)>:412] Setting process visibility to: Foreground", mach: 5_001),
            Entry("hello", Courier, pid: 412, mach: 5_002),
            Entry("Sandbox: Courier(412) deny(1) dynamic-code-generation", "/kernel", mach: 5_003),
            Entry("hello", Courier, pid: 412, mach: 6).Replace("AAAAAAAA", "BBBBBBBB", StringComparison.Ordinal));
        Assert.Equal(["Courier", "com.example.courier", "com.example.courier", "com.example.courier", "Courier"], reading.Events.Select(item => item.App));
        Assert.Equal([AppGrade.Label, AppGrade.Package, AppGrade.ProcessName, AppGrade.ProcessName, AppGrade.Label], reading.Events.Select(item => item.State.AppGrade));
    }

    [Theory]
    [InlineData("api.courier.example:443", "api.courier.example", null)]
    [InlineData("192.0.2.7:443", null, "192.0.2.7")]
    [InlineData("Hostname#5749d5ec:443", null, null)]
    public void A_connection_that_ended_is_a_flow_over_its_length(string destination, string? host, string? address)
    {
        var flow = One($"[C3 {Connection} {destination} tcp, url hash: 1a2b, tls, attribution: developer] cancelled\n\t[C3.1.1 10.0.0.2:50000<->IPv4#aa:443]\n\tDuration: 1.250s, DNS @0.000s took 0.002s\n\tbytes in/out: 5478/1650, packets in/out: 9/7", Courier);
        Assert.Equal((EventClass.NetworkActivity, 6, 5478L, 1650L), (flow.Class, flow.Activity, (long?)flow[FieldId.BytesIn], (long?)flow[FieldId.BytesOut]));
        Assert.Equal((host, address, 443L, "tcp"), ((string?)flow[FieldId.DstHostname], (string?)flow[FieldId.DstIp], (long?)flow[FieldId.DstPort], (string?)flow[FieldId.ProtocolName]));
        Assert.Equal((TimeSpan.FromSeconds(1.25), Connection), (flow.End - flow.Time, (string?)flow[FieldId.ConnectionUid]));
        Assert.Equal(("Courier", AppGrade.Label, true), (flow.App, flow.State.AppGrade, flow.State.IsHearsay));
    }

    [Fact]
    public void Begin_and_end_of_a_connection_carry_its_id()
    {
        var open = One($"[C3 {Connection} api.courier.example:443 tcp, tls] start", Courier);
        Assert.Equal((EventClass.NetworkActivity, 1, Connection), (open.Class, open.Activity, (string?)open[FieldId.ConnectionUid]));
        Assert.Equal("api.courier.example", open[FieldId.DstHostname]);
    }

    [Theory]
    [InlineData("[C3 11111111-2222 api.courier.example:443 tcp, tls] start")]
    [InlineData("[C3 11111111-2222-4333-8444-555555555555 api.courier.example:443 tcp, tls] started")]
    [InlineData("[C3] event: client:connection_idle @0.5s")]
    public void What_could_count_a_connection_twice_stays_a_line(string message) => Assert.Equal(EventClass.LogLine, One(message, Courier).Class);

    [Fact]
    public void What_the_device_lost_is_told_and_the_entry_kept()
    {
        var reading = Read(Entry("lost >=12 unreliable messages", "/kernel", eventType: "lossEvent", more: ",\"lossCount\":{\"count\":12}"));
        Assert.Equal(EventClass.LogLine, Assert.Single(reading.Events).Class);
        Assert.Contains("12 entries", Assert.Single(reading.Of(AnomalyKind.Truncated)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_trailer_is_no_entry_and_says_whether_the_log_is_whole()
    {
        Assert.Equal("", Read("{\"count\":4,\"finished\":1}").Describe());
        Assert.Single(Read("{\"count\":4,\"finished\":0}").Of(AnomalyKind.Truncated));
    }

    [Fact]
    public void Hidden_values_stay_in_the_message_and_name_nothing()
    {
        var entry = One("Launching application <private> from icon <private>");
        Assert.Equal(("", EventClass.MobileState), (entry.App ?? "", entry.Class));
        Assert.Contains("<private>", (string)entry[FieldId.Message]!, StringComparison.Ordinal);
    }

    [Fact]
    public void Parsers_that_read_log_archives_without_a_Mac_are_read_too()
    {
        const string Line = """{"subsystem":"com.apple.x","thread_id":1,"pid":77,"euid":501,"library":"/usr/lib/x.dylib","activity_id":0,"time":1.7e18,"category":"c","event_type":"Log","log_type":"Default","process":"/System/Library/CoreServices/SpringBoard.app/SpringBoard","message":"Screen did lock","boot_uuid":"B","timezone_name":"Zurich","timestamp":"2026-02-20T20:03:28.908085123Z"}""";
        Assert.InRange(Recognise(new UnifiedLogLinesReader(), Line + "\n"), 90, 100);
        Assert.Equal((EventClass.MobileState, 2), (Assert.Single(Read(Line).Events).Class, Read(Line).Events[0].Activity));
    }

    [Fact]
    public void Recognition_takes_no_Mac_and_no_other_JSON()
    {
        Assert.InRange(Recognise(new UnifiedLogLinesReader(), Entry("x") + "\n"), 90, 100);
        Assert.InRange(Recognise(new UnifiedLogArrayReader(), Array([Entry("x")])), 90, 100);
        Assert.Equal(0, Recognise(new UnifiedLogLinesReader(), Entry("x", "/Applications/Mail.app/Contents/MacOS/Mail") + "\n"));
        Assert.Equal(0, Recognise(new UnifiedLogLinesReader(), "{\"timestamp\":\"2026-02-20 13:03:28-0700\",\"message\":\"x\"}\n"));
        Assert.Equal(0, Recognise(new UnifiedLogArrayReader(), "[{\"a\":1}]"));
    }
}

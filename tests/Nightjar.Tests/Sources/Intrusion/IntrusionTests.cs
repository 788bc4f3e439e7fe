using System.Text;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sources;
using Nightjar.Sources.Intrusion;
using Xunit;

namespace Nightjar.Tests.Sources.Intrusion;

public sealed class IntrusionTests
{
    private static readonly Instant Ten = Instant.From(new DateTimeOffset(2026, 2, 27, 10, 0, 0, TimeSpan.Zero));

    private static Reading Read(params string[] lines) => Reading.Of(new IntrusionReader(), string.Join('\n', lines) + "\n");

    private static EvidenceEvent ReadOne(string line)
    {
        var reading = Read(line);
        Assert.Empty(reading.Anomalies);
        return Assert.Single(reading.Events);
    }

    private static string Security(string body, string time = "1772186400000000000") => $"{{\"security_event\":{{\"event_id\":9,\"event_time\":{time},{body}}}}}";

    private static string Connect(string address, string time = "1772186400000") =>
        $"{{\"connect_event\":{{\"event_time\":{time},\"event_id\":2,\"ip_address\":\"{address}\",\"port\":443,\"package_name\":\"com.example.courier\"}}}}";

    [Fact]
    public void A_name_that_an_app_resolved_is_a_dns_event_with_its_answers()
    {
        var dns = ReadOne("""{"dns_event":{"event_time":1772186400000,"event_id":1,"hostname":"API.courier.example","ip_addresses":["/192.0.2.7","ip6-localhost/::1","/2001:db8:0:0:0:0:0:7"],"ip_addresses_count":12,"package_name":"com.example.courier"}}""");
        Assert.Equal((EventClass.DnsActivity, 2, Ten), (dns.Class, dns.Activity, dns.Time));
        Assert.Equal("api.courier.example", dns[FieldId.QueryHostname]);
        Assert.Equal(["192.0.2.7", "::1", "2001:db8::7"], Assert.IsType<string[]>(dns[FieldId.AnswerData]));
        Assert.Equal(("com.example.courier", AppGrade.Package), (dns.App, dns.State.AppGrade));
        Assert.Equal(("VPN:MobileProxy", Platform.Android), (dns.LogName, dns.Platform));
    }

    [Fact]
    public void A_name_without_answers_is_a_query() =>
        Assert.Equal(1, ReadOne("""{"dns_event":{"event_time":1772186400000,"hostname":"a.example","ip_addresses":[],"package_name":"a.b"}}""").Activity);

    [Theory]
    [InlineData("/192.0.2.7", "192.0.2.7", null)]
    [InlineData("192.0.2.7", "192.0.2.7", null)]
    [InlineData("ip6-localhost/::1", "::1", "ip6-localhost")]
    [InlineData("/2001:db8:0:0:0:0:0:1", "2001:db8::1", null)]
    [InlineData("/fe80:0:0:0:0:0:0:1%wlan0", "fe80::1", null)]
    [InlineData("/::ffff:192.0.2.7", "192.0.2.7", null)]
    [InlineData("nonsense", null, null)]
    public void Addresses_are_as_Java_prints_them(string written, string? address, string? host)
    {
        var connect = ReadOne(Connect(written));
        Assert.Equal((EventClass.NetworkActivity, 1), (connect.Class, connect.Activity));
        Assert.Equal(address, connect[FieldId.DstIp]);
        Assert.Equal(host, connect[FieldId.DstHostname]);
        Assert.Equal(443L, connect[FieldId.DstPort]);
        Assert.Equal("tcp", connect[FieldId.ProtocolName]);
        Assert.Null(connect[FieldId.BytesIn]);
    }

    [Theory]
    [InlineData("1772186400000")]
    [InlineData("\"1772186400000\"")]
    [InlineData("1772186400000000000")]
    public void Network_events_count_milliseconds_and_security_events_nanoseconds(string time)
    {
        Assert.Equal(Ten, ReadOne(Connect("/192.0.2.7", time)).Time);
        Assert.Equal(Ten, ReadOne(Security("\"keyguard_secured\":{}", time)).Time);
    }

    [Fact]
    public void Nanoseconds_are_cut_to_microseconds_without_loss() =>
        Assert.Equal(Ten.Micros + 123_456, ReadOne(Security("\"keyguard_secured\":{}", "1772186400123456789")).Time.Micros);

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("1772186400000000")]
    [InlineData("1e12")]
    [InlineData("\"soon\"")]
    [InlineData("99999999999999999999")]
    public void Times_of_neither_unit_are_reported(string time)
    {
        var reading = Read(Connect("/192.0.2.7", time));
        Assert.Empty(reading.Events);
        Assert.Equal(AnomalyKind.BadTime, Assert.Single(reading.Anomalies).Kind);
    }

    [Theory]
    [InlineData("\"app_process_start\":{\"process\":\"com.example.courier:sync\",\"start_time\":1772186400000,\"uid\":10214,\"pid\":4711,\"seinfo\":\"default\",\"sha256\":\"HASH\"}")]
    [InlineData("\"tag\":210005,\"data\":[\"com.example.courier:sync\",1772186400000,10214,4711,\"default\",\"HASH\"]")]
    [InlineData("\"tag\":\"security_app_process_start\",\"data\":[\"com.example.courier:sync\",1772186400000,10214,4711,\"default\",\"HASH\"]")]
    public void A_process_start_is_a_launch_in_both_shapes(string body)
    {
        var hash = new string('A', 64);
        var start = ReadOne(Security(body.Replace("HASH", hash, StringComparison.Ordinal)));
        Assert.Equal((EventClass.ProcessActivity, 1), (start.Class, start.Activity));
        Assert.Equal("com.example.courier:sync", start[FieldId.ProcessName]);
        Assert.Equal(4711L, start[FieldId.ProcessId]);
        Assert.Equal(("com.example.courier", AppGrade.ProcessName), (start.App, start.State.AppGrade));
        Assert.Equal([new string('a', 64)], Assert.IsType<string[]>(start[FieldId.FileHashes]));
        Assert.Equal("uid=10214; seinfo=default", start[FieldId.Message]);
        Assert.Equal("MobileEDR:telemetry", start.LogName);
    }

    [Fact]
    public void A_process_with_suffixes_is_its_packages() =>
        Assert.Equal("com.google.android.webview", ReadOne(Security("\"app_process_start\":{\"process\":\"com.google.android.webview:sandboxed_process0:org.chromium.content.app.SandboxedProcessService0:0\",\"uid\":99001,\"pid\":5}")).App);

    [Theory]
    [InlineData("\"keyguard_secured\":{}", 2)]
    [InlineData("\"keyguard_dismissed\":{}", 3)]
    [InlineData("\"tag\":210008", 2)]
    [InlineData("\"tag\":\"210006\",\"data\":[]", 3)]
    public void The_keyguard_locks_and_unlocks(string body, int activity)
    {
        var state = ReadOne(Security(body));
        Assert.Equal((EventClass.MobileState, activity), (state.Class, state.Activity));
        Assert.Equal(TriLogic.Of(activity == 2), state.State.IsDeviceLocked);
    }

    [Theory]
    [InlineData("\"package_installed\":{\"package_name\":\"com.example.courier\",\"version_code\":17,\"user_id\":0}", 1)]
    [InlineData("\"package_updated\":{\"package_name\":\"com.example.courier\",\"version_code\":17,\"user_id\":0}", 8)]
    [InlineData("\"package_uninstalled\":{\"package_name\":\"com.example.courier\",\"version_code\":17,\"user_id\":0}", 2)]
    [InlineData("\"tag\":210042,\"data\":[\"com.example.courier\",17,0]", 8)]
    public void Packages_come_change_and_go(string body, int activity)
    {
        var change = ReadOne(Security(body));
        Assert.Equal((EventClass.ApplicationLifecycle, activity, "com.example.courier"), (change.Class, change.Activity, change.App));
        Assert.Equal("17", change[FieldId.AppVersion]);
        Assert.Equal(InstallSource.Unknown, change.State.InstallSource);
    }

    [Theory]
    [InlineData("\"adb_sync_send_file\":{\"path\":\"/sdcard/x.apk\"}", "adb_sync_send_file")]
    [InlineData("\"keyguard_dismiss_auth_attempt\":{\"success\":true,\"method_strength\":1}", "keyguard_dismiss_auth_attempt")]
    [InlineData("\"key_generated\":{\"success\":1,\"key_id\":\"k\",\"uid\":10214}", "key_generated")]
    [InlineData("\"tag\":210046", "nfc_disabled")]
    [InlineData("\"tag\":210999,\"data\":[1]", "210999")]
    [InlineData("\"brand_new\":{\"x\":1}", "brand_new")]
    [InlineData("\"package_installed\":{}", "package_installed")]
    public void Other_security_events_are_kept_under_their_name(string body, string tag)
    {
        var line = Security(body);
        var kept = ReadOne(line);
        Assert.Equal((EventClass.LogLine, tag), (kept.Class, (string?)kept[FieldId.LogTag]));
        Assert.Equal(line, kept[FieldId.Message]);
    }

    [Fact]
    public void Unknown_kinds_with_a_time_are_kept_and_others_counted()
    {
        var reading = Read("""{"vpn_event":{"event_time":1772186400000,"x":1}}""", """{"vpn_event":{"x":1}}""", """{"dns_event":{"hostname":"a.example"}}""", "{}", "nothing");
        Assert.Equal("vpn_event", Assert.Single(reading.Events)[FieldId.LogTag]);
        Assert.Equal([AnomalyKind.UnknownKind, AnomalyKind.MissingField, AnomalyKind.UnknownKind, AnomalyKind.Malformed], reading.Anomalies.Select(item => item.Kind));
    }

    [Fact]
    public void The_same_record_in_overlapping_files_has_one_id_however_it_is_spaced()
    {
        var line = Connect("/192.0.2.7");
        var spaced = line.Replace(":", " : ", StringComparison.Ordinal).Replace(",", ", ", StringComparison.Ordinal);
        Assert.Equal(ReadOne(line).Uid, ReadOne(spaced).Uid);
        Assert.NotEqual(ReadOne(line).Uid, ReadOne(Connect("/192.0.2.8")).Uid);
    }

    [Fact]
    public void Events_of_one_moment_keep_the_order_of_their_numbers() =>
        Assert.Contains(" seq 9 ", Read(Security("\"keyguard_secured\":{}")).Lines[0], StringComparison.Ordinal);

    [Fact]
    public void A_user_that_apps_share_is_no_package() =>
        Assert.Equal(AppGrade.Uid, ReadOne(Connect("/192.0.2.7").Replace("com.example.courier", "android.uid.system:1000", StringComparison.Ordinal)).State.AppGrade);

    [Fact]
    public void Recognition_looks_at_content_alone()
    {
        static int Recognise(string text) => new IntrusionReader().Recognise(new SourceHead(Encoding.UTF8.GetBytes(text), true, "intrusion.txt"));
        Assert.InRange(Recognise(Connect("/192.0.2.7")), 90, 100);
        Assert.Equal(0, Recognise("""{"dns_event":{"hostname":"a.example"}}"""));
        Assert.Equal(0, Recognise("""{"type":"networkActivity","domain":"a","bundleID":"b"}"""));
    }
}

using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sources;
using Nightjar.Sources.OcsfNdjson;
using Xunit;

namespace Nightjar.Tests.Sources.OcsfNdjson;

public sealed class OcsfNdjsonReaderTests
{
    private const string Base = "\"class_uid\":1001,\"activity_id\":1,\"time\":1772366400000,\"device\":{\"uid\":\"d\"}";

    private static readonly OcsfNdjsonReader Reader = new();

    [Fact]
    public void Every_attribute_of_the_contract_is_read()
    {
        var seen = ReadOne("""
            {"class_uid":4001,"activity_id":6,"time":1772366400000,"duration":1500,"count":3,"status_id":1,"action_id":2,"message":"m","log_tag":"t","log_emitter_uid":10123,
             "metadata":{"uid":"u","log_name":"NSM:Flow","product":{"name":"Tap"},"sequence":42},
             "device":{"uid":"d-1","name":"phone","ip":"10.0.0.2","mac":"02:00:5e:00:00:01","os":{"type_id":301},"is_managed":true,"is_supervised":false,"groups":[{"name":"a"},{"name":"b"}]},
             "actor":{"app_uid":"com.example"},
             "src_endpoint":{"ip":"10.0.0.2","port":50000},"dst_endpoint":{"ip":"2001:DB8:0:0::1","port":443,"hostname":"A.Example."},
             "traffic":{"bytes_in":10,"bytes_out":20},"connection_info":{"protocol_name":"tcp","uid":"C1"},
             "tls":{"sni":"A.example","version":"1.3","ja3_hash":{"value":"j"},"certificate":{"subject":"CN=a","issuer":"CN=b","is_self_signed":true,"is_invalid":false}},
             "url":{"url_string":"https://u.example/p?q","hostname":"H.example","path":"/p"},
             "http_request":{"http_method":"GET","user_agent":"ua"},"http_response":{"code":200,"content_type":"application/zip"},
             "query":{"hostname":"Q.example","type":"AAAA"},"answers":[{"rdata":"1.2.3.4"}],
             "file":{"path":"/sdcard/a/../b.dex","name":"b.dex","size":9,"mime_type":"x/y","hashes":[{"value":"AB01"},"cd02"],"entropy":7.25,"magic":"dex"},
             "file_result":{"path":"/private/var/x"},
             "module":{"file":{"path":"/data/user/0/p","hashes":[{"value":"ff"}]},"type":"so","function_name":"f","args":{"path":"/data/user/0/q","name":"n"}},
             "actual_permissions":"rwx","kernel":{"name":"execmem","path":"/k"},"job":{"name":"j"},"process":{"name":"p","cmd_line":"p -x","pid":7},
             "app":{"name":"App","version":"1","signer":"s"},"installer_uid":"com.android.vending","app_category":"tools","permissions":["P1","P2"],"privileges":["V"],"sensor":"camera",
             "app_state":"foreground_service","is_device_locked":true,"is_screen_on":false,"is_managed_app":true,"install_source":"managed","last_user_interaction_time":1772366300000,"is_hearsay":true}
            """.ReplaceLineEndings(" "));

        Assert.Equal(EventClass.NetworkActivity, seen.Class);
        Assert.Equal((4001, 6, "u", "d-1", "com.example", "NSM:Flow"), (seen.ClassUid, seen.Activity, seen.Uid, seen.Device, seen.App, seen.LogName));
        Assert.Equal(Platform.IOS, seen.Platform);
        Assert.Equal(TimeSpan.FromMilliseconds(1500), seen.End - seen.Time);
        Assert.Equal((AppState.ForegroundService, InstallSource.Managed), (seen.State.AppState, seen.State.InstallSource));
        Assert.Equal((Tri.True, Tri.False, Tri.True), (seen.State.IsDeviceLocked, seen.State.IsScreenOn, seen.State.IsManagedApp));
        Assert.Equal((Tri.True, Tri.False, true), (seen.State.IsManagedDevice, seen.State.IsSupervised, seen.State.IsHearsay));
        Assert.Equal(AppGrade.PackageAndSigner, seen.State.AppGrade);
        Assert.Equal((2001 - 1999, "2001:db8::1", "a.example", 443L), (2, seen[FieldId.DstIp], seen[FieldId.DstHostname], seen[FieldId.DstPort]));
        Assert.Equal(("h.example", "/storage/emulated/0/b.dex", 7.25), (seen[FieldId.UrlHostname], seen[FieldId.FilePath], seen[FieldId.FileEntropy]));
        Assert.Equal(["ab01", "cd02"], (string[])seen[FieldId.FileHashes]!);
        Assert.Equal(["a", "b"], (string[])seen[FieldId.DeviceGroups]!);
        Assert.Equal(("/data/data/q", "n", "{\"path\":\"/data/user/0/q\",\"name\":\"n\"}"), (seen[FieldId.ModuleArgPath], seen[FieldId.ModuleArgName], seen[FieldId.ModuleArgs]));
        Assert.Equal((true, false, 1772366300000), (seen[FieldId.CertificateSelfSigned], seen[FieldId.CertificateInvalid], seen[FieldId.LastUserInteraction]));

        // Nothing of the catalogue is left out but what lives elsewhere.
        var left = FieldCatalog.All.Where(info => info.Id < FieldCatalog.FirstHeaderField && seen[info.Id] is null);
        Assert.Empty(left.Select(info => info.Path));
    }

    [Fact]
    public void The_sequence_orders_events_of_equal_time()
    {
        var reading = Reading.Of(Reader, Record("\"metadata\":{\"sequence\":42}"));
        Assert.Contains(" seq 42 ", Assert.Single(reading.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1772366400123", "2026-03-01T12:00:00.123Z")]
    [InlineData("\"2026-03-01T12:00:00.123456Z\"", "2026-03-01T12:00:00.123456Z")]
    [InlineData("\"2026-03-01T14:30:00+02:30\"", "2026-03-01T12:00:00.000Z")]
    [InlineData("-1", "1969-12-31T23:59:59.999Z")]
    [InlineData("1.7723664e12", "2026-03-01T12:00:00.000Z")]
    public void Time_is_milliseconds_or_text(string written, string read)
    {
        var seen = ReadOne("{\"class_uid\":1001,\"activity_id\":1,\"time\":" + written + ",\"device\":{\"uid\":\"d\"}}");
        Assert.Equal(read, seen.Time.ToString());
        Assert.Equal(TimeBasis.Stated, seen.State.TimeBasis);
    }

    [Fact]
    public void A_time_without_offset_is_in_the_assumed_zone()
    {
        var options = new ReadingOptions { Settings = new SourceSettings { AssumedOffset = TimeSpan.FromHours(2) } };
        var reading = Reading.Of(Reader, """{"class_uid":1001,"activity_id":1,"time":"2026-03-01T14:00:00","device":{"uid":"d"}}""", options);
        Assert.Equal("2026-03-01T12:00:00.000Z", Assert.Single(reading.Events).Time.ToString());
        Assert.Equal(TimeBasis.Assumed, reading.Events[0].State.TimeBasis);
    }

    [Theory]
    [InlineData("\"end_time\":1772366400500", 500)]
    [InlineData("\"end_time\":\"2026-03-01T12:00:00.5Z\"", 500)]
    [InlineData("\"duration\":250", 250)]
    [InlineData("\"duration\":250,\"end_time\":1772366400500", 500)]
    [InlineData("\"end_time\":1772366400500,\"duration\":250", 500)]
    [InlineData("\"duration\":0", 0)]
    public void What_lasts_has_an_end(string attributes, int millis) =>
        Assert.Equal(millis, (ReadOne(Record(attributes)) is var seen ? seen.End - seen.Time : default).TotalMilliseconds);

    [Fact]
    public void An_endless_duration_ends_with_the_calendar() =>
        Assert.Equal(Instant.Max, ReadOne(Record("\"duration\":9223372036854775807")).End);

    [Fact]
    public void An_end_before_the_begin_is_reported_and_dropped()
    {
        var reading = Reading.Of(Reader, Record("\"end_time\":1772366399000"));
        Assert.Equal(reading.Events[0].Time, reading.Events[0].End);
        Assert.Equal(AnomalyKind.BadValue, Assert.Single(reading.Anomalies).Kind);
    }

    [Theory]
    [InlineData("""{"activity_id":1,"time":1,"device":{"uid":"d"}}""", "class_uid")]
    [InlineData("""{"class_uid":1001,"time":1,"device":{"uid":"d"}}""", "activity_id")]
    [InlineData("""{"class_uid":1001,"activity_id":1,"device":{"uid":"d"}}""", "time")]
    [InlineData("""{"class_uid":1001,"activity_id":1,"time":1}""", "device.uid")]
    [InlineData("""{"class_uid":1001,"activity_id":1,"time":1,"device":{"uid":""}}""", "device.uid")]
    [InlineData("""{"class_uid":1001,"activity_id":1,"time":1,"device":{"uid":null}}""", "device.uid")]
    [InlineData("{}", "time, class_uid, activity_id, device.uid")]
    public void A_record_that_lacks_what_is_required_is_an_anomaly(string line, string missing)
    {
        var reading = Reading.Of(Reader, "\n" + line);
        Assert.Empty(reading.Events);
        var anomaly = Assert.Single(reading.Anomalies);
        Assert.Equal((AnomalyKind.MissingField, 2L), (anomaly.Kind, anomaly.Position));
        Assert.Contains($"lacks {missing},", anomaly.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"time\":\"yesterday\"", AnomalyKind.BadTime)]
    [InlineData("\"time\":9223372036854775807", AnomalyKind.BadTime)]
    [InlineData("\"time\":1e999", AnomalyKind.BadTime)]
    [InlineData("\"time\":1.5", AnomalyKind.BadTime)]
    [InlineData("\"time\":\"2026-02-30T00:00:00Z\"", AnomalyKind.BadTime)]
    [InlineData("\"class_uid\":-1", AnomalyKind.BadValue)]
    [InlineData("\"class_uid\":4294968297", AnomalyKind.BadValue)]
    [InlineData("\"activity_id\":100", AnomalyKind.BadValue)]
    [InlineData("\"activity_id\":{}", AnomalyKind.BadValue)]
    [InlineData("\"device\":{\"uid\":[\"d\"]}", AnomalyKind.BadValue)]
    public void A_required_value_that_is_useless_is_reported_once_and_drops_the_record(string attribute, AnomalyKind kind)
    {
        string[] parts = ["\"class_uid\":1001", "\"activity_id\":1", "\"time\":1772366400000", "\"device\":{\"uid\":\"d\"}"];
        var line = "{" + string.Join(',', parts.Where(part => part.Split(':')[0] != attribute.Split(':')[0]).Append(attribute)) + "}";
        var reading = Reading.Of(Reader, line);
        Assert.Empty(reading.Events);
        Assert.Equal(kind, Assert.Single(reading.Anomalies).Kind);
    }

    [Fact]
    public void The_id_is_the_stated_one_or_the_fingerprint_of_the_line()
    {
        var line = $"{{{Base}}}";
        var reading = Reading.Of(Reader, line + "\r\n" + line + "\n" + line.Replace("\"d\"", "\"e\"", StringComparison.Ordinal) + "\n" + Record("\"metadata\":{\"uid\":\"abc\"}"));
        Assert.Equal(EventIds.Text(EventIds.FromRecord(System.Text.Encoding.UTF8.GetBytes(line))), reading.Events[0].Uid);
        Assert.Equal(reading.Events[0].Uid, reading.Events[1].Uid);
        Assert.NotEqual(reading.Events[0].Uid, reading.Events[2].Uid);
        Assert.Equal("abc", reading.Events[3].Uid);
        Assert.Contains(EventIds.Text(EventIds.FromUid("abc"u8)), reading.Lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_that_differ_only_beyond_what_is_kept_are_two()
    {
        var uid = new string('u', EventBatch.MaxTextBytes);
        var reading = Reading.Of(Reader, string.Join('\n', new[] { uid, uid + "a", uid + "b" }.Select(text => Record("\"metadata\":{\"uid\":\"" + text + "\"}"))));
        string[] ids = [.. new[] { uid, uid + "a", uid + "b" }.Select(text => EventIds.Text(EventIds.FromUid(System.Text.Encoding.UTF8.GetBytes(text))))];
        Assert.Equal(3, ids.Distinct().Count());
        Assert.All(ids.Zip(reading.Lines), pair => Assert.Contains($" id {pair.First} ", pair.Second, StringComparison.Ordinal));
    }

    [Fact]
    public void A_class_that_nightjar_does_not_know_is_kept_with_its_number()
    {
        var seen = ReadOne("""{"class_uid":2004,"activity_id":1,"time":1,"device":{"uid":"d"}}""");
        Assert.Equal((EventClass.Other, 2004), (seen.Class, seen.ClassUid));
    }

    [Theory]
    [InlineData(4001, "\"app_name\":\"n\"", "n")]
    [InlineData(4001, "\"app_name\":\"n\",\"actor\":{\"app_uid\":\"a\"}", "a")]
    [InlineData(4001, "\"actor\":{\"application\":{\"uid\":\"x\"}},\"app_name\":\"n\"", "x")]
    [InlineData(1005, "\"actor\":{\"application\":{\"uid\":\"x\"},\"app_uid\":\"a\"},\"app\":{\"uid\":\"u\"}", "a")]
    [InlineData(6002, "\"actor\":{\"app_uid\":\"store\"},\"app\":{\"uid\":\"u\"}", "u")]
    [InlineData(5020, "\"app\":{\"uid\":\"u\"},\"actor\":{\"app_uid\":\"store\"}", "u")]
    [InlineData(6002, "\"actor\":{\"app_uid\":\"a\"}", "a")]
    [InlineData(1001, "\"count\":1", null)]
    public void The_app_is_found_wherever_it_is_named(int classUid, string attributes, string? app)
    {
        var seen = ReadOne($$"""{"activity_id":1,"time":1,"device":{"uid":"d"},{{attributes}},"class_uid":{{classUid}}}""");
        Assert.Equal(app, seen.App);
        Assert.Equal(app is null ? AppGrade.Unknown : AppGrade.Package, seen.State.AppGrade);
    }

    [Fact]
    public void The_mobile_profile_is_read_alike_from_unmapped()
    {
        const string Profile = """
            "app_state":"suspended","is_device_locked":false,"is_screen_on":true,"last_user_interaction_time":5,"is_managed_app":false,"install_source":"system","installer_uid":"i","app_category":"c","file":{"entropy":7.5,"magic":"elf"},"permissions":["p"],"sensor":"camera"
            """;
        var top = Reading.Of(Reader, Record(Profile));
        var below = Reading.Of(Reader, Record("\"unmapped\":{\"mobile\":{" + Profile + "}}"));
        Assert.Empty(below.Anomalies);
        Assert.Equal(WithoutId(top), WithoutId(below));
        Assert.Equal(7, top.Events[0].Fields.Count);

        static string WithoutId(Reading reading) => System.Text.RegularExpressions.Regex.Replace(Assert.Single(reading.Lines), " id [0-9a-f]+", "");
    }

    [Theory]
    [InlineData("\"dst_endpoint\":{\"port\":\"443\"}", FieldId.DstPort, 443L)]
    [InlineData("\"dst_endpoint\":{\"port\":\"https\"}", FieldId.DstPort, null)]
    [InlineData("\"dst_endpoint\":{\"port\":65536}", FieldId.DstPort, null)]
    [InlineData("\"dst_endpoint\":{\"port\":443.5}", FieldId.DstPort, null)]
    [InlineData("\"dst_endpoint\":{\"ip\":\"localhost\"}", FieldId.DstIp, null)]
    [InlineData("\"dst_endpoint\":7", FieldId.DstIp, null)]
    [InlineData("\"dst_endpoint\":[{\"ip\":\"1.2.3.4\"}]", FieldId.DstIp, null)]
    [InlineData("\"traffic\":{\"bytes_in\":-1}", FieldId.BytesIn, null)]
    [InlineData("\"app\":{\"version\":12}", FieldId.AppVersion, "12")]
    [InlineData("\"app\":{\"version\":{\"major\":12}}", FieldId.AppVersion, null)]
    [InlineData("\"file\":{\"entropy\":\"high\"}", FieldId.FileEntropy, null)]
    [InlineData("\"file\":{\"entropy\":8.5}", FieldId.FileEntropy, null)]
    [InlineData("\"file\":{\"entropy\":true}", FieldId.FileEntropy, null)]
    [InlineData("\"tls\":{\"certificate\":{\"is_invalid\":\"true\"}}", FieldId.CertificateInvalid, true)]
    [InlineData("\"tls\":{\"certificate\":{\"is_invalid\":0}}", FieldId.CertificateInvalid, false)]
    [InlineData("\"tls\":{\"certificate\":{\"is_invalid\":\"maybe\"}}", FieldId.CertificateInvalid, null)]
    public void A_value_of_the_wrong_type_is_reported_and_the_rest_is_read(string attribute, FieldId field, object? value)
    {
        var reading = Reading.Of(Reader, "{" + attribute + "," + Base + ",\"message\":\"rest\"}");
        var anomaly = Assert.Single(reading.Anomalies);
        Assert.Equal((AnomalyKind.BadValue, 1L), (anomaly.Kind, anomaly.Position));
        var seen = Assert.Single(reading.Events);
        Assert.Equal(value, seen[field]);
        Assert.Equal("rest", seen[FieldId.Message]);
    }

    [Theory]
    [InlineData("\"app_state\":\"asleep\"")]
    [InlineData("\"app_state\":3")]
    [InlineData("\"install_source\":\"friend\"")]
    [InlineData("\"is_device_locked\":\"yes\"")]
    [InlineData("\"permissions\":[\"p\",{\"q\":1},2]", 2)]
    [InlineData("\"permissions\":{\"p\":1}")]
    [InlineData("\"device\":[]")]
    public void A_state_that_is_no_state_stays_unknown(string attribute, int anomalies = 1)
    {
        var reading = Reading.Of(Reader, Record(attribute));
        Assert.Equal(default, Assert.Single(reading.Events).State);
        Assert.Equal(anomalies, reading.Of(AnomalyKind.BadValue).Count());
    }

    [Fact]
    public void A_null_is_an_absent_value()
    {
        var reading = Reading.Of(Reader, Record("\"app_state\":null,\"file\":null,\"permissions\":null,\"answers\":[null],\"module\":{\"args\":null},\"end_time\":null"));
        Assert.Empty(reading.Anomalies);
        Assert.Empty(Assert.Single(reading.Events).Fields);
    }

    [Fact]
    public void Of_an_attribute_given_twice_the_last_value_counts()
    {
        var seen = ReadOne(Record("\"message\":\"a\",\"message\":\"b\",\"permissions\":[\"x\",\"y\"],\"permissions\":[\"z\"],\"file\":{\"name\":\"1\"},\"file\":{\"name\":\"2\"},\"device\":{\"uid\":\"later\"}"));
        Assert.Equal(("b", "2", "later"), (seen[FieldId.Message], seen[FieldId.FileName], seen.Device));
        Assert.Equal(["z"], (string[])seen[FieldId.Permissions]!);
    }

    [Fact]
    public void A_record_complains_a_few_times_only()
    {
        var many = string.Join(',', Enumerable.Repeat("\"app_state\":1,\"count\":\"x\"", 5000));
        var reading = Reading.Of(Reader, Record(many));
        Assert.Single(reading.Events);
        Assert.InRange(reading.Anomalies.Count, 2, 10);
    }

    [Fact]
    public void Escapes_are_resolved_and_half_characters_replaced()
    {
        var reading = Reading.Of(Reader, Record("\"mess\\u0061ge\":\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\",\"log_tag\":\"x\\ud800y\\udc00\\ud800\\u0041\""));
        Assert.Equal("a\"\\/\b\f\n\r\té😀", reading.Events[0][FieldId.Message]);
        Assert.Equal("x\uFFFDy\uFFFD\uFFFDA", reading.Events[0][FieldId.LogTag]);
        Assert.Equal(AnomalyKind.InvalidText, Assert.Single(reading.Anomalies).Kind);
    }

    [Fact]
    public void Nesting_is_read_up_to_64_levels()
    {
        static string Nest(int depth) => string.Concat(Enumerable.Repeat("[", depth)) + string.Concat(Enumerable.Repeat("]", depth));
        var reading = Reading.Of(Reader, Record("\"x\":" + Nest(63)) + "\n" + Record("\"x\":" + Nest(64)) + "\n" + Record("\"module\":{\"args\":" + Nest(100_000) + "}") + "\n");
        Assert.Single(reading.Events);
        Assert.Equal([2L, 3L], reading.Of(AnomalyKind.Malformed).Select(anomaly => anomaly.Position));
    }

    [Theory]
    [InlineData("[{\"class_uid\":1}]")]
    [InlineData("17")]
    [InlineData("{\"class_uid\":1} {\"class_uid\":2}")]
    [InlineData("{\"class_uid\":1},")]
    [InlineData("{\"class_uid\":01}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{'a':1}")]
    [InlineData("{\"a\":\"tab\tinside\"}")]
    [InlineData("}")]
    public void What_is_no_object_on_one_line_is_malformed(string line)
    {
        var reading = Reading.Of(Reader, line + "\n");
        Assert.Empty(reading.Events);
        Assert.Equal(1, Assert.Single(reading.Of(AnomalyKind.Malformed)).Position);
    }

    [Fact]
    public void A_last_line_that_is_cut_off_is_truncated()
    {
        var reading = Reading.Of(Reader, $"{{{Base}}}\n{{{Base},\"mess");
        Assert.Single(reading.Events);
        Assert.Equal((AnomalyKind.Truncated, 2L), (Assert.Single(reading.Anomalies).Kind, reading.Anomalies[0].Position));
    }

    [Fact]
    public void The_host_of_a_url_is_derived_where_it_is_not_given()
    {
        Assert.Equal("a.example", Host("https://User:p%40ss@A.example:8443/x?u=http://b.example"));
        Assert.Equal("2001:db8::1", Host("http://[2001:db8::1]:80/"));
        Assert.Equal("a.example", Host("wss://a.example?x"));
        Assert.Null(Host("a.example/x"));
        Assert.Null(Host("://a.example/x"));
        Assert.Null(Host("file:///x"));

        static object? Host(string url) => ReadOne(Record("\"url\":{\"url_string\":\"" + url + "\"}"))[FieldId.UrlHostname];
    }

    private static string Record(string attributes) => "{" + Base + "," + attributes + "}";

    private static EvidenceEvent ReadOne(string line)
    {
        var reading = Reading.Of(Reader, line);
        Assert.Empty(reading.Anomalies);
        return Assert.Single(reading.Events);
    }
}

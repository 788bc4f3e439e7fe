using Nightjar.Events;
using Nightjar.Sources.Mapping.Plan;
using Xunit;

namespace Nightjar.Tests.Sources.Mapping;

/// <summary>How attributes get their values.</summary>
public sealed class FieldRuleTests
{
    private const string Record = """{"dev":"a","t":1772440000,"v":VALUE,"w":OTHER}""";

    [Theory]
    [InlineData("file.size: {from: v, unit: KiB}", "file.size", "2", "2048")]
    [InlineData("file.size: {from: v, unit: KB}", "file.size", "\"1.5\"", "1500")]
    [InlineData("traffic.bytes_in: {from: v, unit: MB, times: w}", "traffic.bytes_in", "2", "6000000")]
    [InlineData("file.name: {from: [w2, v]}", "file.name", "\"x\"", "x")]
    [InlineData("file.name: {from: [v, dev]}", "file.name", "\"N/A\"", "a")]
    [InlineData("file.name: {from: v, default: none-told}", "file.name", "null", "none-told")]
    [InlineData("file.name: {from: v, default: none-told}", "file.name", "\" unknown \"", "none-told")]
    [InlineData("file.name: {join: [dev, v]}", "file.name", "\"x\"", "a x")]
    [InlineData("file.name: {constant: same}", "file.name", "1", "same")]
    [InlineData("file.name: {from: v, take: last-segment}", "file.name", "\"C:\\\\a/b/\"", "b")]
    [InlineData("file.name: {from: v, take: {after: '/'}}", "file.name", "\"x/y/z\"", "z")]
    [InlineData("file.name: {from: v, take: {before: ':'}}", "file.name", "\"x:y:z\"", "x")]
    [InlineData("file.name: {from: v, take: {match: '^id=(\\d+)'}}", "file.name", "\"id=17;\"", "17")]
    [InlineData("file.name: {from: v, take: [base64, file-of-url]}", "file.name", "\"aHR0cDovL2EuYi9jLmRleD94PTE\"", "c.dex")]
    [InlineData("file.magic: {from: v, take: magic-of-mime}", "file.magic", "\"application/gzip; x=1\"", "gzip")]
    [InlineData("file.name: {from: v, take: package-of-path}", "file.name", "\"/data/app/~~x==/com.example.a-y==/base.apk\"", "com.example.a")]
    [InlineData("file.path: v", "file.path", "\"/sdcard/x\"", "/storage/emulated/0/x")]
    [InlineData("dst_endpoint.ip: v", "dst_endpoint.ip", "\"host/::ffff:192.0.2.1\"", "192.0.2.1")]
    [InlineData("dst_endpoint.hostname: v", "dst_endpoint.hostname", "\"A.Example.\"", "a.example")]
    [InlineData("permissions: v", "permissions[]", "[\"a\",\"-\",\"b\"]", "a|b")]
    [InlineData("status_id: {from: v, table: {OK: 1, '*': 2}}", "status_id", "\"ok\"", "1")]
    [InlineData("status_id: {from: v, table: {OK: 1, '*': 2}}", "status_id", "\"other\"", "2")]
    [InlineData("status_id: {from: v, table: {OK: 1, '*': 2}}", "status_id", "null", null)]
    [InlineData("tls.certificate.is_invalid: v", "tls.certificate.is_invalid", "\"Enabled\"", "True")]
    [InlineData("file.name: v.inner", "file.name", "{\"inner\":\"x\"}", "x")]
    [InlineData("file.name: v.inner", "file.name", "[{\"inner\":\"x\"},{\"inner\":\"y\"}]", "x")]
    [InlineData("file.name: v.inner", "file.name", "\"{\\\"inner\\\":\\\"x\\\"}\"", "x")]
    public void A_value_goes_through_what_the_rule_says(string set, string field, string value, string? expected) =>
        Assert.Equal(expected, MappingText.Value(set, field, Record.Replace("VALUE", value, StringComparison.Ordinal).Replace("OTHER", "3", StringComparison.Ordinal), "json-texts: v"));

    [Theory]
    [InlineData("dst_endpoint.port: v", "70000")]
    [InlineData("dst_endpoint.port: v", "\"many\"")]
    [InlineData("dst_endpoint.ip: v", "\"nowhere\"")]
    [InlineData("file.size: v", "-1")]
    [InlineData("file.hashes: v", "\"abc\"")]
    [InlineData("install_source: v", "\"market\"")]
    [InlineData("is_device_locked: v", "\"perhaps\"")]
    [InlineData("end_time: v", "\"tomorrow\"")]
    [InlineData("file.size: {from: v, unit: GB}", "1e300")]
    public void What_does_not_fit_is_reported_and_left_out(string set, string value)
    {
        var reading = Reading.Of(MappingText.Reader(MappingText.Of(set)), Record.Replace("VALUE", value, StringComparison.Ordinal).Replace("OTHER", "0", StringComparison.Ordinal));
        Assert.Single(reading.Events);
        Assert.Equal(1, Assert.Single(reading.Of(AnomalyKind.BadValue)).Position);
    }

    [Theory]
    [InlineData("yyyy-MM-dd HH:mm:ss", "2026-03-02 08:26:40", "2026-03-02T08:26:40.000Z")]
    [InlineData("dd/MM/yy H:mm", "02/03/26 8:26", "2026-03-02T08:26:00.000Z")]
    [InlineData("EEE MMM d HH:mm:ss yyyy", "Mon Mar  2 08:26:40 2026", "2026-03-02T08:26:40.000Z")]
    [InlineData("MMM d, yyyy h:mm:ss a", "Mar 2, 2026 12:00:01 AM", "2026-03-02T00:00:01.000Z")]
    [InlineData("yyyyMMdd'T'HHmmss.fffz", "20260302T082640.250+0200", "2026-03-02T06:26:40.250Z")]
    public void A_pattern_reads_times_whatever_the_machine_speaks(string pattern, string text, string expected)
    {
        var form = TimePattern.Parse(pattern, out var reason);
        Assert.True(form is not null, reason);
        Assert.True(form.TryRead(System.Text.Encoding.UTF8.GetBytes(text), TimeSpan.Zero, out var time, out _));
        Assert.Equal(expected, time.ToString());
    }

    [Theory]
    [InlineData("yyyy-MM-dd HH:mm:ss", "2026-02-30 08:26:40")]
    [InlineData("yyyy-MM-dd HH:mm:ss", "2026-02-03 08:26:40 and more")]
    [InlineData("yyyy-MM-dd HH:mm:ss", "2026-02-03 24:00:00")]
    [InlineData("yyyy-MM-dd h:mm a", "2026-02-03 13:00 PM")]
    [InlineData("yyyy-MM-dd HH:mm:ss", "")]
    public void A_pattern_refuses_what_is_no_time(string pattern, string text) =>
        Assert.False(TimePattern.Parse(pattern, out _)!.TryRead(System.Text.Encoding.UTF8.GetBytes(text), TimeSpan.Zero, out _, out _));

    [Theory]
    [InlineData("epoch-s", "\"1772440000.5\"", "2026-03-02T08:26:40.500Z")]
    [InlineData("epoch-ms", "1772440000500", "2026-03-02T08:26:40.500Z")]
    [InlineData("epoch-us", "1772440000500000", "2026-03-02T08:26:40.500Z")]
    [InlineData("epoch-ns", "\"1772440000500000999\"", "2026-03-02T08:26:40.500Z")]
    [InlineData("epoch", "1772440000", "2026-03-02T08:26:40.000Z")]
    [InlineData("rfc3339", "\"2026-03-02T10:26:40.123456789+02:00\"", "2026-03-02T08:26:40.123456Z")]
    public void Times_are_read_in_every_unit(string form, string value, string expected)
    {
        var yaml = MappingText.Of("").Replace("[rfc3339, epoch]", form, StringComparison.Ordinal);
        Assert.Equal(expected, MappingText.One(yaml, $"{{\"dev\":\"a\",\"t\":{value}}}").Time.ToString());
    }

    [Fact]
    public void A_date_and_a_clock_in_two_columns_are_one_time_in_the_stated_zone()
    {
        var yaml = MappingText.Of("", "format: csv").Replace("{from: t, format: [rfc3339, epoch]}", "{join: [day, t], format: dd.MM.yyyy HH:mm:ss, zone: '+01:00'}", StringComparison.Ordinal);
        var only = MappingText.One(yaml, "dev,day,t\na,02.03.2026,09:26:40\n");
        Assert.Equal("2026-03-02T08:26:40.000Z", only.Time.ToString());
        Assert.Equal(TimeBasis.Stated, only.State.TimeBasis);
    }

    [Fact]
    public void A_time_without_a_zone_is_read_in_the_one_that_the_user_assumes()
    {
        var yaml = MappingText.Of("").Replace("format: [rfc3339, epoch]", "format: yyyy-MM-dd HH:mm, zone: assumed", StringComparison.Ordinal);
        var options = new ReadingOptions { Settings = new() { AssumedOffset = TimeSpan.FromHours(2) } };
        var only = Assert.Single(Reading.Of(MappingText.Reader(yaml), """{"dev":"a","t":"2026-03-02 10:26"}""", options).Events);
        Assert.Equal("2026-03-02T08:26:00.000Z", only.Time.ToString());
        Assert.Equal(TimeBasis.Assumed, only.State.TimeBasis);
    }

    [Fact]
    public void An_inventory_without_times_may_have_that_of_the_file()
    {
        var yaml = MappingText.Of("").Replace("{from: t, format: [rfc3339, epoch]}", "{from: t, or-file-time: true}", StringComparison.Ordinal);
        var only = MappingText.One(yaml, """{"dev":"a","t":null}""");
        Assert.Equal("2026-03-01T12:00:00.000Z", only.Time.ToString());
        Assert.Equal(TimeBasis.Reported, only.State.TimeBasis);
    }

    [Theory]
    [InlineData("iOS", 301)]
    [InlineData("IOS 17.2", 301)]
    [InlineData("Google Android", 201)]
    [InlineData("iPadOS", 302)]
    [InlineData("MAC_OS", 99)]
    [InlineData("Windows", 99)]
    [InlineData("unknown", 0)]
    public void A_platform_is_known_by_its_usual_names(string name, int type) =>
        Assert.Equal(type, MappingText.One(MappingText.Of("device.os.type_id: os"), $"{{\"dev\":\"a\",\"t\":1772440000,\"os\":\"{name}\"}}").Platform.OsTypeId());
}

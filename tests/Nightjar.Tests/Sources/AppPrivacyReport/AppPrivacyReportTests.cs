using System.Text;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sources;
using Nightjar.Sources.AppPrivacyReport;
using Xunit;

namespace Nightjar.Tests.Sources.AppPrivacyReport;

public sealed class AppPrivacyReportTests
{
    private static Reading Read(params string[] lines) => Reading.Of(new AppPrivacyReportReader(), string.Join('\n', lines) + "\n");

    private static string Network(string more = "", string domain = "api.courier.example", string last = "2026-02-21T21:32:14.726+02:00", string hits = "5", string bundle = "com.example.courier") =>
        $$"""{"timeStamp":"{{last}}","initiatedType":"AppInitiated","context":"","domain":"{{domain}}","type":"networkActivity","domainType":2,"firstTimeStamp":"2026-02-18T22:31:47.355+02:00","bundleID":"{{bundle}}","domainOwner":"","hits":{{hits}}{{more}}}""";

    private static string Access(string kind, string time, string category = "photos", string identifier = "0A-1", string more = "") =>
        $$"""{"accessor":{"identifier":"com.example.notes","identifierType":"bundleID"},"category":"{{category}}","identifier":"{{identifier}}","kind":"{{kind}}","timeStamp":"{{time}}","type":"access"{{more}}}""";

    private static Instant At(string text)
    {
        Assert.True(TimeText.TryParse(Encoding.ASCII.GetBytes(text), default, out var time, out _));
        return time;
    }

    [Fact]
    public void A_network_record_sums_up_contacts_over_its_interval()
    {
        var reading = Read(Network(",\"domainClassification\":1"));
        var contact = Assert.Single(reading.Events);
        Assert.Equal((EventClass.NetworkActivity, 6), (contact.Class, contact.Activity));
        Assert.Equal(At("2026-02-18T20:31:47.355Z"), contact.Time);
        Assert.Equal(At("2026-02-21T19:32:14.726Z"), contact.End);
        Assert.Equal(5L, contact[FieldId.Count]);
        Assert.Equal("api.courier.example", contact[FieldId.DstHostname]);
        Assert.Equal(("com.example.courier", AppGrade.Package), (contact.App, contact.State.AppGrade));
        Assert.Equal(("iOS:unifiedlog", Platform.IOS, TimeBasis.Stated), (contact.LogName, contact.Platform, contact.State.TimeBasis));
        Assert.Equal(AppState.Unknown, contact.State.AppState);
        Assert.Null(contact[FieldId.BytesIn]);
    }

    [Theory]
    [InlineData("192.0.2.7", ",\"domainClassification\":2", "192.0.2.7", null)]
    [InlineData("2001:DB8::0001", ",\"domainClassification\":2", "2001:db8::1", null)]
    [InlineData("192.0.2.7", "", "192.0.2.7", null)]
    [InlineData("2001:db8::1", "", "2001:db8::1", null)]
    [InlineData("Api.Courier.Example.", "", null, "api.courier.example")]
    [InlineData("1.2.3.example", ",\"domainClassification\":1", null, "1.2.3.example")]
    [InlineData("odd:thing", ",\"domainClassification\":2", null, "odd:thing")]
    [InlineData("999.1.1.1", "", null, "999.1.1.1")]
    public void The_destination_is_a_host_or_an_address(string domain, string more, string? address, string? host)
    {
        var contact = Assert.Single(Read(Network(more, domain)).Events);
        Assert.Equal(address, contact[FieldId.DstIp]);
        Assert.Equal(host, contact[FieldId.DstHostname]);
    }

    [Fact]
    public void What_the_user_browsed_is_marked_with_its_site()
    {
        var line = Network().Replace("\"AppInitiated\",\"context\":\"\"", "\"NonAppInitiated\",\"context\":\"shop.example\"", StringComparison.Ordinal);
        Assert.Equal("initiatedType=NonAppInitiated; context=shop.example; domainType=2", Assert.Single(Read(line).Events)[FieldId.Message]);
    }

    [Fact]
    public void The_same_record_in_two_reports_is_one_event_and_the_larger_count_goes_first()
    {
        var older = Read(Network(hits: "5"));
        var newer = Read(Network(hits: "9", last: "2026-02-24T08:00:00.000+01:00"));
        Assert.Equal(older.Events[0].Uid, newer.Events[0].Uid);
        Assert.Equal(older.Events[0].Time, newer.Events[0].Time);
        Assert.Contains(" seq -5 ", older.Lines[0], StringComparison.Ordinal);
        Assert.Contains(" seq -9 ", newer.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_record_after_a_journey_is_still_the_same()
    {
        var travelled = Network().Replace("2026-02-18T22:31:47.355+02:00", "2026-02-18T12:31:47.355-08:00", StringComparison.Ordinal);
        Assert.Equal(Read(Network()).Events[0].Uid, Read(travelled).Events[0].Uid);
    }

    [Theory]
    [InlineData("api.other.example", "com.example.courier", "2026-02-18T22:31:47.355+02:00")]
    [InlineData("api.courier.example", "com.example.other", "2026-02-18T22:31:47.355+02:00")]
    [InlineData("api.courier.example", "com.example.courier", "2026-02-18T22:31:47.356+02:00")]
    public void Another_app_destination_or_first_contact_is_another_event(string domain, string bundle, string first)
    {
        var other = Network(domain: domain, bundle: bundle).Replace("2026-02-18T22:31:47.355+02:00", first, StringComparison.Ordinal);
        Assert.NotEqual(Read(Network()).Events[0].Uid, Read(other).Events[0].Uid);
    }

    [Fact]
    public void A_begin_lasts_until_its_end()
    {
        var reading = Read(Access("intervalBegin", "2026-02-20T10:00:00.000Z"), Access("intervalEnd", "2026-02-20T10:05:00.000Z"));
        Assert.Equal([1, 2], reading.Events.Select(item => item.Activity));
        Assert.All(reading.Events, item => Assert.Equal(("com.example.notes", "photos"), (item.App, item[FieldId.Sensor])));
        Assert.Equal(TimeSpan.FromMinutes(5), reading.Events[0].End - reading.Events[0].Time);
        Assert.Equal(At("2026-02-20T10:05:00Z"), reading.Events[1].Time);
        Assert.Equal("0A-1:intervalBegin", reading.Events[0].Uid);
    }

    [Fact]
    public void Begins_and_ends_are_joined_by_their_identifier_not_by_their_order()
    {
        var reading = Read(
            Access("intervalBegin", "2026-02-20T10:00:00Z", identifier: "A"), Access("intervalBegin", "2026-02-20T10:00:01Z", "location", "B"),
            Access("intervalEnd", "2026-02-20T10:00:09Z", "location", "B"), Access("intervalEnd", "2026-02-20T10:00:20Z", identifier: "A"));
        var lengths = reading.Events.Where(item => item.Activity == 1).ToDictionary(item => (string)item[FieldId.Sensor]!, item => item.End - item.Time);
        Assert.Equal(TimeSpan.FromSeconds(20), lengths["photos"]);
        Assert.Equal(TimeSpan.FromSeconds(8), lengths["location"]);
    }

    [Fact]
    public void Begins_and_ends_without_a_partner_are_kept()
    {
        var reading = Read(Access("intervalEnd", "2026-02-20T10:00:00Z", identifier: "A"), Access("intervalBegin", "2026-02-20T10:00:01Z", identifier: "B"));
        Assert.Equal([2, 1], reading.Events.Select(item => item.Activity));
        Assert.Equal(reading.Events[1].Time, reading.Events[1].End);
    }

    [Fact]
    public void A_begin_that_comes_again_gives_up_the_first()
    {
        var begin = Access("intervalBegin", "2026-02-20T10:00:00Z");
        var reading = Read(begin, begin, Access("intervalEnd", "2026-02-20T10:00:05Z"));
        Assert.Equal([1, 1, 2], reading.Events.Select(item => item.Activity));
        Assert.Equal(reading.Events[0].Uid, reading.Events[1].Uid);
    }

    [Fact]
    public void Of_two_reports_the_one_that_knows_the_end_goes_first()
    {
        var cut = Read(Access("intervalBegin", "2026-02-20T10:00:00Z"));
        var full = Read(Access("intervalBegin", "2026-02-20T10:00:00Z"), Access("intervalEnd", "2026-02-20T10:00:05Z"));
        Assert.Equal(cut.Events[0].Uid, full.Events[0].Uid);
        Assert.Contains(" seq 0 ", cut.Lines[0], StringComparison.Ordinal);
        Assert.Contains(" seq -5000000 ", full.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void More_open_begins_than_are_held_are_all_given_in_bounded_batches()
    {
        var lines = Enumerable.Range(0, OpenAccesses.Capacity + 10).Select(i => Access("intervalBegin", "2026-02-20T10:00:00Z", identifier: $"N{i}")).ToArray();
        var reading = Read(lines);
        Assert.Equal(lines.Length, reading.Events.Select(item => item.Uid).Distinct().Count());
        Assert.InRange(reading.LargestBatch, 1, EventBatch.Capacity + 1);
    }

    [Theory]
    [InlineData("location", "location")]
    [InlineData("contacts", "contacts")]
    [InlineData("photos", "photos")]
    [InlineData("mediaLibrary", "media_library")]
    [InlineData("camera", "camera")]
    [InlineData("microphone", "microphone")]
    [InlineData("screenRecording", "screen")]
    [InlineData("someNewThing", "someNewThing")]
    public void Categories_are_the_contracts_words(string category, string sensor) =>
        Assert.Equal(sensor, Assert.Single(Read(Access("intervalEnd", "2026-02-20T10:00:00Z", category)).Events)[FieldId.Sensor]);

    [Fact]
    public void What_Apple_does_not_document_is_kept()
    {
        var use = Assert.Single(Read(Access("intervalEnd", "2026-02-20T10:00:00Z", "screenRecording",
            more: ",\"accessCount\":3,\"outOfProcess\":true,\"broadcaster\":{\"identifier\":\"com.example.board\",\"identifierType\":\"bundleID\"}")).Events);
        Assert.Equal(3L, use[FieldId.Count]);
        Assert.Equal("broadcaster=com.example.board; outOfProcess=true", use[FieldId.Message]);
    }

    [Theory]
    [InlineData("\"tccService\":\"kTCCServiceCamera\",\"stream\":\"com.apple.privacy.accounting.stream.tcc\",\"version\":3", "camera")]
    [InlineData("\"tccService\":\"kTCCServiceAddressBook\",\"stream\":\"com.apple.privacy.accounting.stream.tcc\"", "contacts")]
    [InlineData("\"stream\":\"com.apple.privacy.accounting.stream.location\"", "location")]
    [InlineData("\"category\":\"photos\",\"tccService\":\"kTCCServicePhotos\"", "photos")]
    public void Betas_of_iOS_15_wrote_accesses_otherwise(string attributes, string sensor)
    {
        var line = $$"""{{{attributes}},"accessor":{"identifier":"com.example.notes","identifierType":"bundleID"},"identifier":"A","kind":"event","timestamp":"2021-06-08T18:48:49.573-05:00"}""";
        var use = Assert.Single(Read(line).Events);
        Assert.Equal((EventClass.SensorUse, 3, sensor), (use.Class, use.Activity, (string?)use[FieldId.Sensor]));
        Assert.Equal(At("2021-06-08T23:48:49.573Z"), use.Time);
    }

    [Theory]
    [InlineData("\"hasApp.bundleName\":\"com.example.courier\",\"effectiveUserId\":501")]
    [InlineData("\"bundleID\":\"com.example.courier\"")]
    public void Betas_of_iOS_15_wrote_contacts_otherwise(string attributes)
    {
        var line = $$"""{"domain":"cdn.example",{{attributes}},"domainType":2,"timeStamp":"2021-06-11T05:18:04Z","context":"","hits":2,"domainOwner":"","initiatedType":"AppInitiated","firstTimeStamp":"2021-06-11T05:18:01Z"}""";
        Assert.Equal(("com.example.courier", EventClass.NetworkActivity), (Assert.Single(Read(line).Events).App, Read(line).Events[0].Class));
    }

    [Theory]
    [InlineData("{\"type\":\"weather\"}", AnomalyKind.UnknownKind)]
    [InlineData("{\"accessor\":{\"identifier\":\"a\"},\"category\":\"photos\",\"kind\":\"intervalPause\",\"timeStamp\":\"2026-02-20T10:00:00Z\",\"type\":\"access\"}", AnomalyKind.UnknownKind)]
    [InlineData("{\"accessor\":{\"identifier\":\"a\"},\"category\":\"photos\",\"kind\":\"intervalEnd\",\"type\":\"access\"}", AnomalyKind.MissingField)]
    [InlineData("{\"accessor\":{\"identifier\":\"a\"},\"category\":\"photos\",\"kind\":\"intervalEnd\",\"timeStamp\":\"soon\",\"type\":\"access\"}", AnomalyKind.BadTime)]
    [InlineData("{\"type\":\"networkActivity\",\"domain\":\"a.example\",\"bundleID\":\"b\"}", AnomalyKind.MissingField)]
    [InlineData("{\"type\":\"networkActivity\",\"timeStamp\":\"2026-02-20T10:00:00Z\",\"bundleID\":\"b\"}", AnomalyKind.MissingField)]
    [InlineData("{\"type\":\"networkActivity\",\"domain\":\"a.example\",\"timeStamp\":\"2026-02-30T10:00:00Z\",\"bundleID\":\"b\"}", AnomalyKind.BadTime)]
    [InlineData("[1,2]", AnomalyKind.Malformed)]
    [InlineData("{\"type\":", AnomalyKind.Malformed)]
    public void What_cannot_be_taken_is_counted_by_kind(string line, AnomalyKind kind)
    {
        var reading = Read(line);
        Assert.Empty(reading.Events);
        Assert.Equal((kind, 1L), (Assert.Single(reading.Anomalies).Kind, reading.Anomalies[0].Position));
    }

    [Fact]
    public void Recognition_looks_at_content_alone()
    {
        static int Recognise(string text) => new AppPrivacyReportReader().Recognise(new SourceHead(Encoding.UTF8.GetBytes(text), true, "App_Privacy_Report_v4.ndjson"));
        Assert.InRange(Recognise(Network() + "\n"), 90, 100);
        Assert.InRange(Recognise(Access("intervalEnd", "2026-02-20T10:00:00Z")), 90, 100);
        Assert.Equal(0, Recognise("{\"type\":\"access\",\"user\":\"bob\"}\n"));
        Assert.Equal(0, Recognise("{\"dns_event\":{\"hostname\":\"a.example\"}}\n"));
        Assert.Equal(0, Recognise("not json\n"));
    }
}

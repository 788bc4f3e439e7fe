using System.Net;
using System.Text;
using System.Text.Json;
using Nightjar.Events;
using Xunit;

namespace Nightjar.Conformance.Sources;

/// <summary>A real App Privacy Report, counted independently of the reader.</summary>
public sealed class AppPrivacyReportSampleTests
{
    private const string Path = "ios-app-privacy-report/plaso_ios_app_privacy_report.ndjson";

    [Fact]
    public void Every_record_is_an_event()
    {
        var bytes = Sample.Bytes(Path);
        var (reader, events, anomalies) = Sample.Read(bytes, Path);
        Assert.Equal("ios-app-privacy-report", reader);
        Assert.Empty(anomalies);
        var records = Records(bytes);
        Assert.Equal(records.Count(item => Text(item, "type") == "networkActivity"), events.Count(item => item.Class == EventClass.NetworkActivity));
        Assert.Equal(records.Count(item => Text(item, "kind") == "intervalBegin"), events.Count(item => item is { Class: EventClass.SensorUse, Activity: 1 }));
        Assert.Equal(records.Count(item => Text(item, "kind") == "intervalEnd"), events.Count(item => item is { Class: EventClass.SensorUse, Activity: 2 }));
        Assert.Equal(records.Count, events.Count);
    }

    [Fact]
    public void Contacts_addresses_and_lengths_agree_with_the_records()
    {
        var bytes = Sample.Bytes(Path);
        var events = Sample.Read(bytes, Path).Events;
        var records = Records(bytes);
        var network = records.Where(item => Text(item, "type") == "networkActivity").ToList();
        Assert.Equal(network.Sum(item => item.GetProperty("hits").GetInt64()), events.Where(item => item.Class == EventClass.NetworkActivity).Sum(item => (long)item[FieldId.Count]!));
        Assert.Equal(network.Count(item => IPAddress.TryParse(Text(item, "domain"), out _)), events.Count(item => item[FieldId.DstIp] is not null));
        var begins = records.Where(item => Text(item, "kind") == "intervalBegin").ToDictionary(item => Text(item, "identifier")!, Time);
        var ends = records.Where(item => Text(item, "kind") == "intervalEnd").ToDictionary(item => Text(item, "identifier")!, Time);
        var lengths = begins.Where(pair => ends.ContainsKey(pair.Key)).Sum(pair => (ends[pair.Key] - pair.Value).TotalMilliseconds);
        Assert.Equal(lengths, events.Where(item => item is { Class: EventClass.SensorUse, Activity: 1 }).Sum(item => (item.End - item.Time).TotalMilliseconds), 3);
    }

    private static List<JsonElement> Records(byte[] bytes) =>
        [.. Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    private static string? Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static DateTimeOffset Time(JsonElement item) => DateTimeOffset.Parse(Text(item, "timeStamp")!, System.Globalization.CultureInfo.InvariantCulture);
}

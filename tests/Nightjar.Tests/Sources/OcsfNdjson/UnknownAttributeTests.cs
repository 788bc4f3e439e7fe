using Nightjar.Events;
using Nightjar.Sources.OcsfNdjson;
using Xunit;

namespace Nightjar.Tests.Sources.OcsfNdjson;

public sealed class UnknownAttributeTests
{
    private const string Base = "\"class_uid\":1001,\"activity_id\":1,\"time\":1772366400000,\"device\":{\"uid\":\"d\",\"colour\":1}";

    [Fact]
    public void Each_path_is_reported_once_with_its_first_line_and_its_count()
    {
        var reading = Read(
            "{" + Base + "}",
            "{" + Base + ",\"unmapped\":{\"vendor\":{\"deep\":{\"er\":1}},\"mobile\":{\"odd\":1}},\"answers\":[{\"ttl\":1},{\"ttl\":2}]}",
            "{" + Base + ",\"unmapped\":{\"vendor\":[]}}");
        Assert.Equal(3, reading.Events.Count);
        Assert.All(reading.Anomalies, anomaly => Assert.Equal(AnomalyKind.UnknownField, anomaly.Kind));
        Assert.Equal(
        [
            (1, "The attribute device.colour is not known; ignored 3 times, here first."),
            (2, "The attribute unmapped.vendor is not known; ignored 2 times, here first."),
            (2, "The attribute unmapped.mobile.odd is not known; ignored once, here first."),
            (2, "The attribute answers[].ttl is not known; ignored 2 times, here first."),
        ], reading.Anomalies.Select(anomaly => (anomaly.Position, anomaly.Reason)));
    }

    [Fact]
    public void What_only_repeats_another_attribute_is_not_called_unknown() => Assert.Empty(Read("""
        {"class_uid":1001,"class_name":"File System Activity","category_uid":1,"category_name":"System Activity","activity_id":1,"activity_name":"Create","type_uid":100101,"type_name":"x","severity_id":1,"severity":"Informational","time":1,"metadata":{"version":"1.8.0","profiles":["host"]},"device":{"uid":"d","type_id":5,"type":"Mobile","os":{"type_id":201,"type":"Android","name":"Android"}},"file":{"name":"a","type_id":1,"hashes":[{"algorithm":"SHA-256","algorithm_id":3,"value":"ab"}]}}
        """).Anomalies);

    [Fact]
    public void A_hostile_number_of_names_is_counted_together()
    {
        var many = Enumerable.Range(0, 5000).Select(i => $"\"x{i}\":{i}");
        var reading = Read("{" + Base + "," + string.Join(',', many) + "}", "{" + Base + ",\"x1\":1,\"x4999\":1}");
        Assert.Equal(2, reading.Events.Count);
        Assert.Equal(UnknownAttributes.MaxPaths + 1, reading.Anomalies.Count);
        Assert.Equal("The attribute x1 is not known; ignored 2 times, here first.", reading.Anomalies[2].Reason);
        Assert.Equal("Beyond 200 unknown attributes, further ones were ignored 4802 times, here first.", reading.Anomalies[^1].Reason);
    }

    [Fact]
    public void A_name_that_would_disturb_a_terminal_is_shown_harmlessly()
    {
        var reading = Read("{\"\\u001b[31m\\u202e" + new string('y', 500) + "\":1," + Base.Replace(",\"colour\":1", "", StringComparison.Ordinal) + "}");
        var reason = Assert.Single(reading.Anomalies).Reason;
        Assert.DoesNotContain(reason, char.IsControl);
        Assert.DoesNotContain('\u202E', reason);
        Assert.InRange(reason.Length, 60, 200);
    }

    private static Reading Read(params string[] lines) => Reading.Of(new OcsfNdjsonReader(), string.Join('\n', lines));
}

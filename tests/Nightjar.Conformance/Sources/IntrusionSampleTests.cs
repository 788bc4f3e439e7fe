using System.Text;
using System.Text.Json;
using Nightjar.Events;
using Xunit;

namespace Nightjar.Conformance.Sources;

/// <summary>The documented shape of Android's intrusion logs.</summary>
public sealed class IntrusionSampleTests
{
    private const string Path = "android-intrusion-logs/example.ndjson";

    [Fact]
    public void Every_record_is_the_event_that_it_is()
    {
        var bytes = Sample.Bytes(Path);
        var (reader, events, anomalies) = Sample.Read(bytes, Path);
        Assert.Equal("android-intrusion-log", reader);
        Assert.Empty(anomalies);
        var kinds = Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.EnumerateObject().First().Name).Select(name => name switch
            {
                "dns_event" => EventClass.DnsActivity,
                "connect_event" => EventClass.NetworkActivity,
                _ => EventClass.ProcessActivity,
            });
        Assert.Equal(kinds, events.Select(item => item.Class));
        Assert.All(events, item => Assert.Equal(2023, item.Time.ToDateTimeOffset().Year));
    }
}

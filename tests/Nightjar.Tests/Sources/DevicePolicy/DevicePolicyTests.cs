using Nightjar.Events;
using Nightjar.Sources.DevicePolicy;
using Xunit;

namespace Nightjar.Tests.Sources.DevicePolicy;

public sealed class DevicePolicyTests
{
    [Fact]
    public void Both_units_and_both_shapes_stand_in_one_file()
    {
        var events = SourceContract.ReadAll(new DevicePolicyReader(), DevicePolicyContract.Lines).Events;
        Assert.Equal([EventClass.DnsActivity, EventClass.NetworkActivity, EventClass.ProcessActivity, EventClass.NetworkActivity], events.Select(item => item.Class));
        Assert.Equal([0L, 350_000L, 1_123_456L, 2_000_000L], events.Select(item => item.Time.Micros - 1_772_186_400_000_000L));
        Assert.All(events, item => Assert.Equal("com.example.courier", item.App));
        Assert.Equal(["192.0.2.7", "2001:db8::7"], (string[])events[0][FieldId.AnswerData]!);
        Assert.Equal(443L, events[1][FieldId.DstPort]);
        Assert.Equal(4711L, events[2][FieldId.ProcessId]);
        Assert.Equal("cdn.courier.example", events[3][FieldId.DstHostname]);
    }

    [Fact]
    public void Tags_are_numbers_or_names_and_one_value_needs_no_array()
    {
        var events = SourceContract.ReadAll(new DevicePolicyReader(), DevicePolicyContract.Array).Events;
        Assert.Equal((EventClass.MobileState, 3), (events[0].Class, events[0].Activity));
        Assert.Equal((EventClass.ApplicationLifecycle, 2, "com.example.courier"), (events[1].Class, events[1].Activity, events[1].App));
    }

    [Theory]
    [InlineData("""{"timestamp":1772186400000000,"hostname":"a.example","packageName":"a.b"}""", AnomalyKind.BadTime)]
    [InlineData("""{"hostname":"a.example","packageName":"a.b"}""", AnomalyKind.MissingField)]
    [InlineData("""{"timestamp":1772186400000,"other":"a.example"}""", AnomalyKind.UnknownKind)]
    [InlineData("""{"timestamp":1772186400000,}""", AnomalyKind.Malformed)]
    [InlineData("""{"timestamp":1772186400000""", AnomalyKind.Truncated)]
    public void What_cannot_be_taken_is_said(string line, AnomalyKind kind)
    {
        var reading = SourceContract.ReadAll(new DevicePolicyReader(), line);
        Assert.Empty(reading.Events);
        Assert.Equal(kind, Assert.Single(reading.Anomalies).Kind);
    }
}

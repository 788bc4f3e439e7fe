using Nightjar.Events;
using Nightjar.Sources;
using Nightjar.Sources.Zeek;
using Xunit;

namespace Nightjar.Tests.Sources.Zeek;

public class ZeekDhcpTests
{
    private static readonly Instant Time = new(1_772_352_000_500_000);

    [Fact]
    public void An_acknowledgement_is_a_lease_and_no_event()
    {
        var reading = Read("\"mac\":\"AA-BB-CC-00-11-22\",\"host_name\":\"Pixel-7\",\"assigned_addr\":\"10.20.0.7\",\"lease_time\":3600.0,\"msg_types\":[\"REQUEST\",\"ACK\"]");
        Assert.Empty(reading.Events);
        Assert.Equal([new AddressLease("10.20.0.7", "aa:bb:cc:00:11:22", "Pixel-7", Time, Time + TimeSpan.FromHours(1))], reading.Leases);
    }

    [Theory]
    [InlineData("[\"DISCOVER\",\"OFFER\"]")]
    [InlineData("[\"REQUEST\",\"NAK\"]")]
    public void What_is_not_granted_is_no_lease(string messages) =>
        Assert.Empty(Read($"\"mac\":\"aa:bb:cc:00:11:22\",\"assigned_addr\":\"10.20.0.7\",\"msg_types\":{messages}").Leases);

    [Fact]
    public void A_release_is_an_empty_lease() =>
        Assert.Equal(
            [new AddressLease("10.20.0.7", "aa:bb:cc:00:11:22", null, Time, Time)],
            Read("\"mac\":\"aa:bb:cc:00:11:22\",\"client_addr\":\"10.20.0.7\",\"msg_types\":[\"RELEASE\"]").Leases);

    [Theory]
    [InlineData("")]
    [InlineData(",\"lease_time\":0.0")]
    [InlineData(",\"lease_time\":4294967295.0")]
    public void A_lease_without_a_length_or_for_ever_is_open(string length) =>
        Assert.Null(Assert.Single(Read($"\"mac\":\"aa:bb:cc:00:11:22\",\"assigned_addr\":\"10.20.0.7\",\"msg_types\":[\"ACK\"]{length}").Leases).To);

    [Fact]
    public void An_old_log_has_one_record_for_each_lease_and_no_messages()
    {
        var text = ZeekLogText.Tsv("dhcp", "ts uid id.orig_h mac assigned_ip lease_time trans_id", "1772352000.5 C1 10.20.0.7 aa:bb:cc:00:11:22 10.20.0.7 60.0 1");
        Assert.Equal(TimeSpan.FromMinutes(1), Assert.Single(Reading.Of(new ZeekTsvReader(), text).Leases).To - Time);
    }

    [Fact]
    public void A_lease_without_hardware_address_is_told_as_missing()
    {
        var reading = Read("\"mac\":\"00:00:00:00:00:00\",\"assigned_addr\":\"10.20.0.7\",\"msg_types\":[\"ACK\"]");
        Assert.Empty(reading.Leases);
        Assert.Single(reading.Of(AnomalyKind.MissingField));
    }

    private static Reading Read(string fields) => Reading.Of(new ZeekJsonReader(), "{\"_path\":\"dhcp\",\"ts\":1772352000.5," + fields + "}");
}

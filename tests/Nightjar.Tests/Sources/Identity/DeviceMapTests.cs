using System.Globalization;
using Nightjar.Events;
using Nightjar.Sources.Identity;
using Xunit;

namespace Nightjar.Tests.Sources.Identity;

public class DeviceMapTests
{
    [Fact]
    public void Columns_go_by_their_names_in_any_order()
    {
        var map = Read("Name, platform ,mac,to,from,device_uid,path,group,ip\nAnna's phone,Android,AA-BB-CC-00-11-22,2026-03-02,2026-03-01T08:00:00+01:00,phone-1,./logs/a.txt,sales|fleet-b,10.20.0.7\n");
        Assert.Empty(map.Mistakes);
        var row = Assert.Single(map.Rows);
        Assert.Equal(("phone-1", "10.20.0.7", "aa:bb:cc:00:11:22", "logs/a.txt"), (row.Device, row.Ip, row.Mac, row.Path));
        Assert.Equal((At("2026-03-01T07:00:00Z"), At("2026-03-02T00:00:00Z")), (row.From, row.To));
        Assert.Equal((Platform.Android, "Anna's phone", 2), (row.Platform, row.Name, row.Line));
        Assert.Equal(["sales", "fleet-b"], row.Groups);
    }

    [Theory]
    [InlineData("device;ip\np1;10.0.0.1\n")]
    [InlineData("device\tip\np1\t10.0.0.1\n")]
    [InlineData("# who is who\n\ndevice,ip\r\n\r\n# the first\r\n\"p1\",10.0.0.1")]
    public void Other_separators_comments_and_line_ends_are_read(string csv)
    {
        var map = Read(csv);
        Assert.Empty(map.Mistakes);
        Assert.Equal(("p1", "10.0.0.1"), (Assert.Single(map.Rows).Device, map.Rows[0].Ip));
    }

    [Theory]
    [InlineData("2001:DB8:0::7", "2001:db8::7")]
    [InlineData("2001:db8:7::/64", "2001:db8:7::/64")]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("10.0.0.1/32", "10.0.0.1")]
    [InlineData("::ffff:10.0.0.1", "10.0.0.1")]
    [InlineData("10.0.0.5/24", "10.0.0.0/24")]
    [InlineData("10.0.0.5/33", null)]
    [InlineData("10.0.0", null)]
    [InlineData("phone", null)]
    public void An_address_is_brought_to_its_shortest_form(string written, string? ip)
    {
        var map = Read($"device,ip\np1,{written}\n");
        Assert.Equal(ip, map.Rows.SingleOrDefault()?.Ip);
        Assert.Equal(ip is null ? 1 : 0, map.Mistakes.Count);
    }

    [Fact]
    public void All_mistakes_are_told_at_once_with_their_lines()
    {
        var map = Read("""
            device,ip,mac,from,to,platform,colour,ip
            p1,10.0.0.1,,,,Android,red,
            ,10.0.0.2,,,,,,
            p2,nowhere,no-mac,tomorrow,,windows,,
            p3,,,2026-03-02,2026-03-01,,,
            p4,10.0.0.1,,2026-01-01,,,,
            p1,,,,,iOS,,
            p5,10.0.0.5
            """);
        Assert.Equal(
            ["1 NJ4002", "1 NJ4003", "3 NJ4004", "4 NJ4005", "4 NJ4005", "4 NJ4005", "4 NJ4005", "5 NJ4006", "6 NJ4007", "7 NJ4008"],
            map.Mistakes.Select(mistake => string.Create(CultureInfo.InvariantCulture, $"{mistake.Line} {mistake.Rule.Code}")));
        Assert.Equal(["p1", "p1", "p5"], map.Rows.Select(row => row.Device));
        Assert.Equal(
            "line 6: error NJ4007: The ip \"10.0.0.1\" is given to \"p4\" at a time when line 2 gives it to \"p1\". The later row is left out. " +
            "Give both rows a time that does not overlap the other's.",
            map.Mistakes[8].ToString());
    }

    [Fact]
    public void A_map_without_a_device_column_is_not_used()
    {
        var map = Read("phone,ip\np1,10.0.0.1\n");
        Assert.Empty(map.Rows);
        Assert.Contains(map.Mistakes, mistake => mistake.Rule.Code == "NJ4001");
    }

    [Fact]
    public void A_quote_that_is_not_closed_costs_its_own_row_only()
    {
        var map = Read("device,ip\np1,10\"0.0.1\np2,10.0.0.2\n");
        Assert.Equal(("NJ4009", 2), (Assert.Single(map.Mistakes).Rule.Code, map.Mistakes[0].Line));
        Assert.Equal("p2", Assert.Single(map.Rows).Device);
    }

    [Fact]
    public void A_row_of_several_lines_stands_where_it_begins()
    {
        var map = Read("device,name,ip\np1,\"a\nb\",x\n\n# note\np2,c,y\n");
        Assert.Equal([2, 6], map.Mistakes.Select(mistake => mistake.Line));
    }

    [Fact]
    public void A_value_of_unbearable_length_is_left_out() =>
        Assert.Equal("NJ4005", Assert.Single(Read($"device,name\np1,{new string('x', 5000)}\n").Mistakes).Rule.Code);

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("device")]
    public void An_empty_map_says_nothing(string csv) => Assert.Equal((0, 0), (Read(csv).Rows.Count, Read(csv).Mistakes.Count));

    [Fact]
    public void One_device_may_have_an_address_at_several_times_and_two_may_follow_each_other()
    {
        var map = Read("device,ip,from,to\np1,10.0.0.1,,2026-03-01\np2,10.0.0.1,2026-03-01,2026-03-02\np1,10.0.0.1,2026-03-02,\np1,10.0.0.1,2026-03-05,2026-03-06\n");
        Assert.Empty(map.Mistakes);
    }

    [Fact]
    public void Every_kind_of_mistake_has_its_own_number() =>
        Assert.Equal(DeviceMapRule.All.Count, DeviceMapRule.All.Select(rule => rule.Code).Distinct().Count());

    internal static DeviceMap Read(string csv)
    {
        using var text = new StringReader(csv);
        return DeviceMap.Read(text);
    }

    internal static Instant At(string time) => Instant.From(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture));
}

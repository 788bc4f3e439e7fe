using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Nightjar.Events;
using Xunit;

namespace Nightjar.Tests.Events;

public sealed class HostTextTests
{
    [Theory]
    [InlineData("Example.COM", "example.com")]
    [InlineData("example.com.", "example.com")]
    [InlineData("example.com..", "example.com")]
    [InlineData(" example.com\t", "example.com")]
    [InlineData("example.com:8443", "example.com")]
    [InlineData("example.com.:443", "example.com")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("[2001:DB8::1]:443", "2001:db8::1")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("BÜCHER.example", "bÜcher.example")]
    [InlineData("a", "a")]
    [InlineData("", "")]
    [InlineData(".", "")]
    [InlineData(":443", "")]
    [InlineData("host:port", "host:port")]
    public void Hosts_have_one_form(string host, string form) => Assert.Equal(form, Host(host));

    [Fact]
    public void What_is_too_long_is_no_host()
    {
        Assert.Equal(HostText.MaxLength, Host(new string('A', HostText.MaxLength)).Length);
        Assert.Equal("", Host(new string('A', HostText.MaxLength + 1)));
        Assert.Equal("", Host(new string('[', 16_000)));
    }

    [Fact]
    public void The_form_of_a_form_is_itself() =>
        Property.Holds(Gen.Elements('a', 'Z', '.', ':', '[', ']', '0', '9', ' ', '/', '%').ListOf().Select(list => string.Concat(list)).ToArbitrary(), text =>
            Host(Host(text)) == Host(text) && (HostText.Address(text) is not { } address || HostText.Address(address) == address));

    [Theory]
    [InlineData("1.2.3.4", "1.2.3.4")]
    [InlineData("/1.2.3.4", "1.2.3.4")]
    [InlineData("host.example/1.2.3.4", "1.2.3.4")]
    [InlineData("host.example/1.2.3.4:443", "1.2.3.4")]
    [InlineData(" 255.255.255.255 ", "255.255.255.255")]
    [InlineData("[::1]", "::1")]
    [InlineData("[::1]:80", "::1")]
    [InlineData("/[2001:db8::1]:80", "2001:db8::1")]
    [InlineData("fe80::1%wlan0", "fe80::1")]
    [InlineData("[fe80::1%wlan0]:443", "fe80::1")]
    [InlineData("::ffff:10.0.0.1", "10.0.0.1")]
    [InlineData("::FFFF:0A00:0001", "10.0.0.1")]
    [InlineData("2001:0DB8:0000:0000:0000:0000:0000:0001", "2001:db8::1")]
    [InlineData("1:0:0:2:0:0:0:3", "1:0:0:2::3")]
    [InlineData("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0")]
    [InlineData("::", "::")]
    [InlineData("1::", "1::")]
    [InlineData("64:ff9b::192.0.2.33", "64:ff9b::c000:221")]
    public void Addresses_have_one_form(string text, string form) => Assert.Equal(form, HostText.Address(text));

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("010.0.0.1")]
    [InlineData("1.2.3.")]
    [InlineData("1..2.3")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("1.2.3.4/24")]
    [InlineData("example.com")]
    [InlineData("12345::")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7:8::")]
    [InlineData("1::2::3")]
    [InlineData(":::")]
    [InlineData("1:")]
    [InlineData(":1:2:3:4:5:6:7")]
    [InlineData("g::1")]
    [InlineData("::1.2.3")]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4")]
    [InlineData("٠.0.0.1")]
    public void What_is_no_address_is_none(string text) => Assert.Null(HostText.Address(text));

    [Fact]
    public void Every_address_reads_as_dotnet_writes_it()
    {
        var random = new Random(4);
        var bytes = new byte[16];
        for (var i = 0; i < 20_000; i++)
        {
            random.NextBytes(bytes);
            // Many zeros, and the beginnings that .NET writes with a dotted end.
            for (var at = 0; at < 16; at += 2)
            {
                if (random.Next(2) == 0) bytes[at] = bytes[at + 1] = 0;
            }
            if (i % 7 == 0) bytes.AsSpan(0, 10).Clear();
            if (i % 11 == 0) (bytes[8], bytes[9], bytes[10], bytes[11]) = (0, 0, 0x5E, 0xFE);
            if (i % 13 == 0) (bytes[8], bytes[9], bytes[10], bytes[11]) = (0xFF, 0xFF, 0, 0);
            var address = new IPAddress(bytes);
            var expected = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
            Assert.Equal(expected, HostText.Address(address.ToString()));
            var spelled = string.Join(':', Enumerable.Range(0, 8).Select(g => ((bytes[g * 2] << 8) | bytes[g * 2 + 1]).ToString("X4", System.Globalization.CultureInfo.InvariantCulture)));
            Assert.Equal(expected, HostText.Address(spelled));
        }
    }

    [Fact]
    public void Whatever_is_called_an_address_is_one_to_dotnet() =>
        Property.Holds(Gen.Elements('0', '1', '2', '5', 'a', 'f', 'F', ':', ':', '.').ListOf().Select(list => string.Concat(list)).ToArbitrary(), text =>
            HostText.Address(text) is not { } address || IPAddress.TryParse(address, out _));

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("172.16.0.1", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("192.168.1.1", true)]
    [InlineData("192.169.1.1", false)]
    [InlineData("169.254.1.1", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("224.0.0.251", true)]
    [InlineData("8.8.8.8", false)]
    [InlineData("::1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("ff02::fb", true)]
    [InlineData("2001:db8::1", false)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("::ffff:8.8.8.8", false)]
    [InlineData("0.0.0.0", true)]
    [InlineData("::", true)]
    public void Local_addresses_are_told_apart(string text, bool isLocal) => Assert.Equal(isLocal, HostText.IsLocal(IPAddress.Parse(text)));

    private static string Host(string text)
    {
        var form = new byte[HostText.MaxLength];
        return Encoding.UTF8.GetString(form, 0, HostText.WriteHost(Encoding.UTF8.GetBytes(text), form));
    }
}

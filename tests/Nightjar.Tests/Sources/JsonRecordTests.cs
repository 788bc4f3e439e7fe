using System.Text;
using Nightjar.Sources;
using Xunit;

namespace Nightjar.Tests.Sources;

public sealed class JsonRecordTests
{
    private static readonly string[] Paths = ["a", "b.c", "b.d.e", "list", "flag", "x.y", "list2.z"];

    private static JsonRecord Read(string json)
    {
        var record = new JsonRecord(Paths);
        Assert.True(record.TryRead(Encoding.UTF8.GetBytes(json)), json);
        return record;
    }

    private static string Text(JsonRecord record, int index) => Encoding.UTF8.GetString(record.Text(index));

    [Fact]
    public void An_attribute_of_every_object_in_an_array_is_collected()
    {
        var record = new JsonRecord("dns.answers.rdata[]", "dns.answers.rrtype");
        Assert.True(record.TryRead("""{"dns":{"answers":[{"rrtype":"CNAME","rdata":"a"},{"rrtype":"A","rdata":"b"}]}}"""u8));
        Assert.Equal((2, "a", "b", "A"), (record.Count(0), Encoding.UTF8.GetString(record.Item(0, 0)), Encoding.UTF8.GetString(record.Item(0, 1)), Text(record, 1)));
        Assert.True(record.TryRead("""{"dns":{"answers":[]}}"""u8));
        Assert.Equal(0, record.Count(0));
    }

    [Fact]
    public void Attributes_are_found_by_path_at_any_depth()
    {
        var record = Read("""{"z":{"a":"no"},"a":"yes","b":{"q":{"c":1},"c":-5,"d":{"e":"deep"}},"c":"no"}""");
        Assert.Equal("yes", Text(record, 0));
        Assert.True(record.TryInteger(1, out var number));
        Assert.Equal(-5, number);
        Assert.Equal("deep", Text(record, 2));
    }

    [Fact]
    public void A_name_that_holds_the_dot_is_found_too() => Assert.Equal("v", Text(Read("""{"x.y":"v"}"""), 5));

    [Fact]
    public void Escapes_are_resolved() => Assert.Equal("a\"b\u00e9/\n", Text(Read("""{"\u0061":"a\"b\u00e9\/\n"}"""), 0));

    [Fact]
    public void Of_repeated_attributes_the_last_counts() => Assert.Equal("2", Text(Read("""{"a":"1","a":"2"}"""), 0));

    [Fact]
    public void Whole_numbers_are_kept_to_the_last_digit_also_as_text()
    {
        Assert.True(Read("""{"a":1700000002000000001}""").TryInteger(0, out var number));
        Assert.Equal(1700000002000000001, number);
        Assert.True(Read("""{"a":"1700000002000000001"}""").TryInteger(0, out number));
        Assert.Equal(1700000002000000001, number);
        Assert.False(Read("""{"a":1.5}""").TryInteger(0, out _));
        Assert.False(Read("""{"a":99999999999999999999}""").TryInteger(0, out _));
        Assert.False(Read("{}").TryInteger(0, out _));
    }

    [Theory]
    [InlineData("""{"flag":true}""", true)]
    [InlineData("""{"flag":false}""", false)]
    [InlineData("""{"flag":1}""", true)]
    [InlineData("""{"flag":0}""", false)]
    [InlineData("""{"flag":null}""", null)]
    [InlineData("{}", null)]
    public void Booleans_may_be_numbers(string json, bool? expected) => Assert.Equal(expected, Read(json).Flag(4));

    [Fact]
    public void Arrays_are_read_in_order_and_bounded()
    {
        var record = Read("""{"list":["x","y",3],"a":"after"}""");
        Assert.Equal(["x", "y", "3"], Enumerable.Range(0, record.Count(3)).Select(item => Encoding.UTF8.GetString(record.Item(3, item))));
        Assert.Equal("after", Text(record, 0));
        Assert.Equal(256, Read("{\"list\":[" + string.Join(',', Enumerable.Range(0, 400)) + "]}").Count(3));
    }

    [Fact]
    public void Attributes_of_objects_in_an_array_have_the_arrays_path() =>
        Assert.Equal("2", Text(Read("""{"list2":[{"z":1},{"q":0,"z":2}],"list":[[{"a":1}]]}"""), 6));

    [Fact]
    public void The_first_name_is_told() => Assert.Equal("dns_event", Encoding.UTF8.GetString(Read("""{"dns_event":{"a":1},"x":2}""").FirstName));

    [Fact]
    public void An_outer_attribute_may_have_any_name()
    {
        var record = new JsonRecord("*.time", "*.*.pid", "*.dotted.name");
        Assert.True(record.TryRead("""{"any.kind":{"time":7,"sub":{"time":8,"pid":9},"dotted.name":"x"},"time":1}"""u8));
        Assert.Equal(["7", "9", "x"], Enumerable.Range(0, 3).Select(index => Text(record, index)));
        Assert.Equal("sub", Encoding.UTF8.GetString(record.InnerName));
    }

    [Theory]
    [InlineData("""{"":{"":{"":1}}}""")]
    [InlineData("""{"":{"a":{"":{}}}}""")]
    [InlineData("""{"a":{"":{}}}""")]
    public void Empty_names_do_no_harm(string json) => Assert.True(new JsonRecord("*.a", "*.*.b", "").TryRead(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Fingerprints_know_content_not_form()
    {
        var print = new JsonFingerprint();
        var plain = print.Of("""{"a":["x/y",1,true,null],"b":{}}"""u8);
        Assert.Equal(plain, print.Of("""{ "a" : [ "x\/y", 1, true, null ], "\u0062" : { } }"""u8));
        foreach (var other in (string[])["""{"a":["x/y",1,true,null],"b":[]}""", """{"a":["x/y",1,true],"b":{}}""", """{"a":["x/y","1",true,null],"b":{}}""", """{"a":["x/",1,true,null],"yb":{}}"""])
            Assert.NotEqual(plain, print.Of(Encoding.UTF8.GetBytes(other)));
    }

    [Fact]
    public void Nothing_of_the_last_object_stays()
    {
        var record = new JsonRecord(Paths);
        Assert.True(record.TryRead("""{"a":"1","list":["x"]}"""u8));
        Assert.True(record.TryRead("{}"u8));
        Assert.False(record.Has(0));
        Assert.Equal(0, record.Count(3));
        Assert.True(record.FirstName.IsEmpty);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("""{"a":}""")]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    public void What_is_not_one_object_is_refused(string json) => Assert.False(new JsonRecord(Paths).TryRead(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Depth_is_bounded() => Assert.False(new JsonRecord(Paths).TryRead(Encoding.UTF8.GetBytes("{\"a\":" + new string('[', 5000))));
}

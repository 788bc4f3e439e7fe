using Nightjar.Events;
using Xunit;

namespace Nightjar.Tests.Sources.Zeek;

public class ZeekDnsTests
{
    private const string Fields = "ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto rtt query qtype_name rcode rejected answers";

    [Fact]
    public void A_query_has_its_names_and_addresses_as_answers()
    {
        var e = ZeekLogText.OneOfTsv("dns", Fields, "1772352000.1 CeE6 10.20.0.7 40003 10.20.0.1 53 udp 0.020000 Api.Example.NET A 0 F Edge.example.net,198.51.100.9");
        Assert.Equal((EventClass.DnsActivity, 1), (e.Class, e.Activity));
        Assert.Equal(("api.example.net", "A", 1L), (e[FieldId.QueryHostname], e[FieldId.QueryType], e[FieldId.StatusId]));
        Assert.Equal(["edge.example.net", "198.51.100.9"], Assert.IsType<string[]>(e[FieldId.AnswerData]));
        Assert.Equal(20_000, (e.End - e.Time).TotalMicroseconds);
    }

    [Fact]
    public void A_name_that_does_not_exist_is_a_failure_without_answers()
    {
        var e = ZeekLogText.OneOfTsv("dns", Fields, "1772352000.1 CeE6 10.20.0.7 40003 10.20.0.1 53 udp - gone.example.net A 3 F -");
        Assert.Equal(2L, e[FieldId.StatusId]);
        Assert.Null(e[FieldId.AnswerData]);
    }

    [Fact]
    public void A_separator_inside_an_answer_is_escaped_and_other_data_keeps_its_case()
    {
        var e = ZeekLogText.OneOfTsv("dns", Fields, "1772352000.1 CeE6 10.20.0.7 40003 10.20.0.1 53 udp - t.example.net TXT 0 F TXT\\x205\\x20Ab\\x2cCd,b.example.net");
        Assert.Equal(["TXT 5 Ab,Cd", "b.example.net"], Assert.IsType<string[]>(e[FieldId.AnswerData]));
    }

    [Fact]
    public void Json_gives_the_same_answers()
    {
        var e = ZeekLogText.OneOfJson("""{"ts":1772352000.1,"uid":"CeE6","id.orig_h":"10.20.0.7","query":"t.example.net","rcode":0,"answers":["TXT 5 Ab,Cd","B.example.net"]}""");
        Assert.Equal(["TXT 5 Ab,Cd", "b.example.net"], Assert.IsType<string[]>(e[FieldId.AnswerData]));
    }
}

using Nightjar.Events;
using Nightjar.Sources;
using Nightjar.Sources.Mapping;
using Xunit;

namespace Nightjar.Tests.Sources.Mapping;

/// <summary>Which records give which events, and which files are meant.</summary>
public sealed class ConditionTests
{
    [Theory]
    [InlineData("k: THREAT", true)]
    [InlineData("k: threat", true)]
    [InlineData("k: [other, threat]", true)]
    [InlineData("k: other", false)]
    [InlineData("k: {not: [other]}", true)]
    [InlineData("missing: {not: [other]}", true)]
    [InlineData("k: {exists: true}", true)]
    [InlineData("nothing: {exists: true}", false)]
    [InlineData("empty: {exists: false}", true)]
    [InlineData("o: {exists: true}", true)]
    [InlineData("k: {contains: hre}", true)]
    [InlineData("k: {starts-with: [x, THR]}", true)]
    [InlineData("k: {ends-with: EAT}", true)]
    [InlineData("k: {matches: '^TH.*T$'}", true)]
    [InlineData("ip: {cidr: [10.0.0.0/8]}", true)]
    [InlineData("ip: {cidr: [192.0.2.0/24]}", false)]
    [InlineData("ip: {local: true}", true)]
    [InlineData("n: {above: 4, below: 6}", true)]
    [InlineData("n: {above: 5}", false)]
    [InlineData("l: b", true)]
    [InlineData("o.p: 1", true)]
    public void A_condition_holds_or_not(string condition, bool holds)
    {
        var yaml = MappingText.Of("").Replace("- class: log_line", "- when: {" + condition + "}\n  class: log_line", StringComparison.Ordinal);
        const string record = """{"dev":"a","t":1772440000,"k":"THREAT","nothing":"n/a","empty":null,"ip":"10.1.2.3","n":5,"l":["a","b"],"o":{"p":1}}""";
        Assert.Equal(holds ? 1 : 0, Reading.Of(MappingText.Reader(yaml), record).Events.Count);
    }

    [Fact]
    public void One_record_may_give_several_events_and_otherwise_only_where_none_came()
    {
        var reader = MappingText.Reader(MappingText.Head +
            """
            every: {time: {from: t, format: epoch}, device.uid: dev}
            events:
            - {when: {a: {exists: true}}, class: log_line, activity: 1, set: {log_tag: {constant: a}}}
            - {when: [{b: 1}, {b: 2}], class: log_line, activity: 1, set: {log_tag: {constant: b}}}
            - {otherwise: true, class: log_line, activity: 1, set: {log_tag: {constant: rest}}}
            """);
        var events = Reading.Of(reader, """
            {"dev":"x","t":1772440000,"a":1,"b":2}
            {"dev":"x","t":1772440001,"c":3}
            """).Events;
        Assert.Equal(["a", "b", "rest"], events.Select(item => item[FieldId.LogTag]));
        Assert.Equal(3, events.Select(item => item.Uid).Distinct().Count());
    }

    [Fact]
    public void Records_of_no_event_are_counted_and_those_that_are_ignored_are_not()
    {
        var reader = MappingText.Reader(MappingText.Of("", "ignore: {when: {k: noise}, reason: Says nothing.}")
            .Replace("- class: log_line", "- when: {k: news}\n  class: log_line", StringComparison.Ordinal));
        var reading = Reading.Of(reader, """
            {"dev":"x","t":1772440000,"k":"news"}
            {"dev":"x","t":1772440000,"k":"noise"}
            {"dev":"x","t":1772440000,"k":"other"}
            {"dev":"x","t":1772440000,"k":"another"}
            """);
        Assert.Single(reading.Events);
        var remark = Assert.Single(reading.Anomalies);
        Assert.Equal((AnomalyKind.UnknownKind, 3L), (remark.Kind, remark.Position));
        Assert.StartsWith("2 records", remark.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_known_by_its_keys_and_constants()
    {
        var reader = MappingText.Reader(MappingText.Of("").Replace("{keys: [dev, t]}", "{keys: [dev, t], any: [x, y], values: {kind: [A, B]}}", StringComparison.Ordinal));
        Assert.InRange(Certainty(reader, """{"dev":1,"t":2,"x":3,"kind":"a"}"""), 50, 90);
        Assert.Equal(0, Certainty(reader, """{"dev":1,"t":2,"x":3,"kind":"C"}"""));
        Assert.Equal(0, Certainty(reader, """{"dev":1,"t":2,"z":3,"kind":"A"}"""));
        Assert.Equal(0, Certainty(reader, """{"dev":1,"x":3,"kind":"A","z":"\"t\""}"""));
    }

    [Fact]
    public void A_first_record_that_is_longer_than_the_head_is_known_by_its_beginning()
    {
        var text = """{"dev":1,"t":2,"list":[""" + string.Join(',', Enumerable.Repeat("1234567", SourceHead.Size / 4));
        Assert.InRange(Certainty(MappingText.Reader(MappingText.Of("")), text), 50, 90);
    }

    [Fact]
    public void A_mapping_of_the_user_replaces_the_shipped_one_of_its_name()
    {
        var own = new MappingSource("own.yml", MappingText.Of("").Replace("mapping: test-source", "mapping: zimperium-mtd", StringComparison.Ordinal));
        var set = MappingLoader.LoadWithShipped([own]);
        Assert.Empty(set.Diagnostics);
        Assert.Equal("A source of tests", Assert.Single(set.Readers, reader => reader.Format.Id == "zimperium-mtd").Format.Title);
        Assert.Equal(MappingLoader.Shipped.Count, set.Readers.Count);
    }

    [Fact]
    public void An_app_that_is_known_by_less_than_its_package_says_so() =>
        Assert.Equal(AppGrade.Label, MappingText.One(MappingText.Of("actor.app_uid: {from: v, grade: label}"), """{"dev":"a","t":1772440000,"v":"Torch"}""").State.AppGrade);

    private static int Certainty(ISourceReader reader, string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        return reader.Recognise(new SourceHead(bytes.AsMemory(0, Math.Min(bytes.Length, SourceHead.Size)), bytes.Length <= SourceHead.Size, "x"));
    }
}

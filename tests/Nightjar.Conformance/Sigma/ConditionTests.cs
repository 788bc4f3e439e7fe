using Xunit;

namespace Nightjar.Conformance.Sigma;

/// <summary>Conditions, precedence, lists of maps and keywords mean what Sigma's specification says.</summary>
public sealed class ConditionTests
{
    // a and b hold for the event, x and y do not.
    private const string Selections = """
          a: {http_request.user_agent: Torch}
          b: {message: hello}
          x: {http_request.user_agent: Lamp}
          y: {message: bye}
          _hidden: {message: bye}
          sel_1: {message: hello}
          sel_2: {http_request.user_agent: Torch}
          mix_1: {message: hello}
          mix_2: {message: bye}

        """;

    private const string Attributes = "\"http_request\":{\"user_agent\":\"Torch\"},\"message\":\"hello\"";

    public static TheoryData<string, bool> Conditions { get; } = new()
    {
        { "a", true },
        { "x", false },
        { "a and b", true },
        { "a and x", false },
        { "a or x", true },
        { "x or y", false },
        { "not x", true },
        { "not a", false },
        { "not not a", true },
        { "a AND NOT x", true },
        // and binds more than or
        { "a or x and y", true },
        { "x and y or a", true },
        { "(a or x) and y", false },
        // not binds more than and
        { "not x and y", false },
        { "not (x and y)", true },
        { "not x or y", true },
        { "a and not x or y", true },
        { "y or not (a and b)", false },
        { "((a))", true },
        { "( a and(b) )", true },
        { "1 of them", true },
        { "any of them", true },
        { "all of them", false },
        { "1 of sel_*", true },
        { "all of sel_*", true },
        { "all of mix_*", false },
        { "1 of mix_*", true },
        { "any of mix_*", true },
        { "not 1 of mix_*", false },
        { "not all of mix_*", true },
        { "a and not 1 of x*", true },
        { "1 of *_1", true },
        { "all of *_2", false },
        { "1 of sel_* and not all of mix_*", true },
        { "1 of _hidden", false },
        { "[x, a]", true },
        { "[x, y]", false },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void A_condition_holds_as_the_specification_says(string condition, bool holds)
    {
        var rule = $"title: t\nlogsource: {{product: android}}\ndetection:\n{Selections}  condition: {condition}\n";
        Assert.Equal(holds ? 1 : 0, SigmaBench.Run(rule, [SigmaBench.Line(0, Attributes)]).Count);
    }

    [Theory]
    [InlineData("all of them", "  a: {message: hello}\n  _b: {message: bye}\n", true)]
    [InlineData("1 of them", "  a: {message: bye}\n  _b: {message: hello}\n", false)]
    public void Them_leaves_out_what_begins_with_an_underscore(string condition, string selections, bool holds)
    {
        var rule = $"title: t\nlogsource: {{product: android}}\ndetection:\n{selections}  condition: {condition}\n";
        Assert.Equal(holds ? 1 : 0, SigmaBench.Run(rule, [SigmaBench.Line(0, Attributes)]).Count);
    }

    public static TheoryData<string, string, bool> Shapes { get; } = new()
    {
        { "all items of a map", "{message: hello, http_request.user_agent: Torch}", true },
        { "not all items of a map", "{message: hello, http_request.user_agent: Lamp}", false },
        { "one map of a list", "[{message: bye}, {message: hello}]", true },
        { "no map of a list", "[{message: bye}, {message: ciao}]", false },
        { "all items of one map of a list", "[{message: hello, http_request.user_agent: Lamp}, {message: bye}]", false },
        { "keywords are any", "[nothing, ell]", true },
        { "keywords stand anywhere", "[orc]", true },
        { "keywords do not look at case", "[HELLO]", true },
        { "keywords that are nowhere", "[nothing, nowhere]", false },
        { "a keyword with a wildcard", "['h*o']", true },
        { "a keyword that is an app", "[com.example.torch]", true },
        { "a keyword and a map in one list", "[nothing, {message: hello}]", true },
        { "keywords, all of them", "{'|all': [hello, Torch]}", true },
        { "keywords, not all of them", "{'|all': [hello, Lamp]}", false },
        { "keywords by expression", "{'|re': ['^h.l+o$']}", true },
        { "keywords by expression, all", "{'|re|all': ['^hel', 'orc']}", true },
        { "keywords with case", "{'|cased': [HELLO]}", false },
        { "keywords encoded", "{'|base64offset': [secret]}", false },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_selection_joins_its_items_as_the_specification_says(string what, string selection, bool holds)
    {
        Assert.NotEmpty(what);
        var rule = $"title: t\nlogsource: {{product: android}}\ndetection:\n  sel: {selection}\n  condition: sel\n";
        Assert.Equal(holds ? 1 : 0, SigmaBench.Run(rule, [SigmaBench.Line(0, Attributes)]).Count);
    }
}

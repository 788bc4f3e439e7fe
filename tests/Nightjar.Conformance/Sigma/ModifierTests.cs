using Xunit;

namespace Nightjar.Conformance.Sigma;

/// <summary>Every modifier means what Sigma's specification 2.1 says, through the loader, the reader and the engine.</summary>
public sealed class ModifierTests
{
    public static IEnumerable<ITheoryDataRow> Cases => [.. TextCases.All, .. ValueCases.All];

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_item_matches_as_the_specification_says(string what, string item, string attributes, bool matches)
    {
        Assert.NotEmpty(what);
        var rule = $"title: t\nlogsource: {{product: android}}\ndetection:\n  sel:\n    {item}\n  condition: sel\n";
        Assert.Equal(matches ? 1 : 0, SigmaBench.Run(rule, [SigmaBench.Line(0, attributes)]).Count);
    }

    [Fact]
    public void There_are_at_least_150_cases() => Assert.True(Cases.Count() >= 150);
}

using Nightjar.Analytics.Tuning;
using Xunit;

namespace Nightjar.Conformance.Sigma;

/// <summary>Placeholders are tunables: nothing until somebody sets them, then each of their values.</summary>
public sealed class PlaceholderTests
{
    [Theory]
    [InlineData("'%host%'", "drop.example", true)]
    [InlineData("'%host%'", "lamp.example", true)]
    [InlineData("'%host%'", "other.example", false)]
    [InlineData("'www.%host%'", "www.drop.example", true)]
    [InlineData("'www.%host%'", "drop.example", false)]
    [InlineData("'%host%.%zone%'", "drop.example.net", true)]
    [InlineData("['other.example', '%host%']", "other.example", true)]
    [InlineData("'\\%host\\%'", "drop.example", false)]
    [InlineData("'%wild%'", "deep.wild.example", true)]
    public void A_placeholder_stands_for_its_values(string value, string host, bool matches) =>
        Assert.Equal(matches ? 1 : 0, SigmaBench.Run(Rule(value), [SigmaBench.Line(0, $"\"dst_endpoint\":{{\"hostname\":\"{host}\"}}")], new Values()).Count);

    [Fact]
    public void One_that_nobody_set_matches_nothing_and_is_told()
    {
        Assert.Empty(SigmaBench.Run(Rule("'%host%'"), [SigmaBench.Line(0, "\"dst_endpoint\":{\"hostname\":\"drop.example\"}")]));
        var set = SigmaBench.Load(Rule("'%host%'"), new Events.SymbolTable());
        Assert.Contains(set.Diagnostics, item => item.Code == "NJ2067" && item.Reason.Contains("%host%", StringComparison.Ordinal));
    }

    private static string Rule(string value) => $"title: t\nlogsource: {{product: android}}\ndetection:\n  sel: {{dst_endpoint.hostname|expand: {value}}}\n  condition: sel\n";

    private sealed class Values : ITuning
    {
        public TunableSetting? Find(string analytic, string name) => name switch
        {
            "host" => new TunableSetting(["drop.example", "lamp.example"], "test"),
            "zone" => new TunableSetting(["net"], "test"),
            "wild" => new TunableSetting(["*.wild.example"], "test"),
            _ => null,
        };
    }
}

using Nightjar.Knowledge;
using Nightjar.Scenarios;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Tests.Scenarios;

/// <summary>Every mutable element of ATT&amp;CK is there under its name, and setting it otherwise changes the verdict of a scenario.</summary>
public sealed class TunablesTests
{
    private static readonly Lazy<IReadOnlyList<TunableEffect>> Effects = new(() => ScenarioSuite.Tune(RepositoryScenarios.Files, RepositoryScenarios.Analytics, ReferenceData.Shipped));

    /// <summary>The mutable elements as ATT&amp;CK 19.1 names them.</summary>
    public static TheoryData<string, string> Elements => new()
    {
        { "AN1677", "TimeWindowSeconds ContentTypeList WritablePathRegex PayloadEntropyThreshold KnownGoodCDNAllowlist KnownGoodLoaderAllowlist JSInterfaceNameList UserContext" },
        { "AN1678", "TimeWindowSeconds ContentTypeList WritablePathRegex PayloadEntropyThreshold KnownJITAllowlist WritableLoadPathRegex UnsignedExecPolicy UserContext" },
        { "AN1848", "TimeWindow AllowedAppList AllowedDestinationList AllowedPathList IngressBytesThreshold ForegroundStateRequired FileTypeRiskPatterns" },
        { "AN1849", "TimeWindow AllowedAppList AllowedDestinationList AllowedContainerPatterns IngressBytesThreshold ForegroundStateRequired ArtifactRiskPatterns" },
        { "AN1762", "TimeWindow AllowedCryptoApps ForegroundStateRequired KeyGenerationThreshold PayloadSizeVariance" },
        { "AN1763", "TimeWindow AllowedAppList HandshakePatternThreshold ForegroundStateRequired" },
        {
            "AN1770",
            "TimeWindow AllowedAppList AllowedServiceClasses AllowedDestinations ForegroundStateRequired RecentUserInteractionWindow BeaconIntervalTolerance UplinkBytesThreshold ExpectedBackgroundBehavior"
        },
        {
            "AN1771",
            "TimeWindow SupervisedRequired AllowedManagedApps AllowedServiceClasses AllowedDestinations BackgroundRefreshBaseline RecentUserInteractionWindow BeaconIntervalTolerance UplinkBytesThreshold"
        },
    };

    [Theory]
    [MemberData(nameof(Elements))]
    public void Every_mutable_element_is_there_and_changes_a_verdict(string analytic, string elements)
    {
        var effects = Effects.Value.Where(effect => effect.Analytic == analytic).ToDictionary(effect => effect.Tunable);
        Complaints.None(elements.Split(' ').Where(name => !effects.ContainsKey(name)).Select(name => $"{analytic} lacks {name}."));
        Complaints.None(effects.Values.Where(effect => effect.Scenario is null).Select(effect => $"No scenario of {analytic} shows what {effect.Tunable} does."));
        Assert.Equal(elements.Split(' ').Order(StringComparer.Ordinal), ReferenceData.Shipped.Attack.Analytic(analytic)!.MutableElements.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_tunable_that_changes_nothing_is_told()
    {
        var analytic = SmallSuite.Analytic(rest: "");
        var idle = analytic with { Text = analytic.Text.Replace("  stages:\n", "    Idle: {type: bytes, default: 5, description: Nothing.}\n  stages:\n", StringComparison.Ordinal).Replace("where: module", "where: Idle >= 0 and module", StringComparison.Ordinal) };
        var effects = ScenarioSuite.Tune([new ScenarioSource("small/scenarios/fires-a.yml", SmallSuite.WriteThenLoad.Replace("+1 load", "+40 load", StringComparison.Ordinal))], [idle], ReferenceData.Shipped);
        Assert.Equal(["Window fires-a 60 quiet", "Idle   "], effects.Select(effect => $"{effect.Tunable} {effect.Scenario} {effect.Before} {effect.After}"));
    }
}

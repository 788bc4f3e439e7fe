using Nightjar.Knowledge;
using Xunit;

namespace Nightjar.Tests.Knowledge;

public sealed class AttackAliasesTests
{
    private static readonly AttackAliases Aliases = ReferenceData.Shipped.AttackAliases;

    [Theory]
    [InlineData("KnownGoodLoadersAllowlist", "KnownGoodLoaderAllowlist"), InlineData("MobiledEDR:telemetry", "MobileEDR:telemetry"), InlineData("android:MDMLog ", "android:MDMLog")]
    [InlineData("TimeWindow", "TimeWindow"), InlineData("TimeWindowSeconds", "TimeWindowSeconds"), InlineData(" NSM:FLow ", "NSM:Flow"), InlineData("anything else", "anything else")]
    public void A_name_has_one_official_form(string name, string official) => Assert.Equal(official, Aliases.Official(name));

    [Fact]
    public void The_other_names_are_told_of_the_official_one_alone()
    {
        Assert.Equal(["linus:syslog", "linuxsyslog"], Aliases.AliasesOf("linux:syslog"));
        Assert.Empty(Aliases.AliasesOf("linuxsyslog"));
    }

    [Fact]
    public void A_file_of_the_users_adds_to_them()
    {
        var own = Texts.Over(("attack/aliases.acme.yml", "mutable_elements: {AllowedAppList: [AcmeApps]}\n")).AttackAliases;
        Assert.Equal(["AcmeApps", "AllowlistedBundles", "AllowlistedPackages"], own.AliasesOf("AllowedAppList"));
        Assert.Equal("AllowedAppList", own.Official("AcmeApps"));
    }

    [Theory]
    [InlineData("mutable_elements: {AllowedAppList: [AllowlistedBundles]}", "'AllowlistedBundles' is an alias already.")]
    [InlineData("mutable_elements: {AllowlistedBundles: [X]}", "'AllowlistedBundles' is an alias already, so it cannot have aliases.")]
    [InlineData("mutable_elements: {X: [AllowedAppList]}", "'AllowedAppList' is an official name, so it can be no alias.")]
    [InlineData("mutable_elements: {X: [X]}", "'X' is an alias already.")]
    [InlineData("log_sources: {X: {a: b}}", "This is a mapping where a list is expected.")]
    public void A_name_that_would_lead_to_two_is_refused(string text, string reason) =>
        Assert.Equal(reason, Assert.Single(Texts.DiagnosticsOf("attack/aliases.acme.yml", text)).Reason);
}

using Nightjar.Context;
using Nightjar.Events;
using Nightjar.Tests.Engine;
using Xunit;

namespace Nightjar.Tests.Context;

/// <summary>What is known of an installed app after each event, and which differences are drifts.</summary>
public sealed class InstallationTests
{
    private const string App = "com.example.torch";

    private readonly SymbolTable _symbols = new();

    [Theory]
    [InlineData("1.9", "1.10", true)]
    [InlineData("1.10", "1.9", false)]
    [InlineData("v1.2", "1.2.1", true)]
    [InlineData("1.2-beta", "1.2", false)]
    [InlineData("41", "42", true)]
    [InlineData("41", "4.2", false)]
    [InlineData("1.2", "4711", false)]
    [InlineData("", "1.0", false)]
    [InlineData("unknown", "1.0", false)]
    [InlineData("1.99999999999999999999", "2.0", false)]
    [InlineData("1.1.1.1.1.1.1.1.1", "1.1.1.1.1.1.1.2", true)]
    public void Versions_are_ordered_by_their_numbers_where_both_have_one_form(string version, string than, bool isLower) =>
        Assert.Equal(isLower, VersionOrder.IsLower(version, than));

    [Fact]
    public void A_removal_takes_version_and_permissions_and_an_installation_brings_the_app_back()
    {
        var installation = Learned(new EventLine(_symbols)
            .Add(0, EventClass.ApplicationLifecycle, 1, App, "", (FieldId.AppVersion, "1.0"), (FieldId.AppSigner, "aa"))
            .Add(5, EventClass.UserAccess, 1, App, "")
            .Add(10, EventClass.ApplicationLifecycle, 2, App, ""));
        Assert.True(installation.Version.IsNone);
        Assert.Null(installation.Permissions);
        Assert.Equal(EventLine.Start + TimeSpan.FromSeconds(10), installation.Removed);
        Assert.Equal("aa", _symbols.Text(installation.Signer));
    }

    [Fact]
    public void A_drift_says_when_what_and_from_what_to_what()
    {
        var installation = Learned(new EventLine(_symbols)
            .Add(0, EventClass.SoftwareInfo, 2, App, "", (FieldId.AppSigner, "aa"))
            .Add(60, EventClass.SoftwareInfo, 2, App, "other", (FieldId.AppSigner, "bb")));
        var drift = Assert.Single(installation.Drifts.All);
        Assert.Equal((DriftKind.Signer, EventLine.Start + TimeSpan.FromSeconds(60), "aa", "bb"), (drift.Kind, drift.Time, _symbols.Text(drift.From), _symbols.Text(drift.To)));
    }

    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a", "b", false)]
    public void Versions_and_roles_are_compared_within_one_source(string first, string second, bool isDrift)
    {
        var installation = Learned(new EventLine(_symbols)
            .Add(0, EventClass.SoftwareInfo, 2, App, first, (FieldId.AppVersion, "2.0"), (FieldId.AppCategory, "game"))
            .Add(60, EventClass.SoftwareInfo, 2, App, second, (FieldId.AppVersion, "1.0"), (FieldId.AppCategory, "communication")));
        Assert.Equal(isDrift ? [DriftKind.Role, DriftKind.Version] : [], installation.Drifts.All.Select(drift => drift.Kind));
    }

    [Fact]
    public void The_same_statement_again_changes_nothing()
    {
        var batch = new EventLine(_symbols).Add(0, EventClass.SoftwareInfo, 2, App, "", (FieldId.AppSigner, "aa"), (FieldId.AppVersion, "1.0")).Batch();
        var installation = new Installation();
        var rules = DriftRules.Shipped(_symbols);
        Assert.True(installation.Learn(batch[0], rules));
        Assert.False(installation.Learn(batch[0], rules));
    }

    [Fact]
    public void Each_kind_of_drift_has_a_word() =>
        Assert.All(DriftKinds.All, kind => Assert.Equal(kind, DriftKinds.Parse(kind.Name())));

    private Installation Learned(EventLine line)
    {
        var batch = line.Batch();
        var installation = new Installation();
        for (var i = 0; i < batch.Count; i++) installation.Learn(batch[i], DriftRules.Shipped(_symbols));
        return installation;
    }
}

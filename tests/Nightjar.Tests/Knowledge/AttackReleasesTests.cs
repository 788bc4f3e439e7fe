using Nightjar.Knowledge;
using Xunit;

namespace Nightjar.Tests.Knowledge;

public sealed class AttackReleasesTests
{
    [Fact]
    public void The_newest_is_by_number_and_not_by_letter()
    {
        var releases = Texts.Over(Release("20.2"), Release("20.10"), Release("9.0")).AttackReleases;
        Assert.Equal(["9.0", "18.1", "19.1", "20.2", "20.10"], releases.Names);
        Assert.Equal("20.10", releases.Newest.Release);
    }

    [Fact]
    public void A_release_of_the_users_stands_beside_the_shipped_ones()
    {
        var data = Texts.Over(Release("17.1"));
        Assert.Equal("TA9001", Assert.Single(data.AttackReleases.Find("17.1")!.Objects).Id);
        Assert.NotNull(data.AttackReleases.Find("19.1")!.Analytic("AN1848"));
        Assert.Equal("19.1", data.Attack.Release);
    }

    [Fact]
    public void One_is_read_when_it_is_asked_for_and_not_before()
    {
        var files = new ReferenceFiles(ReferenceData.ShippedFiles);
        var releases = AttackReleases.Open(files);
        Assert.Empty(files.Origins);
        Assert.Same(releases.Find("19.1"), releases.Newest);
        Assert.Equal("attack/mobile-19.1.json", Assert.Single(files.Origins).Path);
    }

    [Theory]
    [InlineData("attack/mobile-.json"), InlineData("attack/mobile-x.json"), InlineData("attack/mobile-19..1.json"), InlineData("attack/mobile-123456.json"), InlineData("attack/mobile.json")]
    public void A_name_that_is_no_release_is_not_read(string path) => Assert.Equal("NJ1002", Assert.Single(Texts.DiagnosticsOf(path, "{}")).Code);

    [Fact]
    public void What_is_not_at_hand_is_null() => Assert.Null(ReferenceData.Shipped.AttackReleases.Find("17.0"));

    private static (string, string) Release(string name) =>
        ($"attack/mobile-{name}.json", $$"""{"nightjar_attack": 1, "about": {"version": "{{name}}"}, "tactics": [{"id": "TA9001", "name": "Hiding"}]}""");
}

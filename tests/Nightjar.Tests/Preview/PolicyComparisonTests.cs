using Nightjar.Cli.Terminal;
using Nightjar.Preview;
using Xunit;
using static Nightjar.Tests.Preview.PreviewBench;

namespace Nightjar.Tests.Preview;

/// <summary>What becomes of findings when the policy changes.</summary>
public sealed class PolicyComparisonTests
{
    private static readonly string AHidden = "exceptions:\n" + Exception("a1", $"analytics: [P1], apps: [{A}]");

    [Fact]
    public void A_finding_that_an_exception_hides_is_lost_to_it()
    {
        var comparison = new PreviewBench().Flow(0, A, "x.example").Flow(0, B, "x.example").Compare(null, AHidden);
        var change = Assert.Single(comparison.Changes);
        Assert.Equal((FindingChangeKind.Lost, A, 1), (change.Kind, change.Before!.App, comparison.Unchanged));
        Assert.Equal(["a1"], change.HiddenBy);
        Assert.Equal([new ChangeCount(A, 1, 0, 0, 1, 0), new ChangeCount(B, 1, 1, 0, 0, 0)], comparison.ByApp);
        Assert.Equal([new ChangeCount("P1", 2, 1, 0, 1, 0)], comparison.ByAnalytic);
    }

    [Theory]
    [InlineData(null, "exception a1 is gone")]
    [InlineData("exceptions:\n- {id: a1, analytics: [P1], apps: [com.example.a], destinations: [other.example], reason: known, owner: us, created: 2026-01-01, expires: '2027-01-01'}", "exception a1 covers it no longer")]
    [InlineData("exceptions:\n- {id: a1, analytics: [P1], apps: [com.example.a], reason: known, owner: us, created: 2026-01-01, expires: '2026-02-01'}", "exception a1 has expired by then")]
    public void A_finding_that_is_hidden_no_longer_is_gained_and_says_why(string? after, string why)
    {
        var change = Assert.Single(new PreviewBench().Flow(0, A, "x.example").Compare(AHidden, after).Changes);
        Assert.Equal(FindingChangeKind.Gained, change.Kind);
        Assert.Equal(["a1"], change.HiddenBy);
        Assert.Equal([why], change.Why);
    }

    [Fact]
    public void A_finding_that_another_value_no_longer_matches_names_the_value()
    {
        var change = Assert.Single(new PreviewBench().Flow(0, A, "x.example").Compare(null, $"tunables: [{{analytics: [P1], apps: [{A}], set: {{Least: 1MiB}}}}]").Changes);
        Assert.Equal(FindingChangeKind.Lost, change.Kind);
        Assert.Equal([$"Least 10KiB → 1MiB (policy.yml:2 (app {A}))"], change.Why);
    }

    [Fact]
    public void What_became_allowed_is_named()
    {
        var change = Assert.Single(new PreviewBench().Flow(0, A, "x.example").Compare(null, $"allow: [{{apps: [{A}], destinations: [x.example]}}]").Changes);
        Assert.Equal(["now allowed: x.example"], change.Why);
    }

    [Fact]
    public void Another_score_is_told_with_the_contribution_that_changed()
    {
        var change = Assert.Single(new PreviewBench().Flow(0, A, "x.example").Compare(null, $"apps: [{{app: {A}, roles: [browser]}}]").Changes);
        Assert.Equal((FindingChangeKind.Rescored, 60, 67), (change.Kind, change.Before!.Score, change.After!.Score));
        Assert.Equal([new ScoreChange("browser", 0, 7, "it is a browser")], change.Scores);
        Assert.Equal(["roles unknown → browser"], change.Why);
    }

    [Fact]
    public void A_finding_that_begins_elsewhere_is_still_the_same()
    {
        // The first flow is too small for the new value; the finding begins with the second.
        var bench = new PreviewBench().Flow(0, A, "x.example").Flow(5, A, "x.example", 90_000).Flow(8, A, "x.example");
        var comparison = bench.Compare("tunables: [{analytics: [P1], set: {Least: 64KiB}}]", null);
        Assert.Empty(comparison.Changes);
        Assert.Equal(1, comparison.Unchanged);
        Assert.NotEqual(comparison.Before.Reported[0].Uid, comparison.After.Reported[0].Uid);
    }

    [Fact]
    public void Of_two_exceptions_that_hide_together_neither_hid_it_alone()
    {
        var both = AHidden + Exception("a2", "analytics: [P1], destinations: [x.example]") + Exception("never", "analytics: [P2], destinations: [x.example]") + Exception("over", "analytics: [P1], destinations: [y.example]", "2026-02-01");
        var uses = new PreviewBench().Flow(0, A, "x.example").Flow(200, B, "x.example").Flow(400, B, "y.example").Compare(null, both).ExceptionsAfter;
        Assert.Equal([("a1", 1, 0), ("a2", 2, 1), ("never", 0, 0), ("over", 0, 0)], uses.Select(use => (use.Account.Id, use.Account.Hidden, use.Alone.Count)));
        Assert.Equal(B, uses[1].Alone[0].App);
        Assert.Equal(1, uses[3].Account.MissedAfterExpiry);
    }

    [Fact]
    public void Findings_count_for_every_group_of_their_device()
    {
        const string Groups = "groups: {lab: {devices: [phone-1]}, all: {devices: ['phone-*']}}\nexceptions:\n";
        var comparison = new PreviewBench().Flow(0, A, "x.example").Flow(0, A, "x.example", device: "phone-2")
            .Compare(null, Groups + Exception("a1", "analytics: [P1], groups: [lab], destinations: [x.example]") + Exception("a2", "analytics: [P2], groups: [all], destinations: [x.example]"));
        Assert.Equal([new ChangeCount("all", 2, 1, 0, 1, 0), new ChangeCount("lab", 1, 0, 0, 1, 0)], comparison.ByGroup);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Threads_make_no_difference(int threads)
    {
        var bench = new PreviewBench();
        for (var i = 0; i < 40; i++) bench.Flow(i * 100, i % 2 == 0 ? A : B, $"h{i % 3}.example", device: $"phone-{i % 7}");
        Assert.Equal(Told(bench.Compare(null, AHidden)), Told(bench.Compare(null, AHidden, threads)));
    }

    private static string Told(PolicyComparison comparison)
    {
        var stream = new MemoryStream();
        PreviewJson.Write(comparison, stream);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}

using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Tests.Scenarios;

/// <summary>A quiet scenario that says why is quiet for that reason and no other.</summary>
public sealed class BecauseTests
{
    private const string Written = "events: |\n  +0 file_create file.path=/data/data/com.example.torch/files/a.dex\n";
    private const string Loaded = "  +10 load module.file.path=/data/data/com.example.torch/files/a.dex\n";
    private const string Other = "  +10 load module.file.path=/data/data/com.example.torch/files/b.dex\n";
    private const string Late = "  +90 load module.file.path=/data/data/com.example.torch/files/a.dex\n";
    private const string Before = "  -10 load module.file.path=/data/data/com.example.torch/files/a.dex\n";

    [Theory]
    [InlineData("missing: load", Written)]
    [InlineData("blind: load", Written)]
    [InlineData("condition: module.file.path == write.file.path", Written + Other)]
    [InlineData("time: window", Written + Late)]
    [InlineData("time: order", Written + Before)]
    [InlineData("exception: plain", "defaults: {app: com.example.plain}\n" + Written + Loaded)]
    [InlineData("tunable: Window", "tunables: {Window: 5s}\n" + Written + Loaded)]
    [InlineData("{exception: plain, time: window}", "defaults: {app: com.example.plain}\n" + Written + Late)]
    public void A_true_reason_is_accepted(string because, string rest) => Assert.Empty(Failures(because, rest));

    [Theory]
    [InlineData("missing: write", Written, "It is quiet without the missing write too.")]
    [InlineData("time: window", Written + Other, "It is quiet without the window too.")]
    [InlineData("exception: plain", Written, "It is quiet without the exception `plain` too.")]
    [InlineData("blind: load", Written + Other, "load could have been seen: it is missing, not blind.")]
    [InlineData("{exception: plain, time: window}", Written + Late, "It needs not be quiet for the exception `plain`: it fires without the rest.")]
    [InlineData("score: 30", Written + Late, "It is quiet without a score of 30 too.")]
    public void A_false_one_is_told(string because, string rest, string expected) => Assert.Equal([expected], Failures(because, rest));

    [Theory]
    [InlineData("{exception: plian}", "3:22 NJ2615 T1 has no exception `plian`.")]
    [InlineData("{missing: laod}", "3:20 NJ2615 T1 has no chain in which `laod` stands beside another stage.")]
    [InlineData("{too_few: load}", "3:20 NJ2615 T1 requires no number of `load`.")]
    [InlineData("{seen: load}", "3:17 NJ2615 T1 does not ask that `load` be absent.")]
    [InlineData("{condition: size > 5}", "3:22 NJ2615 T1 has no condition `size > 5`.")]
    [InlineData("{tunable: Window}", "3:20 NJ2615 The scenario sets no `Window`.")]
    [InlineData("{time: late}", "3:10 NJ2613 `late` is no time.")]
    [InlineData("{score: low}", "3:10 NJ2613 `low` is no score.")]
    [InlineData("{reason: load}", "3:11 NJ2611 `reason` is not known here.|3:10 NJ2612 `because` names nothing.")]
    [InlineData("{missing: [load, load, load, load, load, load, load, load, load, load, load]}", "3:10 NJ2602 `because` names 11 things; at most 10 are proved.")]
    [InlineData("load", "3:10 NJ2612 `because` is a text where a mapping is expected.")]
    public void A_reason_that_cannot_be_is_a_mistake(string because, string expected) =>
        Assert.Equal(expected.Split('|').Order(), SmallSuite.Run(Small, ("quiet-a.yml", Head(because) + Written)).Diagnostics
            .Where(item => item.Code != "NJ2052").Select(item => $"{item.Line}:{item.Column} {item.Code} {item.Reason}").Order());

    [Fact]
    public void One_that_fires_cannot_say_why_it_is_quiet() =>
        Assert.Contains(SmallSuite.Run(Small, ("fires-a.yml", Head("{missing: load}") + Written)).Diagnostics, item => item.Code == "NJ2613");

    [Theory]
    [InlineData("attended chat app", "chat-attachment-opened", "in-use-without-a-trigger", "chat-with-end-to-end-encryption", "call-in-use")]
    [InlineData("photo upload", "photo-upload-by-its-user", "photo-upload-at-night", "photo-upload", "photo-shared-where-use-is-expected")]
    [InlineData("browser download", "browser-download-by-its-user", "browser-download", "browser")]
    [InlineData("mail sync", "mail-sync-in-background", "mail-attachment-in-background")]
    [InlineData("VPN handshake", "vpn-handshake")]
    [InlineData("authenticator enrolment", "authenticator-enrolment")]
    [InlineData("game asset pack", "game-assets")]
    [InlineData("plug-in framework with vetted code", "plug-in-framework-with-reviewed-code", "reviewed-code", "plug-in-framework")]
    public void Each_look_alike_is_quiet_for_a_proven_reason(string what, params string[] names)
    {
        var results = RepositoryScenarios.Report.Results.Where(result => names.Any(name => result.Scenario.Name == "quiet-" + name)).ToArray();
        Assert.NotEmpty(results);
        Complaints.None(names.Where(name => results.All(result => result.Scenario.Name != "quiet-" + name)).Select(name => $"{what}: quiet-{name} is missing."));
        Complaints.None(results.Where(result => result.Scenario.Because.Count == 0 || !result.HasPassed).Select(result => $"{what}: {result.Scenario.File} proves no reason."));
    }

    private static readonly Nightjar.Analytics.AnalyticSource Small =
        SmallSuite.Analytic(rest: "  allow:\n    - {name: plain, reason: It may., stages: [load], where: app == 'com.example.plain'}");

    private static string[] Failures(string because, string rest) =>
        [.. SmallSuite.Run(Small, ("quiet-a.yml", Head(because.StartsWith('{') ? because : $"{{{because}}}") + (rest.StartsWith("defaults", StringComparison.Ordinal) ? "" : "defaults: {app: com.example.torch}\n") + rest))
            .Results.Single().Failures.Select(failure => failure.What)];

    private static string Head(string because) => $"title: What happens\nreason: Because.\nbecause: {because}\n";
}

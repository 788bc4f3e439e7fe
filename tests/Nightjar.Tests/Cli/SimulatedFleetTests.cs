using System.Buffers;
using Nightjar.Baselines;
using Nightjar.Cli.Content;
using Nightjar.Cli.Scanning;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Knowledge;
using Nightjar.Simulation;
using Xunit;

namespace Nightjar.Tests.Cli;

/// <summary>Ten devices over thirty days: what a baseline takes away, and what it must not.</summary>
public sealed class SimulatedFleetTests(SimulatedFleet fleet) : IClassFixture<SimulatedFleet>
{
    private static readonly string[] WebServices = ["AN1770", "AN1771"];

    [Fact]
    public void Without_a_baseline_web_service_findings_on_innocent_apps_are_many_and_every_attack_is_found()
    {
        var card = Score(fleet.Without);
        Assert.All(WebServices, uid => Assert.True(Of(card, uid).OnInnocent >= 100));
        Assert.All(card.Analytics, score => Assert.Empty(score.Missed));
        Assert.Empty(card.LeftOut);
    }

    [Fact]
    public void The_baseline_takes_nine_of_ten_of_them_away_and_loses_no_attack()
    {
        var (before, after) = (Score(fleet.Without), Score(fleet.With));
        foreach (var uid in WebServices) Assert.True(Of(after, uid).OnInnocent * 10 <= Of(before, uid).OnInnocent, $"{uid}: {Of(before, uid).OnInnocent} and {Of(after, uid).OnInnocent}");
        Assert.All(after.Analytics, score => Assert.Empty(score.Missed));
        Assert.Equal(before.Analytics.Sum(score => score.Planted.Count), after.Analytics.Sum(score => score.Planted.Count));
    }

    [Theory]
    [InlineData("relay-poisoned", "torch-drop.s3.amazonaws.com")]
    [InlineData("relay-poisoned-ios", "green.workers.dev")]
    public void A_relay_that_was_talked_to_lightly_for_two_weeks_was_learned_and_is_not_normal(string name, string host)
    {
        var label = fleet.Labels.Single(item => item.Name == name);
        var domain = ReferenceData.Shipped.PublicSuffixes.RegistrableDomain(host);
        var cell = Assert.Single(fleet.Taught.Of(label.App), item => item.Kind == BaselineKind.Destination && item.Value == domain);
        Assert.Equal((14, 1L), (cell.Days, cell.Devices));
        var normal = new KnownNormal(fleet.Taught, BaselineRules.Default, fleet.Symbols, ReferenceData.Shipped.PublicSuffixes.RegistrableDomain, NothingNormal.Instance);
        var who = new EventHeader { App = fleet.Symbols.Intern(label.App), Device = fleet.Symbols.Intern(label.Device), Time = label.From };
        Assert.Equal(Tri.False, normal.HasBeenTo(in who, fleet.Symbols.Intern(host)));
        Assert.Contains(fleet.With.Findings, finding => finding.App == label.App && finding.Device.Uid == label.Device && label.IsWithin(finding.Start, finding.End));
    }

    [Fact]
    public void The_report_says_of_which_apps_normal_is_known()
    {
        Assert.False(fleet.Without.Summary.Baseline!.IsGiven);
        Assert.Equal(fleet.Without.Summary.Baseline.Apps, fleet.Without.Summary.Baseline.Absent.Count);
        var given = fleet.With.Summary.Baseline!;
        Assert.Equal(15, given.Mature);
        Assert.Equal(["com.example.wallpaper"], given.Young.Concat(given.Absent));
    }

    private Scorecard Score(ScanOutcome outcome) => Scorecard.Of(fleet.Labels, outcome.Findings, outcome.Summary.Span);

    private static AnalyticScore Of(Scorecard card, string uid) => card.Analytics.Single(score => score.Analytic == uid);
}

/// <summary>The fleet of the guide, scanned once with and once without what its first three weeks taught.</summary>
public sealed class SimulatedFleet : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nightjar-test-").FullName;
    private readonly SimulationSpec _spec = new();

    public SimulatedFleet()
    {
        var simulation = new FleetSimulation(_spec);
        var buffer = new ArrayBufferWriter<byte>();
        for (var day = 0; day < simulation.Days; day++)
        {
            buffer.ResetWrittenCount();
            simulation.Write(day, buffer);
            File.WriteAllBytes(Path.Combine(_folder, $"{simulation.DateOf(day)}.ndjson"), buffer.WrittenSpan);
        }
        Labels = simulation.Labels;
        var last = _spec.Start + TimeSpan.FromDays(22);
        Without = Scan(Baseline.Empty, last, null, isLearning: false);
        With = Scan(Scan(Baseline.Empty, null, null, isLearning: true).Learned!, last, null, isLearning: false);
        // Learned before either of the poisoned relays strikes.
        Taught = Scan(Baseline.Empty, null, _spec.Start + TimeSpan.FromDays(_spec.Days - 2), isLearning: true).Learned!;
    }

    internal SymbolTable Symbols { get; } = new();

    internal IReadOnlyList<AttackLabel> Labels { get; }

    internal ScanOutcome Without { get; }

    internal ScanOutcome With { get; }

    internal Baseline Taught { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ScanOutcome Scan(Baseline baseline, Instant? since, Instant? until, bool isLearning)
    {
        var symbols = new SymbolTable();
        var request = new ScanRequest { Paths = [_folder], Since = since, Until = until, Now = _spec.Start + TimeSpan.FromDays(60) };
        var normal = new KnownNormal(baseline, BaselineRules.Default, symbols, ReferenceData.Shipped.PublicSuffixes.RegistrableDomain, NothingNormal.Instance);
        return new ScanRun(request, Catalogue.Load(null, symbols, normal), symbols)
        {
            Baseline = baseline, Learn = isLearning ? () => new BaselineLearning(symbols, ReferenceData.Shipped) : null,
        }.Run(CancellationToken.None);
    }
}

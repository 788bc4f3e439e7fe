using Nightjar.Analytics;
using Nightjar.Calibration;
using Nightjar.Engine;
using Nightjar.Knowledge;
using Nightjar.Scenarios;
using Nightjar.Scenarios.Running;
using Nightjar.Tests.Scenarios;
using Xunit;

namespace Nightjar.Tests.Calibration;

/// <summary>Every number that is tunable in the analytics of the repository is observed in their own scenarios, wherever it is compared.</summary>
public sealed class ShippedTunablesTests
{
    // Places that no event of a scenario decides, each with its reason.
    private static readonly Dictionary<string, string> NeverDeciding = new(StringComparer.Ordinal)
    {
        ["AN1677 PayloadEntropyThreshold download"] = "Network sensors tell type and name of what was transferred; none that is read tells its entropy.",
        ["AN1678 PayloadEntropyThreshold download"] = "The same.",
        ["AN1770 RecentUserInteractionWindow contact"] = "The exception foreground_is_expected asks it only where ForegroundStateRequired is true.",
    };

    private static readonly Lazy<Stands> Stands = new(() => new Stands(RepositoryScenarios.Analytics, ReferenceData.Shipped, new EngineOptions()));

    public static TheoryData<string> Analytics => [.. Stands.Value.Defaults.Analytics.Select(analytic => analytic.Uid)];

    [Theory]
    [MemberData(nameof(Analytics))]
    public void Every_number_that_is_tunable_is_observed_in_the_scenarios(string uid)
    {
        var stands = Stands.Value;
        var analytic = stands.Defaults.Analytics.Single(item => item.Uid == uid);
        var folder = ScenarioPaths.FolderOf(analytic.File);
        var scenarios = ScenarioSuite.Read(RepositoryScenarios.Files, stands, []).Scenarios.Where(item => item.Folder == folder);
        var stand = stands.For(folder, [])!;
        var studies = scenarios.SelectMany(scenario => Study(stand, stand.Of(folder)!, scenario)).ToList();

        var numeric = analytic.Tunables.Where(item => TunablePlaces.IsNumeric(item.Kind)).Select(item => item.Name);
        Assert.Equal([], numeric.Where(name => studies.All(study => study.Tunable.Name != name || study.Places.All(place => place.Numbers is null))));
        var unobserved = studies.SelectMany(study => study.Places, (study, place) => (Name: $"{uid} {study.Tunable.Name} {place.Where}", IsSeen: place.Numbers is not null))
            .GroupBy(item => item.Name, StringComparer.Ordinal).Where(group => !group.Any(item => item.IsSeen)).Select(group => group.Key);
        Assert.Equal(NeverDeciding.Keys.Where(name => name.StartsWith(uid, StringComparison.Ordinal)), unobserved);
    }

    private static IReadOnlyList<TunableStudy> Study(Stand stand, Analytic analytic, Scenario scenario)
    {
        stand.Normal.Current = scenario;
        var study = new ThresholdStudy([analytic], _ => stand.Set, stand.Symbols, new StudyOptions { Values = [] });
        study.Next();
        study.Process(stand.Batch(Trial.Of(scenario), analytic));
        study.Complete();
        return study.Results();
    }
}

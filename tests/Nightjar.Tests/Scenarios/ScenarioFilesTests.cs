using Nightjar.Analytics;
using Nightjar.Knowledge;
using Nightjar.Scenarios;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Tests.Scenarios;

/// <summary>Every scenario of the repository, with its near misses, its equivalences and the mutants of its analytic. There is no list.</summary>
/// <remarks><c>NIGHTJAR_APPROVE=1 ./test unit ScenarioFiles</c> takes the present golden texts over; then read the difference and commit it.</remarks>
public sealed class ScenarioFilesTests
{
    public static TheoryData<string> Scenarios =>
        [.. RepositoryScenarios.Files.Where(file => file.Path.EndsWith(".yml", StringComparison.Ordinal)).Select(file => file.Path)];

    /// <summary>An analytic may call itself stable only when its scenarios notice every change of it.</summary>
    public static TheoryData<string> Stable => [.. RepositoryScenarios.Analytics.Where(IsStable).Select(analytic => analytic.Path)];

    [Fact]
    public void No_analytic_and_no_scenario_has_a_mistake() =>
        Complaints.None(RepositoryScenarios.Report.Diagnostics.Where(item => item.Code != "NJ2052" || Stable.Any(row => row.Data == item.File)).Select(item => item.ToString()));

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_scenario_does_what_its_name_says(string file)
    {
        var result = RepositoryScenarios.Report.Results.SingleOrDefault(item => item.Scenario.File == file);
        Assert.True(result is not null, $"{file} has mistakes and was not run.");
        if (Approval.IsAsked && result.NewGolden is { } golden)
        {
            File.WriteAllText(Path.Combine(Repository.Root, golden.Path), golden.Text);
            return;
        }
        if (!result.HasPassed) Assert.Fail(string.Join('\n', result.Failures.Select(item => item.What + "\n" + item.Detail)));
    }

    [Theory]
    [MemberData(nameof(Stable))]
    public void Every_piece_of_an_analytic_is_missed_by_a_scenario_when_it_changes(string file)
    {
        var analytic = RepositoryScenarios.Analytics.Single(item => item.Path == file);
        var folder = Path.GetDirectoryName(file)!.Replace('\\', '/') + "/scenarios/";
        var report = ScenarioSuite.Mutate(RepositoryScenarios.Files.Where(item => item.Path.StartsWith(folder, StringComparison.Ordinal)), [analytic], ReferenceData.Shipped);
        Assert.NotEmpty(report.Mutants);
        Complaints.None(report.Unnoticed.Select(item => item.Change));
    }

    private static bool IsStable(AnalyticSource analytic) => analytic.Text.Contains("\nstatus: stable\n", StringComparison.Ordinal);
}

using Nightjar.Analytics;
using Nightjar.Knowledge;
using Nightjar.Scenarios;
using Nightjar.Tests.House;

namespace Nightjar.Tests.Scenarios;

/// <summary>The analytics of the repository with their scenarios, found by where they lie.</summary>
internal static class RepositoryScenarios
{
    public static IReadOnlyList<AnalyticSource> Analytics { get; } =
        [.. Repository.FilesUnder("analytics", "/analytic.yml").Select(path => new AnalyticSource(path, Repository.Read(path), Repository.Read(path.Replace("analytic.yml", "playbook.md", StringComparison.Ordinal))))];

    public static IReadOnlyList<ScenarioSource> Files { get; } =
        [.. Repository.FilesUnder("analytics", "").Where(path => path.Contains("/scenarios/", StringComparison.Ordinal)).Select(path => new ScenarioSource(path, Repository.Read(path)))];

    private static readonly Lazy<ScenarioReport> RunOnce = new(() => ScenarioSuite.Run(Files, Analytics, ReferenceData.Shipped));

    /// <summary>All of them, run once.</summary>
    public static ScenarioReport Report => RunOnce.Value;
}

using System.Text.RegularExpressions;
using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Knowledge;
using Nightjar.Scenarios;
using Nightjar.Scenarios.Running;
using Xunit;

namespace Nightjar.Tests.Scenarios;

/// <summary>Where nothing told whether anybody used the phone, no analytic that comes with Nightjar counts it as unattended, and the finding says "unknown".</summary>
public sealed partial class UnknownContextTests
{
    [Fact]
    public void Unknown_context_never_counts_as_unattended_and_the_finding_says_so()
    {
        var stands = new Stands(RepositoryScenarios.Analytics, ReferenceData.Shipped, new EngineOptions());
        var (scenarios, _) = ScenarioSuite.Read(RepositoryScenarios.Files, stands, []);
        var asked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var scenario in scenarios.Where(scenario => scenario.Kind == ScenarioKind.Fires))
        {
            var stand = stands.For(scenario.Folder, scenario.Tunables)!;
            var analytic = stand.Of(scenario.Folder)!;
            var names = ContributionsOfAttention(analytic.File);
            foreach (var finding in stand.Run(Trial.Of(scenario) with { Events = Untold(scenario) }, analytic))
            {
                Check(finding, names, scenario);
                asked.Add($"{finding.Analytic.Uid}: {string.Join(", ", finding.Contributions.Select(line => line.Name).Where(names.Contains))}");
            }
        }
        // AN1771 reports nothing where nothing is known: that nobody is there is what it looks for.
        Assert.Equal(
            ["AN1677: unattended", "AN1678: unattended", "AN1762: unattended", "AN1763: unattended", "AN1770: locked, no_recent_interaction", "AN1848: unattended", "AN1849: unattended"],
            asked.Order(StringComparer.Ordinal));
    }

    private static void Check(Finding finding, HashSet<string> names, Scenario scenario)
    {
        foreach (var line in finding.Contributions.Where(line => names.Contains(line.Name)))
        {
            Assert.True(line.State == Tri.Unknown, $"{scenario.File}: {line.Name} is {line.State}.");
            Assert.EndsWith(": unknown", line.Reason, StringComparison.Ordinal);
        }
        foreach (var fact in finding.Context.Where(fact => fact.Name is "app_state" or "is_device_locked" or "last_user_interaction"))
            Assert.True(fact.Value == "unknown", $"{scenario.File}: {fact.Name} is {fact.Value}.");
    }

    private static List<ScenarioEvent> Untold(Scenario scenario) =>
        [.. scenario.Events.Where(item => item.Class != EventClass.MobileState && (item.Class != EventClass.ApplicationLifecycle || item.Activity != 4))
            .Select(item => item with { State = Untold(item.State), LastInteraction = null })];

    private static StateBits Untold(StateBits state) => state with { AppState = AppState.Unknown, IsDeviceLocked = Tri.Unknown, IsScreenOn = Tri.Unknown };

    // The lines of the score whose condition asks whether the phone was in use.
    private static HashSet<string> ContributionsOfAttention(string file) =>
        [.. new[] { Block(), Line() }.SelectMany(form => form.Matches(RepositoryScenarios.Analytics.First(source => source.Path == file).Text))
            .Where(match => Attention().IsMatch(match.Groups["when"].Value)).Select(match => match.Groups["name"].Value)];

    [GeneratedRegex(@"- name: (?<name>\w+)\n(?:(?!      - name:).*\n)*?        when:(?<when>(?:.*\n)(?:          .*\n)*)")]
    private static partial Regex Block();

    [GeneratedRegex(@"- \{name: (?<name>\w+),.*when: (?<when>.*)\}")]
    private static partial Regex Line();

    [GeneratedRegex(@"\b(unattended|attended|in_background|idle|is_device_locked|app_state|is_screen_on)\b")]
    private static partial Regex Attention();
}

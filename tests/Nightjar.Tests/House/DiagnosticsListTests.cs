using System.Text;
using Nightjar.Analytics.Reading;
using Nightjar.Knowledge;
using Nightjar.Scenarios.Reading;
using Nightjar.Vetting;
using Xunit;

namespace Nightjar.Tests.House;

/// <summary>The manual's list of diagnostics is written from the rules themselves.</summary>
/// <remarks><c>NIGHTJAR_APPROVE=1 ./test unit DiagnosticsList</c> writes it anew; then read the difference and commit it.</remarks>
public class DiagnosticsListTests
{
    private const string Document = "docs/reference/diagnostics.md";

    private static IEnumerable<DiagnosticRule> All => ReferenceRules.All.Concat(Rules.All).Concat(ScenarioRules.All).Concat(VettingRules.All).OrderBy(rule => rule.Code, StringComparer.Ordinal);

    [Fact]
    public void The_list_is_that_of_the_rules()
    {
        var path = Path.Combine(Repository.Root, Document);
        if (Approval.IsAsked)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, Written());
        }
        Complaints.None(Approval.Differences(File.Exists(path) ? File.ReadAllText(path) : "", Written()));
    }

    [Fact]
    public void No_number_is_used_twice() => Assert.Equal(All.Count(), All.DistinctBy(rule => rule.Code).Count());

    private static string Written()
    {
        var text = new StringBuilder("# Diagnostics\n\nEvery mistake of an author that Nightjar tells, by its number. This page is written from the rules in the code.\n\n| number | | what it is | effect |\n|---|---|---|---|\n");
        foreach (var rule in All) text.Append($"| {rule.Code} | {rule.Severity.ToString().ToLowerInvariant()} | {Cell(rule.Title)} | {Cell(rule.Effect)} |\n");
        return text.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}

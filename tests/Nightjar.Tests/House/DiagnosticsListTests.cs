using Nightjar.Analytics.Reading;
using Nightjar.Knowledge;
using Nightjar.Scenarios.Reading;
using Xunit;

namespace Nightjar.Tests.House;

/// <summary>The list of diagnostics in the documents is made from the rules.</summary>
/// <remarks><c>NIGHTJAR_APPROVE=1 ./test unit DiagnosticsList</c> makes it anew; then read the difference and commit it.</remarks>
public sealed class DiagnosticsListTests
{
    private const string Document = "docs/reference/diagnostics.md";

    private static readonly (string Heading, IReadOnlyList<DiagnosticRule> Rules)[] Groups =
        [("Reference data", ReferenceRules.All), ("Analytics", Rules.All), ("Scenarios", ScenarioRules.All)];

    [Fact]
    public void The_list_is_that_of_the_rules()
    {
        if (Approval.IsAsked) File.WriteAllText(Path.Combine(Repository.Root, Document), Text());
        Assert.Equal(Text(), Repository.Read(Document).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Every_rule_of_the_library_is_in_the_list()
    {
        var all = typeof(DiagnosticRule).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static))
            .Where(field => field.FieldType == typeof(DiagnosticRule) && field.GetValue(null) is not null).Select(field => ((DiagnosticRule)field.GetValue(null)!).Code);
        Assert.Equal(all.Order(StringComparer.Ordinal), Groups.SelectMany(group => group.Rules).Select(rule => rule.Code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_rule_has_an_effect_and_a_hint() =>
        Complaints.None(Groups.SelectMany(group => group.Rules).Where(rule => rule.Effect.Length == 0 || rule.Hint.Length == 0).Select(rule => $"{rule.Code} lacks an effect or a hint."));

    private static string Text()
    {
        var text = new System.Text.StringBuilder("# Diagnostics\n\nEvery mistake that an author can be told of, by number. This list is made from the rules themselves.\n");
        foreach (var (heading, rules) in Groups)
        {
            text.Append($"\n## {heading}\n\n| number | | mistake | effect | what to do |\n|---|---|---|---|---|\n");
            foreach (var rule in rules.OrderBy(rule => rule.Code, StringComparer.Ordinal))
                text.Append($"| {rule.Code} | {rule.Severity.ToString().ToLowerInvariant()} | {Cell(rule.Title)} | {Cell(rule.Effect)} | {Cell(rule.Hint)} |\n");
        }
        return text.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);
}

using System.Reflection;
using Nightjar.Analytics.Reading;
using Nightjar.Knowledge;
using Nightjar.Sources.Mapping;
using Xunit;

namespace Nightjar.Tests.House;

/// <summary>The list of diagnostics in the documents is made from the rules.</summary>
/// <remarks><c>NIGHTJAR_APPROVE=1 ./test unit DiagnosticsList</c> makes it anew; then read the difference and commit it.</remarks>
public sealed class DiagnosticsListTests
{
    private const string Document = "docs/reference/diagnostics.md";

    private const BindingFlags Everywhere = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static;

    /// <summary>The classes of the library and the sources that hold rules, by their first number.</summary>
    private static readonly (string Heading, DiagnosticRule[] Rules)[] Groups =
    [
        .. new[] { typeof(DiagnosticRule), typeof(MappingRules) }.SelectMany(type => type.Assembly.GetTypes())
            .Select(type => (Type: type, Rules: type.GetFields(Everywhere).Where(field => field.FieldType == typeof(DiagnosticRule)).Select(field => (DiagnosticRule)field.GetValue(null)!).ToArray()))
            .Where(group => group.Rules.Length > 0).OrderBy(group => group.Rules.Min(rule => rule.Code), StringComparer.Ordinal)
            .Select(group => (Heading(group.Type), group.Rules)),
    ];

    [Fact]
    public void The_list_is_that_of_the_rules()
    {
        if (Approval.IsAsked) File.WriteAllText(Path.Combine(Repository.Root, Document), Text());
        Assert.Equal(Text(), Repository.Read(Document).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void No_number_is_given_twice() =>
        Complaints.None(Groups.SelectMany(group => group.Rules).GroupBy(rule => rule.Code).Where(group => group.Count() > 1).Select(group => $"{group.Key} is given twice."));

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

    // Knowledge.ReferenceRules is about reference, Analytics.Reading.Rules about analytics.
    private static string Heading(Type type) => type.Name == nameof(Rules) ? "Analytics" : type.Name[..^nameof(Rules).Length];

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);
}

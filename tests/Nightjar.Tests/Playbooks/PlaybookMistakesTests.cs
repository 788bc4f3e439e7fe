using Nightjar.Analytics;
using Nightjar.Analytics.Tuning;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Tests.Scenarios;
using Xunit;

namespace Nightjar.Tests.Playbooks;

/// <summary>Every mistake of a playbook's author has a number and a place, and all are told at once.</summary>
public sealed class PlaybookMistakesTests
{
    private const string Analytic = """
        title: Two stages
        status: test
        level: high
        logsource: {product: android}
        analytic:
          uid: T1
          version: 1.0.0
          attack: {release: "19.1", strategy: DET0618, techniques: [T1407]}
          within: 60s
          stages:
            - id: write
              detection: {s: {class_uid: 1001}, condition: s}
            - id: load
              optional: true
              score: 5
              after: write
              detection: {s: {class_uid: 1005, activity_id: 1}, condition: s}
          score: {base: 60}
          finding: {title: "{app}", description: "{state}"}
        """;

    /// <summary>Number, what is replaced, by what, line (0: the file as a whole), and a part of what is told.</summary>
    public static TheoryData<string, string, string, int, string> Cases { get; } = new()
    {
        { "NJ2080", "## Recover\n\n- Remove it.\n\n", "", 0, "`Recover` is missing." },
        { "NJ2080", "- Remove it.\n", "", 28, "`Recover` says nothing." },
        { "NJ2081", "## Preserve", "## Preserv", 10, "`Preserv` is no section. No finding carries the playbook. Did you mean `Preserve`?" },
        { "NJ2081", "## Report", "## Confirm", 32, "`Confirm` stands twice or after a later one." },
        { "NJ2081", "## Confirm\n", "Hello.\n\n## Confirm\n", 1, "Text stands before the first section." },
        { "NJ2082", "- Suspend {app}.\n:::\n", "- Suspend {app}.\n", 19, "stands inside another block." },
        { "NJ2082", "- Ask the user to stop {app}.\n:::\n", "- Ask the user to stop {app}.\n", 20, "`:::` is not closed before `Decide on the app`." },
        { "NJ2082", "## Recover\n", "## Recover\n:::\n", 29, "`:::` closes nothing." },
        { "NJ2082", "::: managed", "::: manged", 16, "`manged` is no kind of block." },
        { "NJ2082", "::: seen load", "::: seen laod", 0, "`laod`, which is no stage. No finding carries the playbook. Did you mean `load`?" },
        { "NJ2083", "{finding}", "{findng}", 34, "there is no `findng`. No finding carries the playbook. Did you mean `finding`?" },
        { "NJ2083", "{write.file.path}", "{write.file.pth}", 3, "there is no `write.file.pth`. No finding carries the playbook. Did you mean `file.path`?" },
        { "NJ2083", "{finding}", "{finding", 34, "`{` is not closed." },
        { "NJ2084", "- Remove it.", "- Remove {load.module.file.path}.", 30, "not every finding has seen `load`." },
        { "NJ2085", "- Remove it.", "- Remove [it](x).", 30, "Links are not of the form." },
        { "NJ2085", "- Remove it.", "- Remove <b>it</b>.", 30, "HTML" },
        { "NJ2085", "- Remove it.", "- See https://example.com.", 30, "`references`" },
        { "NJ2085", "- Remove it.", "- Remove *it*.", 30, "A single `*`" },
        { "NJ2085", "- Remove it.", "- Remove `it.", 30, "A code span is not closed." },
        { "NJ2085", "- Remove it.", "- Remove **it.", 30, "`**` is not closed." },
        { "NJ2085", "- Remove it.", "| a | b |", 30, "is not of the form." },
        { "NJ2086", "- Remove it.", "- Run `adb uninstall {app}`.", 30, "holds a brace" },
        { "NJ2087", "::: personal", "::: managed", 0, "There is no block `::: personal`." },
        { "NJ2088", "- Remove it.", "- Remove it." + new string('x', 40_000), 0, "characters." },
    };

    [Fact]
    public void A_sound_playbook_has_none() => Assert.Empty(Load(PlaybookTests.Sound).Diagnostics);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_mistake_is_told_with_its_place(string code, string what, string by, int line, string text)
    {
        var changed = PlaybookTests.Sound.Replace(what, by, StringComparison.Ordinal);
        Assert.NotEqual(PlaybookTests.Sound, changed);
        var told = Load(changed).Diagnostics;
        Assert.Contains(told, item => item.Code == code && item.File == "a/playbook.md" && item.Line == line && item.ToString().Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void All_mistakes_are_told_at_once_and_the_analytic_still_looks()
    {
        var set = Load("## Confirm\n\nA [link](x) and {nothing}.\n\n## Somewhere\n\n::: managed\nText.\n");
        Assert.Equal(["NJ2080", "NJ2081", "NJ2082", "NJ2083", "NJ2085", "NJ2087"], set.Diagnostics.Select(item => item.Code).Distinct().Order());
        Assert.Null(Assert.Single(set.Analytics).Playbook);
    }

    [Fact]
    public void An_alternative_or_a_block_answers_for_a_stage_that_may_be_missing() =>
        Assert.Empty(Load(PlaybookTests.Sound.Replace("- Remove it.", "- Remove {load.module.file.path|'the file'} or {load|write}.", StringComparison.Ordinal)).Diagnostics);

    [Fact]
    public void Every_analytic_of_ours_has_a_playbook_without_mistakes()
    {
        var set = AnalyticLoader.Load(RepositoryScenarios.Analytics, new SymbolTable(), ReferenceData.Shipped, DefaultTuning.Instance);
        Assert.DoesNotContain(set.Diagnostics, item => item.File.EndsWith("playbook.md", StringComparison.Ordinal));
        Assert.All(set.Analytics, analytic => Assert.NotNull(analytic.Playbook));
    }

    private static AnalyticSet Load(string playbook) =>
        AnalyticLoader.Load([new AnalyticSource("a/analytic.yml", Analytic, playbook)], new SymbolTable(), ReferenceData.Shipped, DefaultTuning.Instance);
}

using Nightjar.Scenarios;
using Xunit;

namespace Nightjar.Tests.Scenarios;

/// <summary>Which pieces of an analytic are changed, and when that is noticed.</summary>
public sealed class MutationTests
{
    private const string OtherFile = SmallSuite.Head + """
        events: |
          +0 file_create file.path=/data/data/com.example.torch/files/a.dex
          +1 load module.file.path=/data/data/com.example.torch/files/b.dex
        """;

    [Fact]
    public void A_condition_that_no_scenario_needs_is_found()
    {
        var report = SmallSuite.Mutate(SmallSuite.Analytic(), ("fires-a.yml", SmallSuite.WriteThenLoad));
        Assert.Contains(report.Unnoticed, item => item.Change == "stage load: `module.file.path == write.file.path` dropped");
        Assert.DoesNotContain(report.Unnoticed, item => item.Change == "stage load: `module.file.path == write.file.path` negated");
    }

    [Fact]
    public void The_scenario_that_needs_a_piece_is_named()
    {
        var reversed = SmallSuite.WriteThenLoad.Replace("+1 load", "-1 load", StringComparison.Ordinal);
        var report = SmallSuite.Mutate(SmallSuite.Analytic(), ("fires-a.yml", SmallSuite.WriteThenLoad), ("quiet-b.yml", OtherFile), ("quiet-c.yml", reversed));
        Assert.Equal("quiet-b", report.Mutants.Single(item => item.Change == "stage load: `module.file.path == write.file.path` dropped").NoticedBy);
        Assert.Equal("quiet-c", report.Mutants.Single(item => item.Change == "chain all: in any order").NoticedBy);
    }

    [Fact]
    public void A_value_is_halved_and_doubled_whatever_the_scenario_sets()
    {
        var slow = "tunables: {Window: 4m}\n" + SmallSuite.WriteThenLoad.Replace("+1 load", "+3m load", StringComparison.Ordinal);
        var report = SmallSuite.Mutate(SmallSuite.Analytic(), ("fires-a.yml", slow));
        Assert.Equal("fires-a", report.Mutants.Single(item => item.Change == "tunable Window: halved").NoticedBy);
        Assert.Null(report.Mutants.Single(item => item.Change == "tunable Window: doubled").NoticedBy);
    }

    [Fact]
    public void Exceptions_optional_stages_absences_and_alternatives_are_all_changed()
    {
        var analytic = SmallSuite.Analytic(where: "module.type == 'dex' or module.type == 'so' and writable(module.file.path)", rest: """
                - id: read
                  optional: true
                  score: 5
                  after: write
                  detection: {s: {class_uid: 1001, activity_id: 2}, condition: s}
                - id: gone
                  absent: {after: write, before: load}
                  detection: {s: {class_uid: 1001, activity_id: 4}, condition: s}
              allow:
                - {name: known, reason: It is., stages: [load], where: app == 'com.example.known'}
              suppress: 1h
            """);
        var changes = SmallSuite.Mutate(analytic, ("quiet-b.yml", OtherFile)).Mutants.Select(item => item.Change).ToList();
        Assert.Superset(
            new HashSet<string>
            {
                "chain all: in any order", "chain all: write dropped", "stage load: `module.type == 'dex' or module.type == 'so' and writable(module.file.path)` operand 1 dropped",
                "stage load: `module.type == 'dex' or module.type == 'so' and writable(module.file.path)` operand 2.2 dropped", "allow known: dropped", "score read: dropped",
                "score read: at any time", "absent gone: dropped", "absent gone: from the beginning", "absent gone: to the end", "window ten times as long",
                "suppressed a tenth of the time",
            },
            changes.ToHashSet());
        Assert.Equal(changes, SmallSuite.Mutate(analytic, ("quiet-b.yml", OtherFile)).Mutants.Select(item => item.Change));
    }
}

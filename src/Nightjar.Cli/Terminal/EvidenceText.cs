using Nightjar.Auditing;
using Nightjar.Events;
using Nightjar.Sinks;
using Nightjar.Sinks.Plain;
using Spectre.Console;

namespace Nightjar.Cli.Terminal;

/// <summary>What <c>evidence</c> prints: what the pack comes to, and its seal.</summary>
internal static class EvidenceText
{
    public static void Write(IAnsiConsole console, EvidencePack pack, string seal)
    {
        TerminalReport.Line(console, RunSentence.Found(pack.Result), TerminalReport.Bold);
        if (pack.Hidden.Count > 0) TerminalReport.Line(console, $"{SinkWords.Count(pack.Hidden.Count, "finding is", "findings are")} hidden by exceptions.");
        var unstated = HandlingTable.Unstated(pack).Count;
        if (unstated > 0) TerminalReport.Line(console, $"{SinkWords.Count(unstated, "reported finding has", "reported findings have")} no stated handling; --handling states it.");
        TerminalReport.Line(console, Scenarios(pack));
        TerminalReport.Heading(console, "Are we covered?");
        foreach (var answer in StrategyAnswer.Of(pack))
        {
            var since = answer.Since is { } day ? $", since {SinkWords.Day(day)}" : "";
            TerminalReport.Line(console, $"{answer.Strategy} {answer.Platform.Name()}: {AnswersPage.Say(answer.Covered)}{since}");
        }
        TerminalReport.Heading(console, "Seal");
        TerminalReport.Line(console, seal);
        TerminalReport.Line(console, "Keep it where the pack is not: nightjar evidence verify DIR --seal SEAL");
    }

    private static string Scenarios(EvidencePack pack)
    {
        var mutations = pack.Mutations is { } report
            ? $"{SinkWords.Number(report.Mutants.Count - report.Unnoticed.Count())} of {SinkWords.Count(report.Mutants.Count, "change")} to the analytics {(report.Mutants.Count == 1 ? "was" : "were")} noticed"
            : "changes to the analytics were not tried (--mutate)";
        return $"{SinkWords.Count(pack.Scenarios.Passed, "scenario")} passed, {SinkWords.Number(pack.Scenarios.Failed)} failed; {mutations}.";
    }
}

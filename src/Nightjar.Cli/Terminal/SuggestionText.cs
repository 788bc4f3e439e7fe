using Nightjar.Findings;
using Nightjar.Preview;
using Nightjar.Sinks;
using Spectre.Console;

namespace Nightjar.Cli.Terminal;

/// <summary>Suggested exceptions, ready to be pasted, with what each would hide beside what was chosen.</summary>
internal static class SuggestionText
{
    private const int MostShown = 10;

    public static void Write(SuggestionReport report, IAnsiConsole console, TextWriter to)
    {
        TerminalReport.Line(
            console,
            $"{SinkWords.Count(report.Suggestions.Count, "exception")} would hide {SinkWords.Number(report.Chosen.Count - report.Uncovered.Count)} of the {SinkWords.Count(report.Chosen.Count, "chosen finding")}.",
            TerminalReport.Bold);
        if (report.Suggestions.Count > 0)
        {
            TerminalReport.Line(console, "Below exceptions of the policy; reason and owner are yours to write, and no policy is taken without them:");
            to.WriteLine("\nexceptions:");
            // Not through the console: a line that it breaks could not be pasted.
            foreach (var suggestion in report.Suggestions) to.Write(suggestion.Yaml);
        }
        foreach (var suggestion in report.Suggestions) Write(suggestion, console);
        if (report.Uncovered.Count == 0) return;
        TerminalReport.Heading(console, "Remains visible");
        foreach (var item in report.Uncovered.Take(MostShown)) TerminalReport.Line(console, $"{PreviewText.Line(item.Finding)}\n  {item.Why}");
        WriteRest(report.Uncovered.Count, "", console);
    }

    private static void Write(Suggestion suggestion, IAnsiConsole console)
    {
        TerminalReport.Heading(console, suggestion.Exception.Id);
        WriteFindings($"Hides {SinkWords.Count(suggestion.Covers.Count, "chosen finding")}", suggestion.Covers, console);
        if (suggestion.Others.Count == 0) TerminalReport.Line(console, "Hides no other finding in this telemetry.");
        else WriteFindings($"Would also hide {SinkWords.Count(suggestion.Others.Count, "finding")} that nobody chose, whole or in part", suggestion.Others, console);
        TerminalReport.Line(console, Whatever(suggestion));
        foreach (var remark in suggestion.Remarks) TerminalReport.Line(console, $"Broad: {remark.Reason}");
        WriteScenarios(suggestion.Scenarios, console);
    }

    // What the scenarios cannot show: the exception trusts this app with these places.
    private static string Whatever(Suggestion suggestion)
    {
        var item = suggestion.Exception;
        var where = (item.Destinations.Count > 0, item.Paths.Count > 0) switch
        {
            (true, true) => "with these destinations and paths only",
            (true, false) => "with these destinations only",
            (false, true) => "with these paths only",
            _ => "whatever its destinations and paths",
        };
        return $"From then on it hides all that {item.Analytics[0]} finds of {(item.Scope.Apps.Count > 0 ? "the app" : "any app")} {where}, an attack among it.";
    }

    private static void WriteScenarios(IReadOnlyList<ScenarioEffect> scenarios, IAnsiConsole console)
    {
        if (scenarios.Count == 0)
        {
            TerminalReport.Line(console, "No scenario of the analytic shows what else it could hide.", TerminalReport.Dim);
            return;
        }
        ScenarioEffect[] hidden = [.. scenarios.Where(item => item.IsHidden || item.IsHiddenAsWritten)];
        if (hidden.Length > 0)
        {
            TerminalReport.Line(console, $"WARNING: would hide the true {(hidden.Length == 1 ? "finding" : "findings")} of {SinkWords.Number(hidden.Length)} of {SinkWords.Count(scenarios.Count, "scenario")} if it happened in this app:", TerminalReport.Of(Severity.High));
            foreach (var item in hidden.Take(MostShown)) TerminalReport.Line(console, $"  {item.Scenario}: {item.Title}{(item.IsHiddenAsWritten ? " (also as it is written)" : "")}");
            WriteRest(hidden.Length, "  ", console);
        }
        foreach (var group in scenarios.Except(hidden).GroupBy(item => string.Join(" and ", item.KeptBy)).OrderBy(group => group.Key, StringComparer.Ordinal))
            TerminalReport.Line(console, $"{SinkWords.Number(group.Count())} of {SinkWords.Count(scenarios.Count, "scenario")} would stay visible in this app, {(group.Key.Length > 0 ? $"kept so by its {group.Key}" : "whatever its destinations and paths")}.");
    }

    private static void WriteFindings(string what, IReadOnlyList<Finding> findings, IAnsiConsole console)
    {
        TerminalReport.Line(console, $"{what}{(findings.Count > 0 ? ":" : ".")}");
        foreach (var finding in findings.Take(MostShown)) TerminalReport.Line(console, $"  {PreviewText.Line(finding)}", TerminalReport.Dim);
        WriteRest(findings.Count, "  ", console);
    }

    private static void WriteRest(int count, string indent, IAnsiConsole console)
    {
        if (count > MostShown) TerminalReport.Line(console, $"{indent}and {SinkWords.Number(count - MostShown)} more; --json names all", TerminalReport.Dim);
    }
}

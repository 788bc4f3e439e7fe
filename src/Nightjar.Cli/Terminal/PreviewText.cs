using System.Globalization;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Policies.Reading;
using Nightjar.Preview;
using Nightjar.Sinks;
using Spectre.Console;

namespace Nightjar.Cli.Terminal;

/// <summary>What a change of the policy would have done, for people: totals, tables, then the findings and the exceptions.</summary>
internal static class PreviewText
{
    private const int MostShown = 20;
    private const int MostAlone = 5;
    private const int LettersOfUid = 12;

    public static void Write(PolicyComparison comparison, IAnsiConsole console)
    {
        WriteTotals(comparison, console);
        WriteCounts("By analytic", "", comparison.ByAnalytic, console);
        WriteCounts("By app", "(device)", comparison.ByApp, console);
        WriteCounts("By group of the policy", "(no group)", comparison.ByGroup, console);
        WriteCounts("By group of the telemetry", "(no group)", comparison.ByTelemetryGroup, console);
        WriteChanges("Gained", FindingChangeKind.Gained, comparison, console);
        WriteChanges("Lost", FindingChangeKind.Lost, comparison, console);
        WriteChanges("Changed in score", FindingChangeKind.Rescored, comparison, console);
        WriteExceptions("Exceptions before", comparison.ExceptionsBefore, console);
        WriteExceptions("Exceptions after", comparison.ExceptionsAfter, console);
    }

    /// <summary>A finding in a line: its time, analytic, app and device, and as much of its uid as others need to find it.</summary>
    public static string Line(Finding finding) =>
        $"{Minute(finding.Start)}  {finding.Analytic.Uid}  {finding.App ?? "(device)"} on {finding.Device.Name ?? finding.Device.Uid}  {finding.Uid[..Math.Min(LettersOfUid, finding.Uid.Length)]}";

    private static void WriteTotals(PolicyComparison comparison, IAnsiConsole console)
    {
        var (before, after) = (comparison.Before, comparison.After);
        TerminalReport.Line(console, $"Before, {Name(before)}: {Counted(before)}.");
        TerminalReport.Line(console, $"After,  {Name(after)}: {Counted(after)}.");
        TerminalReport.Line(
            console,
            $"{SinkWords.Number(Of(comparison, FindingChangeKind.Gained))} gained, {SinkWords.Number(Of(comparison, FindingChangeKind.Lost))} lost, "
            + $"{SinkWords.Number(Of(comparison, FindingChangeKind.Rescored))} changed in score, {SinkWords.Number(comparison.Unchanged)} unchanged.",
            TerminalReport.Bold);
        if (before.MatchesLeftOut + after.MatchesLeftOut > 0)
            TerminalReport.Line(console, "There were more matches than can be kept: why a finding changed, and its groups, are told by what the finding itself names.", TerminalReport.Dim);
    }

    private static int Of(PolicyComparison comparison, FindingChangeKind kind) => comparison.Changes.Count(item => item.Kind == kind);

    private static string Name(JudgedRun run) => run.Policy is { } policy ? $"{policy.Policy.Name} ({policy.Policy.File})" : "no policy";

    private static string Counted(JudgedRun run) => $"{SinkWords.Count(run.Reported.Count, "finding")}, {SinkWords.Number(run.Hidden.Count)} hidden";

    private static void WriteCounts(string title, string nameless, IReadOnlyList<ChangeCount> counts, IAnsiConsole console)
    {
        if (counts.Count == 0) return;
        TerminalReport.Heading(console, title);
        var table = TerminalReport.OpenTable("", "Before", "After", "Gained", "Lost", "Score changed");
        for (var column = 1; column < table.Columns.Count; column++) table.Columns[column].RightAligned();
        // What changed comes first: the rest is there to be looked up.
        foreach (var item in counts.OrderByDescending(item => item.Gained + item.Lost + item.Rescored > 0).ThenBy(item => item.Name, StringComparer.Ordinal).Take(MostShown))
        {
            int[] numbers = [item.Before, item.After, item.Gained, item.Lost, item.Rescored];
            table.AddRow([TerminalReport.Cell(item.Name.Length > 0 ? item.Name : nameless), .. numbers.Select(number => TerminalReport.Cell(SinkWords.Number(number)))]);
        }
        console.Write(table);
        WriteRest(counts.Count, console);
    }

    private static void WriteChanges(string title, FindingChangeKind kind, PolicyComparison comparison, IAnsiConsole console)
    {
        FindingChange[] changes = [.. comparison.Changes.Where(item => item.Kind == kind)];
        if (changes.Length == 0) return;
        TerminalReport.Heading(console, title);
        foreach (var change in changes.Take(MostShown))
        {
            TerminalReport.Line(console, Line(change.Finding));
            foreach (var reason in Reasons(change)) TerminalReport.Line(console, $"  {reason}", TerminalReport.Dim);
        }
        WriteRest(changes.Length, console);
    }

    private static IEnumerable<string> Reasons(FindingChange change)
    {
        yield return change.Kind == FindingChangeKind.Rescored
            ? $"score {change.Before!.Score} → {change.After!.Score}, confidence {change.Before.Confidence.Caption()} → {change.After.Confidence.Caption()}"
            : $"score {change.Finding.Score}, {change.Finding.Title}";
        foreach (var score in change.Scores) yield return string.Create(CultureInfo.InvariantCulture, $"{score.Name} {score.Before:+0;-0;0} → {score.After:+0;-0;0}: {score.Reason}");
        if (change is { Kind: FindingChangeKind.Lost, HiddenBy.Count: > 0 }) yield return $"hidden by {string.Join(", ", change.HiddenBy)}";
        foreach (var why in change.Why) yield return why;
        // Then it lies in what the app did beside it, or in another app.
        if (change.HiddenBy.Count + change.Scores.Count + change.Why.Count == 0) yield return "the policies say nothing different of this app on this device";
    }

    private static void WriteExceptions(string title, IReadOnlyList<ExceptionUse> uses, IAnsiConsole console)
    {
        if (uses.Count == 0) return;
        TerminalReport.Heading(console, title);
        foreach (var use in uses)
        {
            var item = use.Account;
            TerminalReport.Line(console, $"{item.Id}: {Did(item)} (until {DateText.Day(item.Expires)}, {item.Owner})");
            foreach (var finding in use.Alone.Take(MostAlone)) TerminalReport.Line(console, $"  alone {Line(finding)}", TerminalReport.Dim);
            if (use.Alone.Count > MostAlone) TerminalReport.Line(console, $"  and {SinkWords.Number(use.Alone.Count - MostAlone)} more; --json names all", TerminalReport.Dim);
        }
    }

    private static string Did(ExceptionAccount item)
    {
        var hid = item.LastHidden is { } last
            ? $"hid {SinkWords.Count(item.Hidden, "finding")}, {SinkWords.Number(item.HiddenAlone)} of them alone, last {Minute(last)}"
            : "hid nothing in this telemetry";
        return item.LastMissed is { } missed
            ? $"{hid}; expired, and would have hidden {SinkWords.Count(item.MissedAfterExpiry, "finding")}, last {Minute(missed)}"
            : hid;
    }

    private static void WriteRest(int count, IAnsiConsole console)
    {
        if (count > MostShown) TerminalReport.Line(console, $"and {SinkWords.Number(count - MostShown)} more; --json names all", TerminalReport.Dim);
    }

    private static string Minute(Instant time) => time.ToString()[..16].Replace('T', ' ');
}

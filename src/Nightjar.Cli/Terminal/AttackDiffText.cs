using System.Globalization;
using Nightjar.Analytics.Mapping;
using Nightjar.Knowledge;
using Nightjar.Knowledge.Releases;
using Nightjar.Sinks;
using Spectre.Console;

namespace Nightjar.Cli.Terminal;

/// <summary>A difference between two releases for people: counts, what it means for our analytics, then object by object.</summary>
internal sealed class AttackDiffText(IAnsiConsole console)
{
    public void Write(ReleaseDifference difference, IReadOnlyList<AttackConsequence> consequences, bool isSummary)
    {
        TerminalReport.Line(console, $"ATT&CK Mobile {difference.Before} → {difference.After}", TerminalReport.Bold);
        console.Write(Counts(difference));
        WriteAnalytics(difference);
        WriteConsequences(consequences);
        if (isSummary) return;
        foreach (var kind in difference.Objects.Where(item => !item.IsTextOnly).GroupBy(item => item.Object.Kind()))
        {
            TerminalReport.Heading(console, $"{kind.Key.Plural()} ({kind.Count()})");
            foreach (var item in kind) TerminalReport.Line(console, $"  {Title(item)}: {string.Join("; ", Brief(item))}");
        }
        var texts = difference.Objects.Count(item => item.IsTextOnly);
        if (texts > 0) TerminalReport.Line(console, $"\n{SinkWords.Count(texts, "further object")} changed only in words that the catalogue does not hold.");
    }

    /// <summary>Objects with each change in a line of its own.</summary>
    public void WriteInFull(ReleaseDifference difference, IReadOnlyList<AttackConsequence> consequences)
    {
        TerminalReport.Line(console, $"ATT&CK Mobile {difference.Before} → {difference.After}", TerminalReport.Bold);
        if (difference.Objects.Count == 0) TerminalReport.Line(console, "The object is the same to the last letter.");
        foreach (var item in difference.Objects)
        {
            TerminalReport.Heading(console, $"{item.Object.Id}  {item.Object.Name}");
            foreach (var change in item.Changes) TerminalReport.Line(console, $"  {Full(change)}");
        }
        if (consequences.Count > 0) WriteConsequences(consequences);
    }

    private static Table Counts(ReleaseDifference difference)
    {
        var table = TerminalReport.OpenTable("", difference.Before, difference.After, "added", "gone", "revoked", "deprec.", "renamed", "version", "changed", "words");
        foreach (var column in table.Columns) column.Padding = new Padding(0, 0, 1, 0);
        foreach (var kind in difference.Summary)
        {
            int[] numbers = [kind.Before, kind.After, kind.Added, kind.Removed, kind.Revoked, kind.Deprecated, kind.Renamed, kind.Versions, kind.Changed, kind.TextOnly];
            table.AddRow([TerminalReport.Cell(kind.Kind.Plural()), .. numbers.Select(number => TerminalReport.Cell(number.ToString(CultureInfo.InvariantCulture)))]);
        }
        return table;
    }

    private void WriteAnalytics(ReleaseDifference difference)
    {
        var analytics = difference.Objects.Where(item => item.Object.Kind() == AttackKind.Analytic).ToList();
        foreach (var (what, one) in new[] { ("log_source", "log source"), ("channels", "changed log source"), ("mutable_element", "mutable element"), ("platform", "platform") })
        {
            var changes = analytics.SelectMany(item => item.Changes).Where(change => change.What == what).ToList();
            if (changes.Count == 0) continue;
            var (came, gone) = (changes.Count(change => change.Before is null), changes.Count(change => change.After is null));
            TerminalReport.Line(console, $"Analytics, {one}s: {came} added, {gone} gone, {changes.Count - came - gone} changed, in {SinkWords.Count(analytics.Count(item => item.Has(what)), "analytic")}.");
        }
    }

    private void WriteConsequences(IReadOnlyList<AttackConsequence> consequences)
    {
        TerminalReport.Heading(console, "For our analytics");
        if (consequences.Count == 0) TerminalReport.Line(console, "  Nothing that they name differs.");
        foreach (var analytic in consequences.GroupBy(item => item.Analytic))
        {
            var work = analytic.Count(item => item.NeedsWork);
            TerminalReport.Line(console, $"  {analytic.Key}: {(work == 0 ? "nothing to do" : $"{SinkWords.Count(work, "thing")} to do")}");
            foreach (var item in analytic) TerminalReport.Line(console, $"    {(item.NeedsWork ? "to do" : "known")}: {(item.Object == analytic.Key ? "" : item.Object + " ")}{item.Meaning}{(item.Subjects.Count == 0 ? "" : ": " + string.Join(", ", item.Subjects))}", item.NeedsWork ? TerminalReport.Bold : null);
        }
    }

    private static string Title(ObjectDifference item) => item.Object is AttackAnalytic analytic ? $"{analytic.Id} {analytic.Platform}" : $"{item.Object.Id} {item.Object.Name}";

    // Many changes of one sort are counted: log sources −3 +5.
    private static IEnumerable<string> Brief(ObjectDifference item) => item.Changes.GroupBy(change => change.What).Select(group => group.Key switch
    {
        "object" => group.Single().Before is null ? "added" : "gone",
        "status" => group.Single().After!,
        "channels" => $"log sources changed {group.Count()}",
        "log_source" or "mutable_element" or "technique" or "analytic" when group.Count() > 1 || group.Key is "log_source" or "mutable_element" => $"{Word(group.Key)}s {Signs(group)}",
        _ => string.Join(", ", group.Select(Full)),
    });

    private static string Signs(IEnumerable<AttackChange> changes)
    {
        var all = changes.ToList();
        var (gone, came) = (all.Count(change => change.After is null), all.Count(change => change.Before is null));
        return string.Join(' ', new[] { (gone, "−"), (came, "+"), (all.Count - gone - came, "renamed ") }.Where(part => part.Item1 > 0).Select(part => part.Item2 + part.Item1.ToString(CultureInfo.InvariantCulture)));
    }

    private static string Full(AttackChange change) => change switch
    {
        { What: "object", Before: null } => $"added, version {change.After}",
        { What: "object" } => "gone",
        { What: "text" } => $"words that the catalogue does not hold; changed {change.Before} → {change.After}",
        { What: "channels" } => $"log source changed: {change.Before} → {change.After}",
        { Before: null } => $"+ {Word(change.What)} {change.After}",
        { After: null } => $"− {Word(change.What)} {change.Before}",
        _ => $"{Word(change.What)} {change.Before} → {change.After}",
    };

    private static string Word(string what) => what.Replace('_', ' ');
}

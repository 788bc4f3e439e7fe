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
        console.WriteLine();
        FactsTable.Write(console, difference.Summary.Select(kind => (kind.Kind.Plural(), Counts(kind))));
        WriteAnalytics(difference);
        WriteConsequences(consequences, difference);
        if (isSummary) return;
        foreach (var kind in difference.Objects.Where(item => !item.IsTextOnly).GroupBy(item => item.Object.Kind()))
        {
            TerminalReport.Heading(console, $"{kind.Key.Plural()} that differ ({kind.Count()})");
            FactsTable.Write(console, kind.Select(item => (Title(item), string.Join("; ", Brief(item)))));
        }
        var texts = difference.Objects.Count(item => item.IsTextOnly);
        if (texts == 0) return;
        console.WriteLine();
        TerminalReport.Line(console, $"{SinkWords.Count(texts, "further object")} changed only in words that the catalogue does not hold.");
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
        foreach (var analytic in consequences.GroupBy(item => item.Analytic))
        {
            TerminalReport.Heading(console, $"For our {analytic.Key}");
            FactsTable.Write(console, analytic.Select(item => (item.NeedsWork ? "to do" : "known", Sentence(item))));
        }
    }

    // 17 → 29: 12 added, 15 of another version, 1 renamed.
    private static string Counts(KindSummary kind)
    {
        var said = new[]
        {
            (kind.Added, "added"), (kind.Removed, "gone"), (kind.Revoked, "revoked"), (kind.Deprecated, "deprecated"), (kind.Renamed, "renamed"),
            (kind.Versions, "of another version"), (kind.Changed - kind.Versions, "changed without it"), (kind.TextOnly, "changed only in words not held"), (kind.Same, "the same"),
        }.Where(part => part.Item1 > 0).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Item1} {part.Item2}"));
        return string.Create(CultureInfo.InvariantCulture, $"{kind.Before} → {kind.After}: ") + string.Join(", ", said);
    }

    // What matters most of the analytics, added up.
    private void WriteAnalytics(ReleaseDifference difference)
    {
        var analytics = difference.Objects.Where(item => item.Object.Kind() == AttackKind.Analytic).ToList();
        var facts = new List<(string, string)>();
        foreach (var (what, name) in new[] { ("platform", "platforms"), ("log_source", "log sources"), ("channels", "their channels"), ("mutable_element", "mutable elements") })
        {
            var changes = analytics.SelectMany(item => item.Changes).Where(change => change.What == what).ToList();
            if (changes.Count > 0) facts.Add((name, $"{Signs(changes)}, in {SinkWords.Count(analytics.Count(item => item.Has(what)), "analytic")}"));
        }
        if (facts.Count == 0) return;
        TerminalReport.Heading(console, "Of the analytics");
        FactsTable.Write(console, facts);
    }

    private void WriteConsequences(IReadOnlyList<AttackConsequence> consequences, ReleaseDifference difference)
    {
        TerminalReport.Heading(console, "For our analytics");
        if (consequences.Count == 0) TerminalReport.Line(console, "Nothing that they name differs.");
        FactsTable.Write(console, consequences.GroupBy(item => item.Analytic).SelectMany(analytic => analytic.Where(item => item.NeedsWork).Select(Sentence)
            .Append($"nothing to do in {SinkWords.Count(analytic.Where(item => !item.NeedsWork).Sum(item => item.Subjects.Count), analytic.Any(item => item.NeedsWork) ? "other difference" : "difference")}")
            .Select((sentence, at) => (at == 0 ? analytic.Key : "", sentence))));
        if (consequences.Count > 0) TerminalReport.Line(console, $"Each in full: nightjar attack diff {difference.Before} {difference.After} {consequences[0].Analytic}");
    }

    private static string Sentence(AttackConsequence item) => $"{(item.Object == item.Analytic ? "" : item.Object + " ")}{item.Meaning}{(item.Subjects.Count == 0 ? "" : ": " + string.Join(", ", item.Subjects))}";

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

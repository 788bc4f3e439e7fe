using Nightjar.Cli.Content;
using Nightjar.Knowledge;
using Nightjar.Sinks;
using Spectre.Console;

namespace Nightjar.Cli.Terminal;

/// <summary>One object of ATT&amp;CK for people.</summary>
internal sealed class AttackShowText(AttackView view, IAnsiConsole console)
{
    // Of more objects than this the ids alone are told.
    private const int MostNames = 12;

    public void Write(AttackObject item)
    {
        WriteHead(item);
        WriteRelations(item);
        if (item is AttackAnalytic analytic)
        {
            WriteLogSources(analytic);
            WriteMutableElements(analytic);
        }
        if (item is AttackDataComponent { LogSources.Count: > 0 } component)
        {
            TerminalReport.Heading(console, $"Log sources that ATT&CK lists for it ({component.LogSources.Count})");
            TerminalReport.Line(console, string.Join(", ", component.LogSources));
        }
        if (item is not AttackMitigation) WriteContent(item);
    }

    private void WriteHead(AttackObject item)
    {
        var identity = item.Identity;
        TerminalReport.Line(console, $"{item.Id}  {item.Name}", TerminalReport.Bold);
        var platforms = item.Platforms() is { Count: > 0 } named ? $", {string.Join(" and ", named)}" : "";
        TerminalReport.Line(console, $"{char.ToUpperInvariant(item.Kind().Word()[0])}{item.Kind().Word()[1..]} of ATT&CK Mobile {view.Catalog.Release}{platforms}, {item.Status()}, version {identity.Version}, created {identity.Created}, changed {identity.Modified}");
        foreach (var release in view.Reference.AttackReleases.Names.Where(release => release != view.Catalog.Release)) TerminalReport.Line(console, Elsewhere(item, release));
        TerminalReport.Line(console, $"{item.Kind().StixType()}--{identity.Stix}", TerminalReport.Dim);
        TerminalReport.Line(console, $"SHA-256 {identity.Sha256}", TerminalReport.Dim);
    }

    private string Elsewhere(AttackObject item, string release)
    {
        if (view.Reference.AttackReleases.Find(release)!.Find(item.Id) is not { } other) return $"In {release}: not there";
        if (other.Identity.Sha256 == item.Identity.Sha256) return $"In {release}: the same to the last letter";
        return $"In {release}: {other.Status()}, version {other.Identity.Version}{(other.Name == item.Name ? "" : $", called {other.Name}")}; nightjar attack diff {release} {view.Catalog.Release} {item.Id}";
    }

    private void WriteRelations(AttackObject item)
    {
        TerminalReport.Heading(console, "Relations");
        FactsTable.Write(console, AttackRelations.Of(item, view.Catalog).SelectMany(Lines));
    }

    private static IEnumerable<(string, string)> Lines(AttackRelation relation)
    {
        if (relation.Objects.Count > MostNames || relation.Objects is [AttackAnalytic, _, ..])
            return [($"{relation.Name} ({relation.Objects.Count})", string.Join(", ", relation.Objects.Select(Short)))];
        return relation.Objects.Select((other, at) => (at == 0 ? relation.Name : "", $"{other.Id} {other.Name}"));
    }

    private static string Short(AttackObject item) => item is AttackAnalytic analytic ? $"{item.Id} {analytic.Platform}" : item.Id;

    private void WriteLogSources(AttackAnalytic analytic)
    {
        TerminalReport.Heading(console, analytic.LogSources.Count > 0 ? "Log sources" : "ATT&CK names no log source for it");
        FactsTable.Write(console, analytic.LogSources.Select(source => ($"{source.DataComponent} {source.Name}", Readers(source))));
    }

    private string Readers(AttackLogSource source)
    {
        var official = view.Reference.AttackAliases.Official(source.Name);
        var readers = view.ReadersOf(source);
        return $"{view.Catalog.Find(source.DataComponent)!.Name}{(official == source.Name ? "" : $", {official} misspelt")}: {(readers.Count == 0 ? "no reader gives it" : string.Join(", ", readers))}";
    }

    private void WriteMutableElements(AttackAnalytic analytic)
    {
        TerminalReport.Heading(console, analytic.MutableElements.Count > 0 ? "Mutable elements" : "ATT&CK names no mutable element for it");
        var ours = view.Content.Naming(analytic);
        var tunables = ours.SelectMany(known => known.Tunables).GroupBy(tunable => tunable.Name).ToDictionary(group => group.Key, group => group.First().Value.ToString()!, StringComparer.Ordinal);
        FactsTable.Write(console, analytic.MutableElements.Select(name => (name, (tunables.TryGetValue(name, out var value) ? value : ours.Count > 0 ? "no tunable here" : "") + Other(name))));
    }

    private string Other(string name)
    {
        var official = view.Reference.AttackAliases.Official(name);
        if (official != name) return $" (elsewhere {official})";
        var aliases = view.Reference.AttackAliases.AliasesOf(name);
        return aliases.Count == 0 ? "" : $" (elsewhere {string.Join(", ", aliases)})";
    }

    private void WriteContent(AttackObject item)
    {
        TerminalReport.Heading(console, "Our analytics");
        FactsTable.Write(console, view.Content.Naming(item).Select(ours => (ours.Uid, $"{ours.Title}: version {ours.Version}, {ours.Status}, by ATT&CK {ours.Attack.Release}")));
        var official = view.Content.Official(item);
        var open = official.Where(analytic => !view.Content.Has(analytic)).Select(Short).ToList();
        if (official.Count == 0) TerminalReport.Line(console, "ATT&CK has no analytic for it.");
        else TerminalReport.Line(console, $"Content for {official.Count - open.Count} of {SinkWords.Count(official.Count, "analytic")} of ATT&CK{(open.Count is 0 or > MostNames ? "." : $"; none for {string.Join(", ", open)}.")}");
        TerminalReport.Line(console, "Whether content can run on a device depends on its telemetry.", TerminalReport.Dim);
    }
}

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
        TerminalReport.Line(console, $"{char.ToUpperInvariant(item.Kind().Word()[0])}{item.Kind().Word()[1..]} of ATT&CK Mobile {view.Catalog.Release}{platforms}, {item.Status()}, version {identity.Version}, made {identity.Created}, changed {identity.Modified}");
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
        foreach (var relation in AttackRelations.Of(item, view.Catalog))
        {
            var isLong = relation.Objects.Count > MostNames || relation.Objects is [AttackAnalytic, _, ..];
            if (isLong) TerminalReport.Line(console, $"  {relation.Name} ({relation.Objects.Count}): {string.Join(", ", relation.Objects.Select(Short))}");
            else if (relation.Objects is [var only]) TerminalReport.Line(console, $"  {relation.Name}: {only.Id} {only.Name}");
            else
            {
                TerminalReport.Line(console, $"  {relation.Name}");
                foreach (var other in relation.Objects) TerminalReport.Line(console, $"    {other.Id} {other.Name}");
            }
        }
    }

    private static string Short(AttackObject item) => item is AttackAnalytic analytic ? $"{item.Id} {analytic.Platform}" : item.Id;

    private void WriteLogSources(AttackAnalytic analytic)
    {
        if (analytic.LogSources.Count == 0)
        {
            TerminalReport.Heading(console, "ATT&CK names no log source for it");
            return;
        }
        TerminalReport.Heading(console, "Log sources");
        foreach (var source in analytic.LogSources)
        {
            var official = view.Reference.AttackAliases.Official(source.Name);
            var readers = view.ReadersOf(source);
            TerminalReport.Line(console, $"  {source.DataComponent} {view.Catalog.Find(source.DataComponent)!.Name} in {source.Name}{(official == source.Name ? "" : $" (means {official})")}: "
                + (readers.Count == 0 ? "no reader gives it" : $"given by {string.Join(", ", readers)}"));
        }
    }

    private void WriteMutableElements(AttackAnalytic analytic)
    {
        if (analytic.MutableElements.Count == 0)
        {
            TerminalReport.Heading(console, "ATT&CK names no mutable element for it");
            return;
        }
        TerminalReport.Heading(console, "Mutable elements");
        var tunables = view.Content.Naming(analytic).SelectMany(ours => ours.Tunables).GroupBy(tunable => tunable.Name).ToDictionary(group => group.Key, group => group.First().Value.ToString(), StringComparer.Ordinal);
        foreach (var name in analytic.MutableElements)
        {
            var value = tunables.TryGetValue(name, out var set) ? $" = {(string.IsNullOrEmpty(set) ? "nothing" : set)}" : tunables.Count > 0 ? ": no tunable here" : "";
            TerminalReport.Line(console, $"  {name}{value}{Other(name)}");
        }
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
        foreach (var ours in view.Content.Naming(item)) TerminalReport.Line(console, $"  {ours.Uid} {ours.Version}, {ours.Status}, by ATT&CK {ours.Attack.Release}: {ours.Title}");
        var official = view.Content.Official(item);
        var open = official.Where(analytic => !view.Content.Has(analytic)).Select(Short).ToList();
        if (official.Count == 0) TerminalReport.Line(console, "  ATT&CK has no analytic for it.");
        else TerminalReport.Line(console, $"  Content for {official.Count - open.Count} of {SinkWords.Count(official.Count, "analytic")} of ATT&CK{(open.Count is 0 or > MostNames ? "." : $"; none for {string.Join(", ", open)}.")}");
        TerminalReport.Line(console, "  Whether they can run on a device depends on its telemetry.", TerminalReport.Dim);
    }
}

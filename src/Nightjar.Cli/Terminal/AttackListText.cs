using System.Globalization;
using System.Text.Json.Nodes;
using Nightjar.Cli.Content;
using Nightjar.Knowledge;
using Nightjar.Sinks;
using Spectre.Console;

namespace Nightjar.Cli.Terminal;

/// <summary>The objects of a release as tables, and as JSON.</summary>
/// <param name="view">The release.</param>
/// <param name="platform">Only what is for this platform; null for all.</param>
/// <param name="withRetired">Revoked and deprecated objects too.</param>
internal sealed class AttackListText(AttackView view, string? platform, bool withRetired)
{
    private const string LogSourcesKind = "log-sources";
    private static readonly (string Name, AttackKind Kind)[] Named =
    [
        ("strategies", AttackKind.Strategy), ("analytics", AttackKind.Analytic), ("techniques", AttackKind.Technique), ("tactics", AttackKind.Tactic),
        ("components", AttackKind.DataComponent), ("mitigations", AttackKind.Mitigation),
    ];

    private readonly string? platform = Checked(platform);

    /// <summary>What can be listed.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. Named.Select(item => item.Name), LogSourcesKind];

    public void Write(string? kind, IAnsiConsole console)
    {
        if (kind is null) WriteOverview(console);
        else if (kind == LogSourcesKind) WriteLogSources(console);
        else WriteObjects(Kind(kind), console);
    }

    public JsonNode Json(string? kind)
    {
        if (kind is not null && kind != LogSourcesKind) return AttackJson.Array(Listed(Kind(kind)).Select(item => AttackJson.Of(item, view)));
        if (kind == LogSourcesKind) return AttackJson.Array(LogSources().Select(LogSource));
        return new JsonObject
        {
            ["release"] = view.Catalog.Release,
            ["releases"] = AttackJson.Texts(view.Reference.AttackReleases.Names),
            ["kinds"] = AttackJson.Array(Named.Select(item => new JsonObject { ["kind"] = item.Kind.Key(), ["objects"] = Listed(item.Kind).Count, ["ours"] = Spoken(item.Kind) })),
        };
    }

    /// <summary>Every alias with its official name.</summary>
    public static void WriteAliases(AttackAliases aliases, IAnsiConsole console)
    {
        foreach (var (title, names) in new[] { ("Mutable element", aliases.MutableElements), ("Log source", aliases.LogSources) })
        {
            var table = TerminalReport.OpenTable(title, "Other names of it");
            foreach (var (official, others) in names)
                table.AddRow(TerminalReport.Cell(official), TerminalReport.Cell(string.Join(", ", others.Select(other => other.EndsWith(' ') ? $"'{other}'" : other))));
            console.Write(table);
        }
    }

    private static string? Checked(string? platform) => platform?.ToLowerInvariant() switch
    {
        null => null,
        "android" => "Android",
        "ios" => "iOS",
        _ => throw new UsageException($"`{platform}` is no platform of ATT&CK Mobile: android or ios."),
    };

    private static AttackKind Kind(string name)
    {
        foreach (var (known, kind) in Named) if (known == name) return kind;
        throw new UsageException($"`{name}` is nothing that can be listed: {string.Join(", ", Kinds)}. {Nearest.Hint(name, Kinds)}".TrimEnd());
    }

    private IReadOnlyList<AttackObject> Listed(AttackKind kind) =>
        [.. view.Catalog.Objects.Where(item => item.Kind() == kind && (withRetired || !item.Identity.IsRetired) && (platform is null || Platforms(item).Contains(platform)))];

    // A strategy is for what its analytics are for, a tactic or data component for what theirs are for; a mitigation for what it mitigates.
    private IReadOnlyList<string> Platforms(AttackObject item)
    {
        if (item.Platforms() is { Count: > 0 } own) return own;
        var parts = item is AttackMitigation mitigation ? mitigation.Techniques.Select(view.Catalog.Technique).OfType<AttackObject>() : view.Content.Official(item);
        return [.. parts.SelectMany(part => part.Platforms()).Distinct().Order(StringComparer.Ordinal)];
    }

    private int Spoken(AttackKind kind) => Listed(kind).Count(item => view.Content.Naming(item).Count > 0);

    private void WriteOverview(IAnsiConsole console)
    {
        TerminalReport.Line(console, $"ATT&CK Mobile {view.Catalog.Release}. At hand: {string.Join(", ", view.Reference.AttackReleases.Names)}.", TerminalReport.Bold);
        var table = TerminalReport.OpenTable("List", "Objects", "Our analytics speak of");
        foreach (var (name, kind) in Named) table.AddRow(TerminalReport.Cell(name), TerminalReport.Cell(Number(Listed(kind).Count)), TerminalReport.Cell(kind == AttackKind.Mitigation ? "" : Number(Spoken(kind))));
        table.AddRow(TerminalReport.Cell(LogSourcesKind), TerminalReport.Cell(Number(LogSources().Count)), TerminalReport.Cell(""));
        console.Write(table);
    }

    private void WriteObjects(AttackKind kind, IAnsiConsole console)
    {
        var listed = Listed(kind);
        var table = TerminalReport.OpenTable(kind.Word(), kind == AttackKind.Analytic ? "strategy" : "name", Third(kind), "ours");
        table.Columns[0].NoWrap = true;
        foreach (var item in listed)
            table.AddRow(TerminalReport.Cell(item.Id), TerminalReport.Cell(Title(item)), TerminalReport.Cell(Facts(item)), TerminalReport.Cell(OursText(item)));
        console.Write(table);
        var hidden = withRetired ? 0 : view.Catalog.Objects.Count(item => item.Kind() == kind && item.Identity.IsRetired);
        TerminalReport.Line(console, $"{SinkWords.Count(listed.Count, kind.Word(), kind.Plural())} of ATT&CK Mobile {view.Catalog.Release}{(hidden > 0 ? $"; {hidden} revoked or deprecated not shown (--all)" : "")}.");
    }

    private static string Third(AttackKind kind) => kind switch
    {
        AttackKind.Tactic or AttackKind.Mitigation => "techniques",
        AttackKind.DataComponent => "analytics",
        AttackKind.Strategy => "techniques",
        AttackKind.Analytic => "platform",
        _ => "tactics, platforms",
    };

    private string Title(AttackObject item)
    {
        var name = item is AttackAnalytic analytic ? $"{analytic.Strategy} {view.Catalog.Find(analytic.Strategy)?.Name}" : item.Name;
        return item.Identity.IsRetired ? $"{name} ({item.Status()})" : name;
    }

    private string Facts(AttackObject item) => item switch
    {
        AttackTechnique technique => $"{string.Join(", ", technique.Tactics.Select(id => view.Catalog.Find(id)!.Name))}; {string.Join(", ", technique.Platforms)}",
        AttackStrategy strategy => string.Join(", ", strategy.Techniques),
        AttackAnalytic analytic => analytic.Platform,
        AttackDataComponent => Number(view.Content.Official(item).Count),
        _ => Number(AttackRelations.Of(item, view.Catalog).Where(relation => relation.Key is "techniques" or "mitigates").Sum(relation => relation.Objects.Count)),
    };

    private string OursText(AttackObject item)
    {
        var ours = view.Content.Naming(item);
        return item is AttackTactic or AttackDataComponent ? (ours.Count == 0 ? "" : Number(ours.Count)) : string.Join(", ", ours.Select(analytic => analytic.Uid));
    }

    private List<IGrouping<string, (AttackLogSource Source, AttackAnalytic Analytic)>> LogSources() =>
        [.. Listed(AttackKind.Analytic).Cast<AttackAnalytic>().SelectMany(analytic => analytic.LogSources, (analytic, source) => (source, analytic))
            .GroupBy(pair => pair.source.Name).OrderBy(group => group.Key, StringComparer.Ordinal)];

    private void WriteLogSources(IAnsiConsole console)
    {
        var table = TerminalReport.OpenTable("log source", "analytics", "read", "not read");
        table.Columns[0].NoWrap = true;
        foreach (var group in LogSources())
        {
            var official = view.Reference.AttackAliases.Official(group.Key);
            var name = TerminalReport.Cells(official == group.Key ? [TerminalReport.Cell(group.Key)] : [TerminalReport.Cell(group.Key), TerminalReport.Cell($"means {official}", TerminalReport.Dim)]);
            var given = Components(group).ToLookup(source => view.ReadersOf(source).Count > 0, source => source.DataComponent);
            table.AddRow(name, TerminalReport.Cell(Number(Analytics(group).Count())), TerminalReport.Cell(string.Join(", ", given[true])), TerminalReport.Cell(string.Join(", ", given[false])));
        }
        console.Write(table);
    }

    private JsonObject LogSource(IGrouping<string, (AttackLogSource Source, AttackAnalytic Analytic)> group) => new()
    {
        ["name"] = group.Key,
        ["official"] = view.Reference.AttackAliases.Official(group.Key),
        ["analytics"] = AttackJson.Texts(Analytics(group)),
        ["components"] = AttackJson.Array(Components(group).Select(source => new JsonObject { ["component"] = source.DataComponent, ["readers"] = AttackJson.Texts(view.ReadersOf(source)) })),
    };

    private static IEnumerable<string> Analytics(IEnumerable<(AttackLogSource Source, AttackAnalytic Analytic)> group) => group.Select(pair => pair.Analytic.Id).Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<AttackLogSource> Components(IEnumerable<(AttackLogSource Source, AttackAnalytic Analytic)> group) =>
        group.Select(pair => pair.Source).Distinct().OrderBy(source => source.DataComponent, StringComparer.Ordinal);

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

using System.Globalization;
using Nightjar.Analytics;
using Nightjar.Analytics.Mapping;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Sources;

namespace Nightjar.Cli.Content;

/// <summary>One release of ATT&amp;CK as we stand to it: the catalogue, our analytics, what the readers give.</summary>
internal sealed class AttackView
{
    private readonly (string Id, LogSourceSupply Supply)[] formats;

    private AttackView(ReferenceData reference, AttackCatalog catalog, IReadOnlyList<Analytic> ours)
    {
        (Reference, Catalog, Ours, Content) = (reference, catalog, ours, new AttackContent(catalog, ours));
        formats = [.. SourceCatalog.All.Select(reader => (reader.Format.Id, new LogSourceSupply(LogSources.Supplied([reader.Format]), reference.AttackAliases)))];
    }

    public ReferenceData Reference { get; }

    public AttackCatalog Catalog { get; }

    public IReadOnlyList<Analytic> Ours { get; }

    public AttackContent Content { get; }

    /// <summary>A view of a release, the newest when none is named.</summary>
    /// <exception cref="UsageException">The release is not at hand.</exception>
    public static AttackView Of(ReferenceData reference, string? release) =>
        new(reference, release is null ? reference.Attack : Find(reference, release), Catalogue.Load(null, new SymbolTable(), reference: reference).Analytics);

    /// <summary>The catalogue of a release.</summary>
    /// <exception cref="UsageException">It is not at hand.</exception>
    public static AttackCatalog Find(ReferenceData reference, string release) => reference.AttackReleases.Find(release)
        ?? throw new UsageException($"ATT&CK {release} is not at hand. At hand: {string.Join(", ", reference.AttackReleases.Names)}. Others are read by nightjar attack import and found with --reference.");

    /// <summary>The object with an id, whatever its case.</summary>
    /// <exception cref="UsageException">There is none; says what may have been meant.</exception>
    public AttackObject Object(string id)
    {
        var wanted = id.Trim().ToUpperInvariant();
        return Catalog.Find(wanted) ?? throw new UsageException($"ATT&CK Mobile {Catalog.Release} has no `{id}`.{Elsewhere(wanted)}{Meant(id, wanted)}");
    }

    /// <summary>The formats that give a log source, in order.</summary>
    public IReadOnlyList<string> ReadersOf(AttackLogSource source) =>
        [.. formats.Where(format => format.Supply.Gives(source)).Select(format => format.Id).Order(StringComparer.Ordinal)];

    private string Elsewhere(string wanted)
    {
        var releases = Reference.AttackReleases.Names.Where(release => release != Catalog.Release && Reference.AttackReleases.Find(release)!.Find(wanted) is not null).ToList();
        return releases.Count == 0 ? "" : $" It is in {string.Join(", ", releases)}: --release {releases[^1]}.";
    }

    private string Meant(string text, string wanted)
    {
        var named = Catalog.Objects.Where(item => !item.Identity.IsRetired && text.Length > 2 && item.Name.Contains(text, StringComparison.OrdinalIgnoreCase)).Take(5).Select(item => $"{item.Id} {item.Name}").ToList();
        var near = named.Count > 0 ? named : [.. Nearest.Some(wanted, Catalog.Objects.Select(item => item.Id), int.MaxValue).OrderBy(id => Math.Abs(Number(id) - Number(wanted))).Take(3)];
        return near.Count == 0 ? " nightjar attack list shows what there is." : $" Did you mean {string.Join(", ", near)}?";
    }

    // Of ids that are equally like the one that was written, that of a neighbour.
    private static double Number(string id) =>
        double.TryParse(id.AsSpan(id.AsSpan().IndexOfAnyInRange('0', '9') is >= 0 and var at ? at : id.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : 0;
}

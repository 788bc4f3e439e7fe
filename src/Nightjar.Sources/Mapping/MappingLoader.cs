using Nightjar.Knowledge;
using Nightjar.Sources.Mapping.Plan;
using Nightjar.Sources.Mapping.Reading;

namespace Nightjar.Sources.Mapping;

/// <summary>Turns mapping files into readers, with every mistake at once.</summary>
public static class MappingLoader
{
    private const string Prefix = "mappings/";

    private static readonly Lazy<IReadOnlyList<MappingSource>> ShippedSources = new(() => [.. ShippedNames().Select(ReadShipped)]);

    // Each is read when something is asked of it: most telemetry is recognised by a reader in code, and reading all took a sixth of a start. None has a
    // mistake and none is in the way of another, which a test holds.
    private static readonly Lazy<MappingSet> ShippedMappings = new(() => new MappingSet([.. ShippedNames().Select(name => new MappedReader(new Lazy<MappingPlan>(() => PlanOf(name))))], []));

    /// <summary>The mappings that come with Nightjar.</summary>
    public static IReadOnlyList<MappingSource> Shipped => ShippedSources.Value;

    /// <summary>Loads the user's mappings beside those that come with Nightjar; one of the same name replaces a shipped one.</summary>
    /// <param name="own">The user's files.</param>
    public static MappingSet LoadWithShipped(IEnumerable<MappingSource> own)
    {
        MappingSource[] owned = [.. own];
        return owned.Length == 0 ? LoadShipped() : Load([.. owned, .. Shipped]);
    }

    /// <summary>The mappings that come with Nightjar, the same readers each time.</summary>
    internal static MappingSet LoadShipped() => ShippedMappings.Value;

    /// <summary>Loads mappings. Of a name that comes twice, the shipped one is left out; two of the user's are a mistake.</summary>
    /// <param name="sources">The files. On a tie of recognition, the earlier wins.</param>
    public static MappingSet Load(IEnumerable<MappingSource> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var diagnostics = new List<Diagnostic>();
        var all = sources.Select(source => MappingReading.Read(source, diagnostics)).OfType<ReadMapping>().OrderBy(mapping => mapping.Source.IsShipped).ToList();
        var kept = new List<ReadMapping>();
        foreach (var mapping in all)
        {
            if (kept.Find(other => other.Name.Text == mapping.Name.Text) is not { } other) kept.Add(mapping);
            else if (!mapping.Source.IsShipped || other.Source.IsShipped) Report(diagnostics, MappingRules.DuplicateName, mapping, $"`{mapping.Name.Text}` is also the name of {other.Source.Path}.");
        }
        foreach (var mapping in kept.Where(mapping => SourceCatalog.BuiltIn.Any(reader => reader.Format.Id == mapping.Name.Text)).ToList())
        {
            Report(diagnostics, MappingRules.TakenName, mapping, $"`{mapping.Name.Text}` is the name of a reader of Nightjar's own.");
            kept.Remove(mapping);
        }
        ReportAmbiguous(kept, diagnostics);
        // What stands under `every` is read for each event, so a mistake there is found several times.
        return new MappingSet([.. kept.Select(mapping => new MappedReader(new Lazy<MappingPlan>(mapping.Plan)))], [.. diagnostics.Distinct().Order()]);
    }

    /// <summary>The name that a file gives its mapping; empty when it gives none.</summary>
    public static string NameOf(MappingSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return YamlText.Parse(source.Path, source.Text, new List<Diagnostic>(), MappingRules.Yaml) is YamlMap map && map["mapping"] is YamlScalar name ? name.Text : "";
    }

    private static void ReportAmbiguous(List<ReadMapping> mappings, List<Diagnostic> diagnostics)
    {
        for (var i = 0; i < mappings.Count; i++)
            for (var j = 0; j < i; j++)
                if (IsAmbiguous(mappings[i], mappings[j]))
                    Report(diagnostics, MappingRules.Ambiguous, mappings[j], $"Files that `{mappings[j].Name.Text}` recognises are as surely of `{mappings[i].Name.Text}` ({mappings[i].Source.Path}).");
    }

    // Equally sure, and what one asks for includes what the other does.
    private static bool IsAmbiguous(ReadMapping a, ReadMapping b)
    {
        if (a.Plan.Layout != b.Plan.Layout || a.Plan.Recognition.Certainty != b.Plan.Recognition.Certainty || !a.Plan.RecordsPath.SequenceEqual(b.Plan.RecordsPath)) return false;
        var isIncluded = a.Keys.All(b.Keys.Contains) || b.Keys.All(a.Keys.Contains);
        return isIncluded && !a.Demands.All.Any(pair => b.Demands.All.Any(other => other.Value.Name == pair.Value.Name && Differ(pair.Value, other.Value)));
    }

    private static bool Differ(Demand a, Demand b) =>
        a.Words is { } these && b.Words is { } those && !these.Intersect(those, StringComparer.OrdinalIgnoreCase).Any();

    private static void Report(List<Diagnostic> diagnostics, DiagnosticRule rule, ReadMapping mapping, string reason) =>
        diagnostics.Add(rule.At(mapping.Source.Path, mapping.Name.Line, mapping.Name.Column, reason));

    private static MappingPlan PlanOf(string name)
    {
        var diagnostics = new List<Diagnostic>();
        return MappingReading.Read(ReadShipped(name), diagnostics)?.Plan ?? throw new InvalidOperationException($"A mapping that comes with Nightjar has a mistake: {diagnostics[0]}");
    }

    private static IEnumerable<string> ShippedNames() =>
        typeof(MappingLoader).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static MappingSource ReadShipped(string name)
    {
        using var reader = new StreamReader(typeof(MappingLoader).Assembly.GetManifestResourceStream(name)!);
        return new MappingSource(name.Replace('\\', '/'), reader.ReadToEnd(), IsShipped: true);
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Nightjar.Knowledge.Bundles;

/// <summary>What is kept of an ATT&amp;CK object of a bundle.</summary>
internal sealed record BundleObject
{
    public required AttackKind Kind { get; init; }

    /// <summary>The STIX id, <c>attack-pattern--…</c>.</summary>
    public required string Ref { get; init; }

    /// <summary>The ATT&amp;CK id.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }
    public required string Version { get; init; }
    public required string Created { get; init; }
    public required string Modified { get; init; }
    public required bool IsRevoked { get; init; }
    public required bool IsDeprecated { get; init; }
    public required string Sha256 { get; init; }

    /// <summary>Of a tactic.</summary>
    public string ShortName { get; init; } = "";

    public IReadOnlyList<string> Platforms { get; init; } = [];

    /// <summary>Short names of a technique's tactics.</summary>
    public IReadOnlyList<string> Phases { get; init; } = [];

    /// <summary>STIX ids of a strategy's analytics.</summary>
    public IReadOnlyList<string> AnalyticRefs { get; init; } = [];

    public IReadOnlyList<BundleLogSource> LogSources { get; init; } = [];
    public IReadOnlyList<string> MutableElements { get; init; } = [];

    /// <summary>The kind of this STIX type; null when a catalogue does not hold it.</summary>
    public static AttackKind? KindOf(string type)
    {
        foreach (var kind in Enum.GetValues<AttackKind>()) if (kind.StixType() == type) return kind;
        return null;
    }

    /// <summary>Reads an object; what is wrong with it is then the fault of the fields.</summary>
    public static BundleObject Read(AttackKind kind, JsonElement root, BundleFields fields) => new()
    {
        Kind = kind,
        Ref = StixId(kind.StixType(), fields),
        Id = AttackId(kind.Prefix(), fields),
        Name = fields.Text("name"),
        Version = fields.Text("x_mitre_version"),
        Created = fields.Day("created"),
        Modified = fields.Day("modified"),
        IsRevoked = fields.Flag("revoked"),
        IsDeprecated = fields.Flag("x_mitre_deprecated"),
        Sha256 = CanonicalJson.Sha256(root),
        ShortName = kind == AttackKind.Tactic ? fields.Text("x_mitre_shortname") : "",
        Platforms = fields.Texts("x_mitre_platforms"),
        Phases = [.. fields.Items("kill_chain_phases").Select(phase => fields.Text(phase, "phase_name"))],
        AnalyticRefs = fields.Texts("x_mitre_analytic_refs"),
        LogSources = [.. LogSourcesOf(kind, fields)],
        MutableElements = [.. fields.Items("x_mitre_mutable_elements").Select(element => fields.Text(element, "field")).Distinct()],
    };

    private static string StixId(string type, BundleFields fields)
    {
        var id = fields.Text("id");
        if (!id.StartsWith(type + "--", StringComparison.Ordinal) || !Guid.TryParseExact(id[(type.Length + 2)..], "D", out _)) fields.Blame($"'id' is not {type}-- and a UUID");
        return id;
    }

    private static string AttackId(string prefix, BundleFields fields)
    {
        foreach (var reference in fields.Items("external_references"))
        {
            if (!fields.Text(reference, "source_name").StartsWith("mitre", StringComparison.Ordinal)) continue;
            var id = fields.Text(reference, "external_id");
            if (!IsAttackId(id, prefix)) fields.Blame($"'{YamlText.Excerpt(id)}' is no id of its kind");
            return id;
        }
        fields.Blame("no ATT&CK id is among its 'external_references'");
        return "";
    }

    // T1544, T1521.002, AN1848.
    private static bool IsAttackId(string id, string prefix)
    {
        if (!id.StartsWith(prefix, StringComparison.Ordinal)) return false;
        var parts = id[prefix.Length..].Split('.');
        return parts.Length <= (prefix == "T" ? 2 : 1) && parts.All(part => part.Length is >= 3 and <= 6 && part.All(char.IsAsciiDigit));
    }

    private static IEnumerable<BundleLogSource> LogSourcesOf(AttackKind kind, BundleFields fields) => kind switch
    {
        AttackKind.Analytic => fields.Items("x_mitre_log_source_references")
            .Select(source => new BundleLogSource(fields.Text(source, "x_mitre_data_component_ref"), fields.Text(source, "name"), Mark(source))),
        AttackKind.DataComponent => fields.Items("x_mitre_log_sources").Select(source => new BundleLogSource("", fields.Text(source, "name"), "")),
        _ => [],
    };

    // A channel of one word is a name; a longer one is MITRE's sentence, of which only a fingerprint is kept.
    private static string Mark(JsonElement source)
    {
        if (!source.TryGetProperty("channel", out var value) || value.ValueKind != JsonValueKind.String) return "";
        var words = value.GetString()!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [] or ["None"] => "",
            [{ Length: <= 64 } word] => word,
            _ => "#" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', words))))[..12],
        };
    }
}

/// <summary>A log source of an analytic or of a data component.</summary>
/// <param name="ComponentRef">STIX id of the data component; empty in a data component itself.</param>
/// <param name="Name">The log source's name.</param>
/// <param name="Mark">The channel's mark; empty when it has none.</param>
internal sealed record BundleLogSource(string ComponentRef, string Name, string Mark);

/// <summary>A relation between two objects, by their STIX ids.</summary>
internal sealed record BundleRelation(string Kind, string From, string To);

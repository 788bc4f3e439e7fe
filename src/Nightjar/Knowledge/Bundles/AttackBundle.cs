using System.Security.Cryptography;

namespace Nightjar.Knowledge.Bundles;

/// <summary>Makes a catalogue of a STIX bundle in which MITRE publishes a release of ATT&amp;CK: ids, names, dates, hashes and relations, no prose.</summary>
public static class AttackBundle
{
    /// <summary>The largest bundle that is read; the Mobile domain has less than a tenth of it.</summary>
    public const int MaxBytes = 64 << 20;

    /// <summary>Reads a bundle. No content makes it throw; the same bytes give the same catalogue.</summary>
    /// <param name="bundle">Its bytes. At most <see cref="MaxBytes"/> are held.</param>
    /// <param name="name">The file's name, for the reports, and for the release where nothing else says it: <c>mobile-attack-19.1.json</c>.</param>
    /// <param name="release">The release; null to take it from the bundle or from the name.</param>
    /// <exception cref="IOException">The stream failed.</exception>
    public static AttackImport Read(Stream bundle, string name, string? release)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(name);
        var complaints = new BundleComplaints(name);
        var bytes = Bytes(bundle);
        if (bytes.Length > MaxBytes) complaints.Add(BundleRules.TooLarge, $"The file is larger than {MaxBytes >> 20} MiB.");
        else if (BundleReading.Read(bytes, complaints) is { } contents)
        {
            var stated = release ?? contents.Release ?? ReleaseOf(name);
            if (stated is not null && AttackReleases.IsName(stated)) return Import(stated, contents, bytes, complaints);
            complaints.Add(BundleRules.UnknownRelease, stated is null ? "Neither the bundle nor its name says a release." : $"'{YamlText.Excerpt(stated)}' is no release.");
        }
        return new AttackImport("", "", complaints.All);
    }

    private static AttackImport Import(string release, BundleContents contents, ReadOnlyMemory<byte> bytes, BundleComplaints complaints)
    {
        var links = new BundleLinks(contents, complaints);
        var text = CatalogueText.Write(release, Convert.ToHexStringLower(SHA256.HashData(bytes.Span)), contents, links);
        return new AttackImport(release, complaints.HasErrors ? "" : text, complaints.All);
    }

    private static ReadOnlyMemory<byte> Bytes(Stream bundle)
    {
        var bytes = new MemoryStream();
        var buffer = new byte[81920];
        while (bytes.Length <= MaxBytes && bundle.Read(buffer) is > 0 and var count) bytes.Write(buffer, 0, count);
        ReadOnlyMemory<byte> all = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        return all.Span.StartsWith("\uFEFF"u8) ? all[3..] : all;
    }

    // mobile-attack-19.1.json
    private static string? ReleaseOf(string name)
    {
        var bare = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        if (bare.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) bare = bare[..^5];
        var last = bare[(bare.LastIndexOf('-') + 1)..];
        return AttackReleases.IsName(last) ? last : null;
    }
}

/// <summary>What came of a bundle.</summary>
/// <param name="Release">The release; empty when no catalogue was made.</param>
/// <param name="Catalogue">The text of <c>attack/mobile-RELEASE.json</c>; empty when a mistake is an error.</param>
/// <param name="Diagnostics">Every mistake, at most 100.</param>
public sealed record AttackImport(string Release, string Catalogue, IReadOnlyList<Diagnostic> Diagnostics)
{
    public bool HasErrors => Diagnostics.Any(item => item.Severity == DiagnosticSeverity.Error);
}

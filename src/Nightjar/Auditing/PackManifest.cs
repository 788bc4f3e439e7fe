using System.Text;
using Nightjar.Sinks.Records;

namespace Nightjar.Auditing;

/// <summary>A file of a pack with its fingerprint.</summary>
/// <param name="Name">Its path below the folder, with forward slashes.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Lower case hexadecimal.</param>
public sealed record PackEntry(string Name, long Bytes, string Sha256);

/// <summary>How a pack differs from its manifest; empty lists where it does not.</summary>
/// <param name="Changed">Files of other content.</param>
/// <param name="Missing">Files that are not there.</param>
/// <param name="Added">Files that the manifest does not name.</param>
/// <param name="Unreadable">Lines of the manifest, from 1, that are none.</param>
public sealed record PackDifference(IReadOnlyList<string> Changed, IReadOnlyList<string> Missing, IReadOnlyList<string> Added, IReadOnlyList<int> Unreadable)
{
    public bool IsNone => Changed.Count + Missing.Count + Added.Count + Unreadable.Count == 0;
}

/// <summary>The manifests of an evidence pack: every file with its SHA-256.</summary>
public static class PackManifest
{
    /// <summary>The manifest that <c>sha256sum -c</c> reads; it names every other file.</summary>
    public const string SumsName = "manifest.sha256";

    /// <summary>The same with lengths, for machines; it names every file but the two manifests.</summary>
    public const string JsonName = "manifest.json";

    private const int HashLength = 64;

    /// <summary>Writes <c>manifest.json</c>.</summary>
    public static void WriteJson(IEnumerable<PackEntry> entries, Stream output) => JsonLayout.WritePage(output, json =>
    {
        json.WriteStartObject();
        json.WriteOrigin();
        json.WriteObjects("files", Sorted(entries), entry =>
        {
            json.WriteString("path", entry.Name);
            json.WriteNumber("bytes", entry.Bytes);
            json.WriteString("sha256", entry.Sha256);
        });
        json.WriteEndObject();
    });

    /// <summary>Writes <c>manifest.sha256</c>.</summary>
    public static void WriteSums(IEnumerable<PackEntry> entries, Stream output)
    {
        foreach (var entry in Sorted(entries)) output.Write(Encoding.UTF8.GetBytes($"{entry.Sha256}  {entry.Name}\n"));
    }

    /// <summary>Compares a folder with its manifest. Names in the manifest are compared and never opened.</summary>
    /// <param name="sums">Text of <c>manifest.sha256</c>.</param>
    /// <param name="present">Every file of the folder.</param>
    public static PackDifference Compare(string sums, IEnumerable<PackEntry> present)
    {
        ArgumentNullException.ThrowIfNull(sums);
        var stated = new Dictionary<string, string>(StringComparer.Ordinal);
        var (unreadable, number) = (new List<int>(), 0);
        foreach (var line in sums.Split('\n'))
        {
            number++;
            if (line.Length == 0) continue;
            if (!IsEntry(line) || !stated.TryAdd(line[(HashLength + 2)..], line[..HashLength])) unreadable.Add(number);
        }
        var actual = present.Where(entry => entry.Name != SumsName).ToDictionary(entry => entry.Name, entry => entry.Sha256, StringComparer.Ordinal);
        return new PackDifference(
            Names(stated.Where(pair => actual.TryGetValue(pair.Key, out var hash) && hash != pair.Value).Select(pair => pair.Key)),
            Names(stated.Keys.Where(name => !actual.ContainsKey(name))),
            Names(actual.Keys.Where(name => !stated.ContainsKey(name))),
            unreadable);
    }

    private static bool IsEntry(string line) =>
        line.Length > HashLength + 2 && !line.AsSpan(0, HashLength).ContainsAnyExcept("0123456789abcdef") && line[HashLength] == ' ' && line[HashLength + 1] is ' ' or '*';

    private static List<PackEntry> Sorted(IEnumerable<PackEntry> entries) => [.. entries.OrderBy(entry => entry.Name, StringComparer.Ordinal)];

    private static List<string> Names(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];
}

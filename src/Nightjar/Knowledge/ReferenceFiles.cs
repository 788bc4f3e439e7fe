using System.Security.Cryptography;
using System.Text;

namespace Nightjar.Knowledge;

/// <summary>The texts of a reference folder while they are read: hands each reader its own, gathers every mistake, knows what nobody asked for. A text is
/// fetched when it is first asked for, and its fingerprint taken when its origin is.</summary>
internal sealed class ReferenceFiles
{
    private readonly Dictionary<string, Lazy<string>> texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Lazy<ReferenceFile>> origins = new(StringComparer.Ordinal);
    private readonly HashSet<string> read = new(StringComparer.Ordinal);
    private readonly string[] paths;

    public ReferenceFiles(IReadOnlyDictionary<string, string> files) : this(files.Keys, path => files[path])
    {
    }

    public ReferenceFiles(IEnumerable<string> names, Func<string, string> textOf)
    {
        foreach (var name in names) texts[name.Replace('\\', '/')] = new Lazy<string>(() => textOf(name));
        paths = [.. texts.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>Every mistake found so far.</summary>
    public List<Diagnostic> Diagnostics { get; } = [];

    /// <summary>What was read so far, by path.</summary>
    public IReadOnlyList<ReferenceFile> Origins => [.. paths.Where(origins.ContainsKey).Select(path => origins[path].Value)];

    /// <summary>Notes what a file says of its own origin.</summary>
    public void Describe(string path, string? origin, string? version, string? date, string? licence) =>
        origins[path] = new Lazy<ReferenceFile>(() => new ReferenceFile(path, origin, version, date, licence, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text(path))))));

    /// <summary><c>name.yml</c> and whatever extends it, <c>name.*.yml</c> in order of name, as mappings. Later ones add to and win over earlier ones.</summary>
    public IEnumerable<YamlFile> Yaml(string name) => Open(Named(name, ".yml"));

    /// <summary>Every <c>.yml</c> of a folder but <paramref name="except"/>, in order of name.</summary>
    public IEnumerable<YamlFile> YamlUnder(string folder, string except) =>
        Open(paths.Where(path => path.StartsWith(folder, StringComparison.Ordinal) && path.EndsWith(".yml", StringComparison.Ordinal)
            && !IsOf(path, except, ".yml")));

    /// <summary>The base file and its extensions, as they are.</summary>
    public IEnumerable<KeyValuePair<string, string>> Texts(string name, string ending)
    {
        foreach (var path in Named(name, ending).ToList())
        {
            read.Add(path);
            yield return new(path, Text(path));
        }
    }

    /// <summary>The paths with this beginning and ending, in order.</summary>
    public IEnumerable<string> PathsBetween(string start, string ending) =>
        paths.Where(path => path.Length >= start.Length + ending.Length && path.StartsWith(start, StringComparison.Ordinal) && path.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>Says that a file has its reader, who may read it later or never.</summary>
    public void Claim(string path) => read.Add(path);

    /// <summary>A file as it is.</summary>
    public string Text(string path) => texts[path].Value;

    /// <summary>Reports what no reader asked for. Documents, licences and tools that stand beside the data are no data.</summary>
    public void ReportUnread()
    {
        foreach (var path in paths.Where(path => !read.Contains(path) && !IsBeside(path)))
            Diagnostics.Add(ReferenceRules.UnknownFile.At(path, 0, 0, $"No reference file is called '{YamlText.Excerpt(path)}'."));
    }

    private IEnumerable<string> Named(string name, string ending)
    {
        if (!texts.ContainsKey(name + ending))
            Diagnostics.Add(ReferenceRules.FileMissing.At(name + ending, 0, 0, $"The file '{name + ending}' is not there."));
        return paths.Where(path => IsOf(path, name, ending))
            .OrderBy(path => path.Length == name.Length + ending.Length ? 0 : 1).ThenBy(path => path, StringComparer.Ordinal);
    }

    private static bool IsOf(string path, string name, string ending) =>
        path.Length >= name.Length + ending.Length && path.StartsWith(name, StringComparison.Ordinal) && path[name.Length] == '.'
        && path.EndsWith(ending, StringComparison.Ordinal);

    private IEnumerable<YamlFile> Open(IEnumerable<string> found)
    {
        foreach (var path in found.ToList())
        {
            read.Add(path);
            if (YamlFile.Open(path, Text(path), Diagnostics) is not { } file) continue;
            Describe(path, file.About("origin"), file.About("version"), file.About("date"), file.About("licence"));
            yield return file;
        }
    }

    private static bool IsBeside(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name.StartsWith('.') || name.EndsWith(".md", StringComparison.Ordinal) || name.EndsWith(".cs", StringComparison.Ordinal)
            || name.StartsWith("LICENSE", StringComparison.Ordinal) || name.StartsWith("NOTICE", StringComparison.Ordinal);
    }
}

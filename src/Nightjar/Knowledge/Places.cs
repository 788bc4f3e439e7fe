namespace Nightjar.Knowledge;

/// <summary>A kind of place in a phone's file system.</summary>
/// <param name="Name">For example <c>app_private</c>.</param>
/// <param name="Meaning">One line for people.</param>
public sealed record PlaceKind(string Name, string Meaning);

/// <summary>What the place of a file says: whose it is, and whether an app can have put the file there.</summary>
/// <param name="Place">Name of a <see cref="PlaceKind"/>; <c>other</c> when the path is none that is known.</param>
/// <param name="AppWritable">True when an app can write there at run time.</param>
/// <param name="Package">The package that the path names; null when it names none.</param>
public readonly record struct PathPlace(string Place, bool AppWritable, string? Package);

/// <summary>Places in the file systems of Android and iOS. Paths are canonical; on iOS they may begin with <c>/private</c> or not.</summary>
public sealed class Places
{
    /// <summary>The place of a path that no pattern matches.</summary>
    public const string Other = "other";

    /// <summary>The longest path that is looked at.</summary>
    public const int MaxLength = 8192;

    private readonly SortedDictionary<string, PlaceKind> kinds = new(StringComparer.Ordinal);
    private readonly List<Rule> rules = [];
    private readonly HashSet<string> instructionSets = new(StringComparer.Ordinal);
    private readonly HashSet<string> stackedExtensions = new(StringComparer.OrdinalIgnoreCase);

    private Places() => kinds[Other] = new PlaceKind(Other, "None of the known places.");

    /// <summary>Every kind of place, by name.</summary>
    public IReadOnlyCollection<PlaceKind> Kinds => kinds.Values;

    /// <summary>Every pattern in the order in which they are tried, with its place and whether an app can write there.</summary>
    public IReadOnlyList<(string Pattern, string Place, bool AppWritable)> Patterns => [.. rules.Select(r => (r.Text, r.Place, r.AppWritable))];

    /// <summary>The kind of place with this name; null when there is none.</summary>
    public PlaceKind? Find(string name) => kinds.GetValueOrDefault(name);

    /// <summary>Everything that is known of a path, by the first pattern that matches.</summary>
    public PathPlace Of(string path)
    {
        if (path.Length <= MaxLength)
        {
            var plain = WithoutPrivate(path);
            foreach (var rule in rules)
                if (rule.Pattern.Matches(plain, out var package)) return new PathPlace(rule.Place, rule.AppWritable, package);
        }
        return new PathPlace(Other, false, null);
    }

    /// <summary>Name of the kind of place that a path lies in.</summary>
    public string PlaceOf(string path) => Of(path).Place;

    /// <summary>True when an app can have written the file at run time.</summary>
    public bool AppWritable(string path) => Of(path).AppWritable;

    /// <summary>The package that a path names as its owner; null when it names none.</summary>
    public string? PackageOf(string path) => Of(path).Package;

    /// <summary>Folder and stem of a path: equal for a file and for what the runtime makes of it beside it. <c>d/classes.jar</c>, <c>d/classes.dex</c>,
    /// <c>d/classes.jar.tmp</c> and <c>d/oat/arm64/classes.odex</c> have the key <c>d/classes</c>.</summary>
    public string StemKey(string path)
    {
        if (path.Length > MaxLength) return path;
        var plain = WithoutPrivate(path);
        var slash = plain.LastIndexOf('/');
        return string.Concat(WithoutCompiled(plain[..(slash + 1)]), Stem(plain[(slash + 1)..]));
    }

    internal static Places Read(ReferenceFiles files)
    {
        var result = new Places();
        foreach (var file in files.Yaml("places"))
        {
            file.Expect(file.Root, "about", "places", "patterns", "instruction_sets", "stacked_extensions");
            foreach (var (name, meaning) in file.Entries(file.Root, "places"))
                if (file.IsName(name) && file.Text(meaning) is { } text) result.kinds[name.Text] = new PlaceKind(name.Text, text.Text);
            result.ReadPatterns(file);
            result.instructionSets.UnionWith(file.Texts(file.Root, "instruction_sets").Select(text => text.Text));
            result.stackedExtensions.UnionWith(file.Texts(file.Root, "stacked_extensions").Select(text => text.Text));
        }
        return result;
    }

    // The patterns of a file that extends are tried before those that it extends.
    private void ReadPatterns(YamlFile file)
    {
        var read = new List<Rule>();
        if (file.Root["patterns"] is not { } node || file.List(node) is not { } list) return;
        foreach (var item in list.Items)
        {
            if (file.Map(item) is not { } map) continue;
            file.Expect(map, "pattern", "place", "writable");
            if (file.Text(map, "pattern", required: true) is not { } text || file.Text(map, "place", required: true) is not { } place) continue;
            if (PathPattern.Parse(text.Text) is not { } pattern)
                file.Report(ReferenceRules.BadValue, text, $"'{YamlText.Excerpt(text.Text)}' is no path pattern.",
                    "Write it like /data/data/{package}/cache/**; known are {package}, {install}, {number}, {id}, * within a name and ** at the end.");
            else if (!kinds.ContainsKey(place.Text))
                file.Report(ReferenceRules.UnknownName, place, $"No place is called '{YamlText.Excerpt(place.Text)}'.",
                    $"Known are: {string.Join(", ", kinds.Keys)}.");
            else if (read.Any(rule => rule.Text == text.Text))
                file.Report(ReferenceRules.Duplicate, text, $"The pattern '{text.Text}' stands in this file a second time.");
            else read.Add(new Rule(text.Text, pattern, place.Text, file.YesNo(map, "writable") ?? false));
        }
        rules.InsertRange(0, read);
    }

    private static ReadOnlySpan<char> WithoutPrivate(ReadOnlySpan<char> path)
    {
        const string Private = "/private";
        var rest = path.StartsWith(Private, StringComparison.Ordinal) ? path[Private.Length..] : path;
        return rest.StartsWith("/var/", StringComparison.Ordinal) || rest.StartsWith("/tmp/", StringComparison.Ordinal) ? rest : path;
    }

    // d/oat/arm64/ is where the runtime puts what it compiled from d/.
    private ReadOnlySpan<char> WithoutCompiled(ReadOnlySpan<char> folder)
    {
        var inner = folder.TrimEnd('/');
        var slash = inner.LastIndexOf('/');
        if (slash < 0 || !instructionSets.GetAlternateLookup<ReadOnlySpan<char>>().Contains(inner[(slash + 1)..])) return folder;
        return inner[..slash].EndsWith("/oat", StringComparison.Ordinal) ? folder[..(slash - "oat".Length)] : folder;
    }

    // The last extension goes whatever it is; those before it only if files are known to carry them one upon the other.
    private ReadOnlySpan<char> Stem(ReadOnlySpan<char> name)
    {
        var known = stackedExtensions.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var first = true; ; first = false)
        {
            var dot = name.LastIndexOf('.');
            if (dot <= 0 || !first && !known.Contains(name[dot..])) return name;
            if (!name[(dot + 1)..].ContainsAnyExceptInRange('0', '9')) return name;
            name = name[..dot];
        }
    }

    private sealed record Rule(string Text, PathPattern Pattern, string Place, bool AppWritable);
}

namespace Nightjar.Knowledge;

/// <summary>What a recognised kind of content can do.</summary>
public enum FileKind : byte
{
    /// <summary>The kind says neither: not recognised, or a wrapping that can hold anything.</summary>
    Unknown,
    /// <summary>Code, or a package that code is delivered in.</summary>
    Code,
    /// <summary>Pictures, sound, documents, data: never code, whatever the name or the entropy.</summary>
    Harmless,
}

/// <summary>What content, names and media types say about a file.</summary>
public sealed class FileTypes
{
    private const StringComparison IgnoreCase = StringComparison.OrdinalIgnoreCase;
    private readonly Dictionary<string, Magic> magics = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Magic> names = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, FileKind> mimes = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> codeExtensions = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> knownExtensions = new(StringComparer.OrdinalIgnoreCase);

    private FileTypes() { }

    /// <summary>The names of every recognised content, sorted.</summary>
    public IReadOnlyList<string> Magics => [.. magics.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The extensions that speak for code when the content is not known, with their dot, sorted.</summary>
    public IReadOnlyList<string> CodeExtensions => [.. codeExtensions.Order(StringComparer.Ordinal)];

    /// <summary>The media types that speak for code, sorted: what a list of content types holds by default.</summary>
    public IReadOnlyList<string> CodeMimes => [.. mimes.Where(m => m.Value == FileKind.Code).Select(m => m.Key).Order(StringComparer.Ordinal)];

    /// <summary>What the recognised content is.</summary>
    /// <param name="magic">As sources write it (<c>dex</c>, <c>png</c>); null or an unknown one is <see cref="FileKind.Unknown"/>.</param>
    public FileKind KindOf(string? magic) => Find(magic)?.Kind ?? FileKind.Unknown;

    /// <summary>True for content that holds other files.</summary>
    public bool IsContainer(string? magic) => Find(magic)?.IsContainer ?? false;

    /// <summary>What a media type says. Parameters (<c>; charset=…</c>) and case make no difference.</summary>
    public FileKind KindOfMime(string? contentType)
    {
        if (contentType is null || contentType.Length > 512) return FileKind.Unknown;
        var end = contentType.IndexOf(';', StringComparison.Ordinal);
        return mimes.GetValueOrDefault((end < 0 ? contentType : contentType[..end]).Trim(), FileKind.Unknown);
    }

    /// <summary>True when the name's extension speaks for code. A version after it (<c>libx.so.1</c>) is passed over.</summary>
    public bool IsCodeExtension(string? name) => codeExtensions.Contains(Extension(name));

    /// <summary>True when the name promises other content than there is: a DEX called <c>.png</c>.
    /// Names and contents that promise nothing contradict nothing.</summary>
    public bool Contradicts(string? magic, string? name)
    {
        var extension = Extension(name);
        return Find(magic) is { } found && knownExtensions.Contains(extension) && !found.Extensions.Contains(extension);
    }

    /// <summary>Whether a file is like code: by its content; if that is not known, by its extension; if that says nothing, by its entropy.</summary>
    /// <param name="magic">The recognised content; null when none was.</param>
    /// <param name="name">Name or path; null when not known.</param>
    /// <param name="entropy">Bits per byte, 0 to 8; null when not known.</param>
    /// <param name="threshold">The entropy from which content that nothing else is known of counts as code.</param>
    public bool CodeLike(string? magic, string? name, double? entropy, double threshold) => KindOf(magic) switch
    {
        FileKind.Code => true,
        FileKind.Harmless => false,
        _ => IsCodeExtension(name) || entropy >= threshold,
    };

    /// <summary>The extension of a name or path with its dot; empty when it has none. A purely numeric one is passed over.</summary>
    internal static string Extension(string? path)
    {
        if (path is null) return "";
        var name = path.AsSpan(path.LastIndexOf('/') + 1);
        for (var dot = name.LastIndexOf('.'); dot > 0; dot = name.LastIndexOf('.'))
        {
            var extension = name[dot..];
            if (extension.Length > 1 && extension[1..].ContainsAnyExceptInRange('0', '9')) return extension.Length <= 32 ? extension.ToString() : "";
            name = name[..dot];
        }
        return "";
    }

    internal static FileTypes Read(ReferenceFiles files)
    {
        var result = new FileTypes();
        foreach (var file in files.Yaml("file-types"))
        {
            file.Expect(file.Root, "about", "magics", "code_extensions", "mimes");
            var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var (name, value) in file.Entries(file.Root, "magics"))
                if (file.IsName(name) && file.Map(value) is { } map) result.ReadMagic(file, name, map, seen);
            ReadExtensions(file, file.Texts(file.Root, "code_extensions"), result.codeExtensions);
            foreach (var (kind, list) in file.Entries(file.Root, "mimes"))
                if (Kind(file, kind) is { } known) result.ReadMimes(file, list, known);
        }
        return result;
    }

    private Magic? Find(string? magic) => magic is null ? null : names.GetValueOrDefault(magic);

    private void ReadMagic(YamlFile file, YamlScalar name, YamlMap map, HashSet<string> seen)
    {
        file.Expect(map, "kind", "container", "aliases", "extensions");
        if (file.Text(map, "kind", required: true) is not { } word || Kind(file, word) is not { } kind) return;
        var magic = new Magic(kind, file.YesNo(map, "container") ?? false, new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        ReadExtensions(file, file.Texts(map, "extensions"), magic.Extensions);
        knownExtensions.UnionWith(magic.Extensions);
        magics[name.Text] = magic;
        foreach (var text in file.Texts(map, "aliases").Prepend(name))
        {
            if (seen.Add(text.Text)) names[text.Text] = magic;
            else file.Report(ReferenceRules.Duplicate, text, $"The content '{YamlText.Excerpt(text.Text)}' stands in this file a second time.");
        }
    }

    private static void ReadExtensions(YamlFile file, IEnumerable<YamlScalar> list, HashSet<string> into)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in list)
        {
            if (text.Text.Length is < 2 or > 32 || text.Text[0] != '.' || text.Text.LastIndexOfAny(['.', '/', ' ']) > 0)
                file.Report(ReferenceRules.BadValue, text, $"'{YamlText.Excerpt(text.Text)}' is no extension.", "Write it with its dot: .jar");
            else if (!seen.Add(text.Text)) file.Report(ReferenceRules.Duplicate, text, $"The extension '{text.Text}' stands here a second time.");
            else into.Add(text.Text);
        }
    }

    private void ReadMimes(YamlFile file, YamlNode list, FileKind kind)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in file.Texts(list))
        {
            if (text.Text.Count(c => c == '/') != 1 || text.Text.Any(c => char.IsWhiteSpace(c) || c is ';' or ','))
                file.Report(ReferenceRules.BadValue, text, $"'{YamlText.Excerpt(text.Text)}' is no media type.", "Write it like application/zip, without parameters.");
            else if (!seen.Add(text.Text))
                file.Report(ReferenceRules.Duplicate, text, $"The media type '{text.Text}' stands here a second time.");
            else mimes[text.Text] = kind;
        }
    }

    private static FileKind? Kind(YamlFile file, YamlScalar text)
    {
        if (string.Equals(text.Text, "code", IgnoreCase)) return FileKind.Code;
        if (string.Equals(text.Text, "harmless", IgnoreCase)) return FileKind.Harmless;
        if (string.Equals(text.Text, "unknown", IgnoreCase)) return FileKind.Unknown;
        file.Report(ReferenceRules.UnknownName, text, $"'{YamlText.Excerpt(text.Text)}' is no kind of file.", "Known are: code, harmless, unknown.");
        return null;
    }

    private sealed record Magic(FileKind Kind, bool IsContainer, HashSet<string> Extensions);
}

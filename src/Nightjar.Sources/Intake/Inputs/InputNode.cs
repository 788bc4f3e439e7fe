using Nightjar.Events;

namespace Nightjar.Sources.Intake.Inputs;

/// <summary>A content and where it stands: a file, or something inside one.</summary>
internal sealed record InputNode
{
    /// <summary>As the user would find it; the inside of an archive after <c>!/</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Its place below the path that the user gave, an archive being a folder.</summary>
    public required string RelativePath { get; init; }

    /// <summary>The bare name, without the ending of a compressed file.</summary>
    public required string Name { get; init; }

    /// <summary>The file that it is or is in.</summary>
    public required InputFile File { get; init; }

    /// <summary>How many archives and compressions it is inside of.</summary>
    public int Depth { get; init; }

    /// <summary>Its own date.</summary>
    public Instant? Time { get; init; }

    /// <summary>How long it is, roughly.</summary>
    public long RoughSize { get; init; }

    /// <summary>Opens it anew; null when it can be reached only by reading what stands before it.</summary>
    public Func<ExpansionGuard, Stream>? Reopen { get; init; }

    /// <summary>True when it came out of a compressed file of its own.</summary>
    public bool IsUnzipped { get; init; }

    /// <summary>True when it is in an archive.</summary>
    public bool IsInArchive { get; init; }

    public static InputNode Of(InputFile file) => new()
    {
        Path = file.Path,
        RelativePath = file.RelativePath,
        Name = NameOf(file.RelativePath),
        File = file,
        Time = file.Time,
        RoughSize = file.Length,
        Reopen = file.CanReopen ? _ => file.Open() : null,
    };

    /// <summary>What stands inside, when this is a compressed file.</summary>
    public InputNode Unzipped(Func<ExpansionGuard, Stream>? reopen)
    {
        const int usualRatio = 8;
        return this with { Name = WithoutEnding(Name), Depth = Depth + 1, RoughSize = RoughSize * usualRatio, Reopen = reopen, IsUnzipped = true };
    }

    /// <summary>An entry, when this is an archive. One that came out of a compressed file counts as one with it.</summary>
    public InputNode Inside(string name, Instant? time, long size, Func<ExpansionGuard, Stream>? reopen) => this with
    {
        Path = $"{Path}!/{name}",
        RelativePath = $"{RelativePath}/{name}",
        Name = NameOf(name),
        Depth = IsUnzipped ? Depth : Depth + 1,
        Time = time ?? Time,
        RoughSize = size,
        Reopen = reopen,
        IsInArchive = true,
        IsUnzipped = false,
    };

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string WithoutEnding(string name) =>
        name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase) ? name[..^4] + ".tar" : name;
}

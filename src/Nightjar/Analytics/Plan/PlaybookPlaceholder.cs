namespace Nightjar.Analytics.Plan;

/// <summary>A placeholder of a playbook: <c>load.loaded_path|write.file.path|'the file'</c>.</summary>
/// <param name="Values">What may be told, the first that there is; empty when only words stand there.</param>
/// <param name="Otherwise">The author's words for when there is none; null without.</param>
internal readonly record struct PlaybookPlaceholder(string Values, string? Otherwise)
{
    /// <summary>Names that stand for no stage.</summary>
    public static IReadOnlyList<string> Plain { get; } = [.. Placeholder.Plain, "platform", "start", "end", "finding"];

    public static PlaybookPlaceholder Of(string name)
    {
        var quote = name.IndexOf('\'', StringComparison.Ordinal);
        if (quote < 0 || quote == name.Length - 1 || name[^1] != '\'') return new(name, null);
        return new(name[..quote].TrimEnd('|'), name[(quote + 1)..^1]);
    }
}

namespace Nightjar.Analytics.Plan;

/// <summary>One alternative of a placeholder in a finding's text: a field of a stage's event, or what the stage is.</summary>
/// <param name="Stage">Id of the stage.</param>
/// <param name="Field">Field or composite name; null: the title of the stage.</param>
internal readonly record struct Placeholder(string Stage, string? Field)
{
    /// <summary>When the stage's event began; in playbooks.</summary>
    public const string Time = "time";

    /// <summary>The id of the stage's event, by which its record is found; in playbooks.</summary>
    public const string Event = "event";

    /// <summary>Names that stand for no stage.</summary>
    public static IReadOnlyList<string> Plain { get; } = ["app", "device", "state"];

    /// <summary>The alternatives of <c>write.file.path|download.destination|load</c>, the first of which that was seen is told.</summary>
    public static IEnumerable<Placeholder> Of(string name) => name.Split('|').Select(One);

    private static Placeholder One(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? new Placeholder(text, null) : new Placeholder(text[..dot], text[(dot + 1)..]);
    }
}

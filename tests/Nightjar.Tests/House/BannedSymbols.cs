namespace Nightjar.Tests.House;

/// <summary>The list that the analyzer goes by when the library is compiled, read once more to check what came out.</summary>
internal sealed class BannedSymbols(string list)
{
    private readonly HashSet<string> _names = [.. list.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(NameOf)];

    /// <summary>Mentions of what is banned: one sentence each.</summary>
    public IEnumerable<string> Breaches(IEnumerable<Reference> references) =>
        from reference in references
        where _names.Contains(reference.To.ToString()) || _names.Contains($"{reference.To}.{MemberOf(reference)}")
        select $"{reference.From} mentions {reference.To}{(reference.Member is null ? "" : "." + MemberOf(reference))}.";

    // "M:System.Guid.NewGuid;reason" and "P:System.DateTime.Now;reason": the name without its kind, arguments and reason.
    private static string NameOf(string line) => line.Split(';')[0].Split(':', 2)[1].Split('(')[0];

    private static string? MemberOf(Reference reference) =>
        reference.Member is { } name && name.StartsWith("get_", StringComparison.Ordinal) ? name[4..] : reference.Member;
}

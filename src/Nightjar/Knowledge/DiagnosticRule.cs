namespace Nightjar.Knowledge;

/// <summary>One kind of mistake: its number, and what is the same each time it is made. The manual's list of diagnostics is written from these.</summary>
/// <param name="Code">Stable number such as <c>NJ1001</c>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Title">The mistake in a few words, for the list.</param>
/// <param name="Effect">What happens because of it, one sentence.</param>
/// <param name="Hint">What to do about it, one sentence.</param>
public sealed record DiagnosticRule(string Code, DiagnosticSeverity Severity, string Title, string Effect, string Hint)
{
    /// <summary>This mistake at a place. A <paramref name="hint"/> that knows the case replaces the general one.</summary>
    public Diagnostic At(string file, int line, int column, string reason, string? hint = null) =>
        new(Code, Severity, file, line, column, reason, Effect, hint ?? Hint);
}

using Nightjar.Knowledge;

namespace Nightjar.Cli;

/// <summary>Prints the mistakes of authors, all at once.</summary>
internal static class DiagnosticText
{
    /// <summary>Prints and gives the exit code: 2 when one of them is an error.</summary>
    public static int Print(IReadOnlyList<Diagnostic> diagnostics, TextWriter output)
    {
        foreach (var diagnostic in diagnostics) output.WriteLine(diagnostic);
        return diagnostics.Any(item => item.Severity == DiagnosticSeverity.Error) ? ExitCode.Mistakes : ExitCode.Done;
    }
}

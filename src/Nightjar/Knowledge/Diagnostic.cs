using System.Globalization;

namespace Nightjar.Knowledge;

/// <summary>How much a mistake matters. An <see cref="Error"/> keeps what it stands in from being used; the others do not.</summary>
public enum DiagnosticSeverity : byte
{
    /// <summary>Worth knowing; nothing is lost.</summary>
    Note,
    /// <summary>It works, but hardly as the author meant it.</summary>
    Warning,
    /// <summary>What the mistake stands in is not used.</summary>
    Error,
}

/// <summary>A mistake of an author (of a reference file, an analytic, a mapping, a policy), with its place, its reason, its effect and a way out.</summary>
/// <param name="Code">Stable number such as <c>NJ1001</c>. NJ1…: reference data, NJ2…: analytics, NJ3…: mappings, NJ4…: vetted packages, NJ5…: policy.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="File">Name of the file as it was given, with forward slashes; empty when the mistake is in none.</param>
/// <param name="Line">First line is 1; 0 means the file as a whole.</param>
/// <param name="Column">First column is 1; 0 means the line as a whole.</param>
/// <param name="Reason">What is wrong, one sentence with the offending value.</param>
/// <param name="Effect">What happens because of it, one sentence.</param>
/// <param name="Hint">What to write instead, one sentence; empty when the reason says it already.</param>
public sealed record Diagnostic(
    string Code, DiagnosticSeverity Severity, string File, int Line, int Column, string Reason, string Effect, string Hint)
    : IComparable<Diagnostic>
{
    /// <summary>By file, line, column, code, reason: the order in which diagnostics are told, whatever found them first.</summary>
    public int CompareTo(Diagnostic? other)
    {
        if (other is null) return 1;
        var order = string.CompareOrdinal(File, other.File);
        if (order == 0) order = Line.CompareTo(other.Line);
        if (order == 0) order = Column.CompareTo(other.Column);
        if (order == 0) order = string.CompareOrdinal(Code, other.Code);
        return order != 0 ? order : string.CompareOrdinal(Reason, other.Reason);
    }

    /// <summary>One line: <c>file:line:column: error NJ1001: reason Effect. Hint.</c></summary>
    public override string ToString()
    {
        var severity = Severity switch
        {
            DiagnosticSeverity.Error => "error",
            DiagnosticSeverity.Warning => "warning",
            _ => "note",
        };
        return string.Join(' ', new[] { $"{Place}{severity} {Code}: {Reason}", Effect, Hint }.Where(part => part.Length > 0));
    }

    private string Place
    {
        get
        {
            if (File.Length == 0) return "";
            if (Line == 0) return $"{File}: ";
            var column = Column == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $":{Column}");
            return string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}{column}: ");
        }
    }

    public static bool operator <(Diagnostic left, Diagnostic right) => left.CompareTo(right) < 0;
    public static bool operator >(Diagnostic left, Diagnostic right) => left.CompareTo(right) > 0;
    public static bool operator <=(Diagnostic left, Diagnostic right) => left.CompareTo(right) <= 0;
    public static bool operator >=(Diagnostic left, Diagnostic right) => left.CompareTo(right) >= 0;
}

using Nightjar.Findings;

namespace Nightjar.Sinks.Formats;

/// <summary>Severities as other schemas name them. Where one has fewer steps, the highest are one.</summary>
internal static class SeverityScale
{
    public static string Cim(Severity severity) => severity.Caption().ToLowerInvariant();

    public static string Asim(Severity severity) => severity switch
    {
        Severity.Critical => "High",
        Severity.Unknown => "Informational",
        _ => severity.Caption(),
    };

    public static string Udm(Severity severity) => severity == Severity.Unknown ? "UNKNOWN_SEVERITY" : severity.Caption().ToUpperInvariant();

    public static int Cef(Severity severity) => severity switch
    {
        Severity.Informational => 2,
        Severity.Low => 3,
        Severity.Medium => 5,
        Severity.High => 8,
        Severity.Critical => 10,
        _ => 0,
    };
}

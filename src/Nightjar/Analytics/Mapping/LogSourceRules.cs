using Nightjar.Knowledge;

namespace Nightjar.Analytics.Mapping;

/// <summary>What can be said of the log sources of an analytic by someone who knows the readers.</summary>
internal static class LogSourceRules
{
    public static readonly DiagnosticRule Unread = new("NJ2058", DiagnosticSeverity.Note, "A log source of the ATT&CK analytic is one that no reader gives",
        "What it would show stays unseen.", "Add a mapping or a reader for it, or take it as not observable.");
}

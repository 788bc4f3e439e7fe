using Nightjar.Knowledge;
using static Nightjar.Knowledge.DiagnosticSeverity;

namespace Nightjar.Vetting;

/// <summary>The mistakes that a manifest of a vetted package can hold.</summary>
public static class VettingRules
{
    public static readonly DiagnosticRule NotJson = new("NJ4001", Error, "A manifest is not JSON",
        "The package is not compared with.", "Write it anew with the tool that made it.");

    public static readonly DiagnosticRule NotAManifest = new("NJ4002", Error, "A file is no manifest of a vetted package",
        "It is not used.", "A manifest is a JSON object with `nightjar_vetted: 1`.");

    public static readonly DiagnosticRule TooLarge = new("NJ4003", Error, "A manifest is too large",
        "The package is not compared with.", "Leave out what is not code.");

    public static readonly DiagnosticRule MissingKey = new("NJ4004", Error, "A key is missing",
        "The package is not compared with.", "Add the key.");

    public static readonly DiagnosticRule WrongShape = new("NJ4005", Error, "A value has the wrong shape",
        "The package is not compared with.", "Compare with the description of the manifest.");

    public static readonly DiagnosticRule UnknownKey = new("NJ4006", Warning, "A key that is not known",
        "It is ignored.", "Correct its spelling, or remove it.");

    public static readonly DiagnosticRule NoCode = new("NJ4007", Warning, "A manifest lists no code",
        "Every code file that the app loads will count as absent from its package.", "Make the manifest from the whole package.");

    public static readonly DiagnosticRule Contradiction = new("NJ4008", Warning, "Two manifests of one app and version with one signer",
        "Code that either of them holds counts as reviewed.", "Remove the older one.");

    /// <summary>All of them, by number.</summary>
    public static IReadOnlyList<DiagnosticRule> All { get; } =
        [NotJson, NotAManifest, TooLarge, MissingKey, WrongShape, UnknownKey, NoCode, Contradiction];
}

using Nightjar.Knowledge;

namespace Nightjar.Auditing;

/// <summary>Every mistake that the author of a handling file can be told of.</summary>
internal static class HandlingRules
{
    private const string NotUsed = "No evidence pack is made.";
    private const string Guide = "Compare with the guide, docs/guides/prove-coverage.md.";

    public static readonly DiagnosticRule TooLarge = Error("NJ6001", "The file is larger than the limit.", "Leave out findings that the run does not make.");
    public static readonly DiagnosticRule NotYaml = Error("NJ6002", "The file is not YAML.", "Look for a missing colon, quote or indentation at this place.");
    public static readonly DiagnosticRule Refused = Error("NJ6003", "A form of YAML that is not read.", "Write the value out in plain form.");
    public static readonly DiagnosticRule DuplicateKey = Error("NJ6004", "A key or a column stands twice.", "Remove one of the two.");
    public static readonly DiagnosticRule WrongShape = Error("NJ6005", "A value has the wrong shape.", Guide);
    public static readonly DiagnosticRule MissingKey = Error("NJ6006", "A required key is missing.", "Add it.");
    public static readonly DiagnosticRule UnknownKey = Error("NJ6007", "A key or a column is not known.", "Correct its spelling, or leave it out.");
    public static readonly DiagnosticRule BadValue = Error("NJ6008", "A value is not one of those allowed.", Guide);
    public static readonly DiagnosticRule HandledTwice = Error("NJ6009", "A finding is handled twice.", "Keep the entry that holds.");
    public static readonly DiagnosticRule NotCsv = Error("NJ6010", "The file is not CSV.", "Close the quote, and give each row no more cells than there are columns.");

    public static readonly DiagnosticRule UnknownFinding =
        new("NJ6020", DiagnosticSeverity.Warning, "The run made no such finding.", "The pack lists the entry as one that is not in this run.", "Compare the uid with findings.ocsf.ndjson; other input, analytics or values give other uids.");

    public static YamlRules Yaml { get; } = new(TooLarge, NotYaml, Refused, DuplicateKey);

    public static AuthorRules Maps { get; } = new(WrongShape, MissingKey, UnknownKey, BadValue);

    private static DiagnosticRule Error(string code, string title, string hint) => new(code, DiagnosticSeverity.Error, title, NotUsed, hint);
}

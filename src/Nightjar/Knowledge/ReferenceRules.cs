using static Nightjar.Knowledge.DiagnosticSeverity;

namespace Nightjar.Knowledge;

/// <summary>The mistakes that a file of the reference folder can hold.</summary>
public static class ReferenceRules
{
    public static readonly DiagnosticRule FileMissing = new("NJ1001", Error, "A reference file is missing",
        "What it would have named stays unknown.", "Add the file, or leave the shipped one in place.");

    public static readonly DiagnosticRule UnknownFile = new("NJ1002", Warning, "A file that no reader asks for",
        "It is not read.", "Name it as a shipped file to replace that one, or put a word before the ending to extend it: service-classes.local.yml.");

    public static readonly DiagnosticRule TooLarge = new("NJ1003", Error, "A file is too large",
        "Nothing of it is used.", "Split it into several files.");

    public static readonly DiagnosticRule NotYaml = new("NJ1004", Error, "A file is not YAML",
        "Nothing of it is used.", "Look for a missing colon, quote or indentation at this place.");

    public static readonly DiagnosticRule YamlRefused = new("NJ1005", Error, "A form of YAML that is not read",
        "Nothing of the file is used.", "Write the value out in plain form.");

    public static readonly DiagnosticRule Duplicate = new("NJ1006", Warning, "The same entry twice in one file",
        "The first one counts.", "Remove one of the two.");

    public static readonly DiagnosticRule WrongShape = new("NJ1007", Error, "A value has the wrong shape",
        "This part is left out.", "Compare with the shipped file of the same name.");

    public static readonly DiagnosticRule UnknownKey = new("NJ1008", Warning, "A key that is not known",
        "It is ignored.", "Correct its spelling, or remove it.");

    public static readonly DiagnosticRule MissingKey = new("NJ1009", Error, "A key is missing",
        "This part is left out.", "Add the key.");

    public static readonly DiagnosticRule UnknownName = new("NJ1010", Error, "A name that is declared nowhere",
        "This entry is left out.", "Correct its spelling, or declare it first.");

    public static readonly DiagnosticRule BadValue = new("NJ1011", Error, "A value of the wrong form",
        "This entry is left out.", "Write it as the shipped file does.");

    public static readonly DiagnosticRule NotJson = new("NJ1012", Error, "A file is not JSON of the expected form",
        "Nothing of it is used.", "Make the file anew from the published bundle.");

    public static readonly DiagnosticRule BrokenReference = new("NJ1013", Error, "A reference to an object that is not there",
        "This reference is left out.", "Make the file anew from the published bundle.");

    public static readonly DiagnosticRule OtherRelease = new("NJ1014", Warning, "A catalogue of another ATT&CK release than its name says",
        "The name counts.", "Rename the file, or make it anew from the published bundle.");

    /// <summary>All of them, by number.</summary>
    public static IReadOnlyList<DiagnosticRule> All { get; } =
    [
        FileMissing, UnknownFile, TooLarge, NotYaml, YamlRefused, Duplicate, WrongShape, UnknownKey, MissingKey, UnknownName,
        BadValue, NotJson, BrokenReference, OtherRelease,
    ];
}

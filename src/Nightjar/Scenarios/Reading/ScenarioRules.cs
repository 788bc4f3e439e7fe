using Nightjar.Knowledge;

namespace Nightjar.Scenarios.Reading;

/// <summary>Every mistake that an author of a scenario can be told of. The list in the documents is made from this one.</summary>
internal static class ScenarioRules
{
    private const string NotRun = "The scenario is not run.";

    public static readonly DiagnosticRule NotYaml =
        Error("NJ2601", "A scenario is not YAML, or of a form that is not read.", "Look for a missing colon, quote or indentation at this place.");
    public static readonly DiagnosticRule TooLarge = Error("NJ2602", "A scenario is larger than the limit.", "Split it into several scenarios.");
    public static readonly DiagnosticRule BadFileName = Error("NJ2603", "A file beside the scenarios is none.", "Call it fires-<what>.yml or quiet-<what>.yml.");
    public static readonly DiagnosticRule NoAnalytic = Error("NJ2604", "A scenario belongs to no analytic.", "Put it into the folder scenarios/ beside an analytic.yml.");
    public static readonly DiagnosticRule OrphanGolden =
        Warning("NJ2605", "A golden text belongs to no scenario.", "It is compared with nothing.", "Write the scenario, or remove it.");

    public static readonly DiagnosticRule MissingKey = Error("NJ2610", "A required key of a scenario is missing.", "Add the key.");
    public static readonly DiagnosticRule UnknownKey = Error("NJ2611", "A key of a scenario is not known.", "Correct its spelling, or leave it out.");
    public static readonly DiagnosticRule WrongShape =
        Error("NJ2612", "A value of a scenario has the wrong shape.", "Compare with the guide, docs/guides/add-an-analytic.md.");
    public static readonly DiagnosticRule BadValue = Error("NJ2613", "A value of a scenario is not one of those allowed.", "Write one of those that the guide names.");
    public static readonly DiagnosticRule BadTunable =
        Error("NJ2614", "A scenario sets a tunable that its analytic does not have, or to a value that it does not allow.", "Name a tunable of the analytic and a value inside its range.");
    public static readonly DiagnosticRule BadReason =
        Error("NJ2615", "A scenario names a reason that its analytic does not have.", "Name what the analytic has, as it stands there.");
    public static readonly DiagnosticRule NameTwice = Error("NJ2616", "Two scenarios of an analytic have one name.", "Give one of the two another name.");

    public static readonly DiagnosticRule BadOffset = Error("NJ2620", "An event does not begin with its time.", "Write +12.5, +90s or +1m30s.");
    public static readonly DiagnosticRule UnknownWord =
        Error("NJ2621", "An event is of no known kind.", "The guide lists the words; others are written as class/activity, such as 4001/6.");
    public static readonly DiagnosticRule BadPair = Error("NJ2622", "A part of an event is no key=value.", "Write key=value.");
    public static readonly DiagnosticRule UnknownField =
        Error("NJ2623", "An event has a field that is not in the catalogue.", "Name the field by its OCSF path, as in traffic.bytes_in.");
    public static readonly DiagnosticRule BadFieldValue = Error("NJ2624", "A field of an event has a value that does not fit it.", "Write a value of the field's kind.");
    public static readonly DiagnosticRule Twice = Error("NJ2625", "A field or an id is given twice.", "Leave one of the two out.");

    /// <summary>All rules, by number.</summary>
    public static IReadOnlyList<DiagnosticRule> All { get; } = [.. typeof(ScenarioRules)
        .GetFields(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static)
        .Select(field => field.GetValue(null)).OfType<DiagnosticRule>().OrderBy(rule => rule.Code, StringComparer.Ordinal)];

    private static DiagnosticRule Error(string code, string title, string hint) => new(code, DiagnosticSeverity.Error, title, NotRun, hint);

    private static DiagnosticRule Warning(string code, string title, string effect, string hint) => new(code, DiagnosticSeverity.Warning, title, effect, hint);
}

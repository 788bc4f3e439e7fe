using Nightjar.Knowledge;

namespace Nightjar.Scenarios.Reading;

/// <summary>Every mistake that an author of a scenario can be told of. The list in the documents is made from this one.</summary>
internal static class ScenarioRules
{
    private const string NotRun = "The scenario is not run.";

    public static readonly DiagnosticRule NotYaml = Error("NJ2601", "A scenario is not YAML, or of a form that is not read.");
    public static readonly DiagnosticRule TooLarge = Error("NJ2602", "A scenario is larger than the limit.");
    public static readonly DiagnosticRule BadFileName = Error("NJ2603", "A file beside the scenarios is none.", "Call it fires-<what>.yml or quiet-<what>.yml.");
    public static readonly DiagnosticRule NoAnalytic = Error("NJ2604", "A scenario belongs to no analytic.", "Put it into the folder scenarios/ beside an analytic.yml.");
    public static readonly DiagnosticRule OrphanGolden = Warning("NJ2605", "A golden text belongs to no scenario.", "It is compared with nothing.");

    public static readonly DiagnosticRule MissingKey = Error("NJ2610", "A required key of a scenario is missing.");
    public static readonly DiagnosticRule UnknownKey = Error("NJ2611", "A key of a scenario is not known.");
    public static readonly DiagnosticRule WrongShape = Error("NJ2612", "A value of a scenario has the wrong shape.");
    public static readonly DiagnosticRule BadValue = Error("NJ2613", "A value of a scenario is not one of those allowed.");
    public static readonly DiagnosticRule BadTunable = Error("NJ2614", "A scenario sets a tunable that its analytic does not have, or to a value that it does not allow.");
    public static readonly DiagnosticRule BadReason = Error("NJ2615", "A scenario names a reason that its analytic does not have.");
    public static readonly DiagnosticRule NameTwice = Error("NJ2616", "Two scenarios of an analytic have one name.");

    public static readonly DiagnosticRule BadOffset = Error("NJ2620", "An event does not begin with its time.", "Write +12.5, +90s or +1m30s.");
    public static readonly DiagnosticRule UnknownWord = Error("NJ2621", "An event is of no known kind.");
    public static readonly DiagnosticRule BadPair = Error("NJ2622", "A part of an event is no key=value.");
    public static readonly DiagnosticRule UnknownField = Error("NJ2623", "An event has a field that is not in the catalogue.");
    public static readonly DiagnosticRule BadFieldValue = Error("NJ2624", "A field of an event has a value that does not fit it.");
    public static readonly DiagnosticRule Twice = Error("NJ2625", "A field or an id is given twice.");

    /// <summary>All rules, by number.</summary>
    public static IReadOnlyList<DiagnosticRule> All { get; } = [.. typeof(ScenarioRules)
        .GetFields(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static)
        .Select(field => field.GetValue(null)).OfType<DiagnosticRule>().OrderBy(rule => rule.Code, StringComparer.Ordinal)];

    private static DiagnosticRule Error(string code, string title, string hint = "") => new(code, DiagnosticSeverity.Error, title, NotRun, hint);

    private static DiagnosticRule Warning(string code, string title, string effect) => new(code, DiagnosticSeverity.Warning, title, effect, "");
}

using Nightjar.Knowledge;

namespace Nightjar.Analytics.Reading;

/// <summary>Every mistake that an author of an analytic can be told of. The list in the documents is made from this one.</summary>
internal static class Rules
{
    private const string NotLoaded = "The analytic is not loaded.";

    public static readonly DiagnosticRule NotYaml = Error("NJ2001", "The file is not YAML.", "Look for a missing colon, quote or indentation at this place.");
    public static readonly DiagnosticRule TooLarge =
        Error("NJ2002", "The file is larger than the limit, nested too deep, or uses aliases.", "Write every value out, and split what is too much into several analytics.");
    public static readonly DiagnosticRule MissingKey = Error("NJ2003", "A required key is missing.", "Add the key.");
    public static readonly DiagnosticRule UnknownKey = Error("NJ2004", "A key is not known here.", "Correct its spelling, or leave it out.");
    public static readonly DiagnosticRule WrongShape =
        Error("NJ2005", "A value has the wrong shape: a map, list or text was expected.", "Compare with the guide, docs/guides/add-an-analytic.md.");
    public static readonly DiagnosticRule BadValue = Error("NJ2006", "A value is not one of those allowed.", "Write one of those that the guide names.");
    public static readonly DiagnosticRule DuplicateName = Error("NJ2007", "A name is used twice.", "Give one of the two another name.");
    public static readonly DiagnosticRule UnknownPlatform =
        Error("NJ2008", "The log source names no platform that Nightjar assesses.", "Write product: android or product: ios.");

    public static readonly DiagnosticRule UnknownField = Error("NJ2010", "A field is not in the catalogue.", "Name the field by its OCSF path, as in traffic.bytes_in.");
    public static readonly DiagnosticRule UnknownModifier =
        Error("NJ2011", "A Sigma modifier is not known.", "Use one of Sigma 2.1, as in contains, startswith, re, cidr, gte.");
    public static readonly DiagnosticRule ModifierMisuse =
        Error("NJ2012", "A Sigma modifier does not fit the field or the value.", "Leave the modifier out, or use one that fits.");
    public static readonly DiagnosticRule BadCondition =
        Error("NJ2013", "A Sigma condition cannot be read.", "Join selections by and, or, not, 1 of sel_* and all of sel_*.");
    public static readonly DiagnosticRule UnknownSelection =
        Error("NJ2014", "A condition names a selection that does not exist.", "Correct its spelling, or write the selection.");
    public static readonly DiagnosticRule UnusedSelection =
        Warning("NJ2015", "A selection is not used by the condition.", "It has no effect.", "Name it in the condition, or leave it out.");
    public static readonly DiagnosticRule BadRegex =
        Error("NJ2016", "A regular expression cannot be used: it is malformed or needs backtracking.", "Write it without back references and look-arounds.");
    public static readonly DiagnosticRule BadAddressRange = Error("NJ2017", "An address range is not CIDR.", "Write it like 203.0.113.0/24 or 2001:db8::/32.");
    public static readonly DiagnosticRule OtherPathName =
        Warning("NJ2018", "A path is compared by a name that no event has.", "Nothing equals it: the paths of events have one name only.", "Write the canonical path, as in /storage/emulated/0/ for /sdcard/.");

    public static readonly DiagnosticRule NoEffect =
        Warning("NJ2019", "A part of a Sigma rule has no effect.", "It is passed over.", "Leave it out.");

    public static readonly DiagnosticRule BadTunable =
        Error("NJ2020", "A tunable is not well formed.", "Write type, default and description, and min and max where it has a range.");
    public static readonly DiagnosticRule TunableRange =
        Error("NJ2021", "A tunable's value lies outside its range.", "Take a value inside the range, or widen the range.");
    public static readonly DiagnosticRule UnusedTunable =
        Error("NJ2022", "A tunable is never used, so changing it would do nothing.", "Name it in a condition or a bound, or leave it out.");
    public static readonly DiagnosticRule UnknownTunable =
        Error("NJ2023", "A name is no tunable of this analytic.", "Write a value with its unit, or the name of a tunable.");

    public static readonly DiagnosticRule BadExpression =
        Error("NJ2030", "An expression cannot be read.", "Compare with the chapter on expressions in docs/guides/add-an-analytic.md.");
    public static readonly DiagnosticRule UnknownName =
        Error("NJ2031", "A name in an expression is not known.", "Name a field, a tunable, or a field of another stage as in write.file.path.");
    public static readonly DiagnosticRule UnknownFunction = Error("NJ2032", "A function is not known.", "The guide lists the functions.");
    public static readonly DiagnosticRule TypeError =
        Error("NJ2033", "The parts of an expression do not fit each other.", "Compare texts with texts and numbers with numbers.");
    public static readonly DiagnosticRule StageNotBefore =
        Error("NJ2034", "An expression looks at a stage that does not come before.", "Move the condition to the later of the two stages.");

    public static readonly DiagnosticRule NoStage = Error("NJ2040", "The analytic has no required stage.", "Leave optional and absent out at one stage at least.");
    public static readonly DiagnosticRule UnknownStage = Error("NJ2041", "A stage is named that does not exist.", "Name a stage by its id.");
    public static readonly DiagnosticRule UnreachableStage = Error("NJ2042", "No event can match a stage.", "Two of its conditions exclude each other; take one away.");
    public static readonly DiagnosticRule StageOutsideChains =
        Error("NJ2043", "A stage is neither in a chain nor in the score, so it does nothing.", "Name it in a chain, give it a score as an optional stage, or leave it out.");
    public static readonly DiagnosticRule BadWindow = Error("NJ2044", "The window is no duration between 1 ms and 7 days.", "Write a duration such as 60s or 5m.");
    public static readonly DiagnosticRule BadScore =
        Error("NJ2045", "A score lies outside 0 to 100, or the thresholds are not ascending.", "Write low <= medium <= high, each from 1 to 100.");
    public static readonly DiagnosticRule ScoreUnreachable = Error("NJ2046", "No match can reach the reporting threshold.", "Raise the scores, or lower the threshold.");
    public static readonly DiagnosticRule UnknownPlaceholder =
        Error("NJ2047", "A text names a placeholder that does not exist.", "Write {app}, {device}, {state}, {stage} or {stage.field}.");
    public static readonly DiagnosticRule MissingReason = Error("NJ2048", "An exception has no reason.", "Say in one sentence why this is not the behaviour.");

    public static readonly DiagnosticRule UnknownAttack =
        Error("NJ2050", "An ATT&CK id is not in the release that the analytic names.", "Look it up at https://attack.mitre.org/.");
    public static readonly DiagnosticRule MutableElements =
        Warning("NJ2051", "The tunables are not the mutable elements of the ATT&CK analytic.", "An auditor will find a difference.", "Add a tunable of this name, and use it.");
    public static readonly DiagnosticRule OtherRelease =
        Warning("NJ2053", "The analytic names an ATT&CK release that is not at hand.", "Its ATT&CK ids are not checked, and their names are those of the newest release.",
            "Name a release that is at hand, or import the other: nightjar attack import.");
    public static readonly DiagnosticRule MissingScenario =
        Warning("NJ2052", "The analytic has too few scenarios.", "Nobody knows whether it works or whom it disturbs.", "Write scenarios, look-alikes first: five that are quiet and three that fire.");

    public static readonly DiagnosticRule ForeignElement =
        Warning("NJ2054", "A tunable has the name of a mutable element that the ATT&CK analytic does not have.", "An auditor will take it for the official one.",
            "Take the name that ATT&CK uses in this analytic, or another of your own.");
    public static readonly DiagnosticRule OtherMapping =
        Warning("NJ2055", "Strategy or techniques are not those to which ATT&CK relates the analytic.", "Findings are filed under what ATT&CK does not say.", "Compare with nightjar attack show.");
    public static readonly DiagnosticRule RetiredAttack =
        Warning("NJ2056", "An ATT&CK object is revoked or deprecated in the release that the analytic names.", "Reports file findings under what is no longer in use.", "Name what took its place.");
    public static readonly DiagnosticRule ChangedSince =
        Warning("NJ2057", "ATT&CK has changed what the analytic names since the release that it names.", "It may no longer do what ATT&CK asks.", "Compare with nightjar attack diff, and name the later release.");

    public static readonly DiagnosticRule GivenUpSyntax =
        Error("NJ2060", "A Sigma rule uses syntax that Sigma 2 has given up.", "Write it as a rule and a correlation of Sigma 2.");
    public static readonly DiagnosticRule UnknownRule =
        Error("NJ2061", "A Sigma rule names another that is not there.", "Name a rule by its id or name, and load its file too.");
    public static readonly DiagnosticRule UnusableRule =
        Error("NJ2062", "A Sigma correlation is about a rule that has a mistake.", "Correct the mistake of the rule first.");
    public static readonly DiagnosticRule NotCarried =
        Error("NJ2063", "Nightjar cannot carry out a Sigma correlation as it is written.", "Compare with docs/guides/use-sigma.md.");
    public static readonly DiagnosticRule PerDevice =
        Warning("NJ2064", "A Sigma correlation is not grouped by device.", "Each device is looked at by itself.", "Add device.uid to group-by to say so.");
    public static readonly DiagnosticRule OutsideAttack =
        Warning("NJ2065", "A tag names a technique that ATT&CK Mobile does not have.", "Findings do not name it.", "Name a technique of ATT&CK Mobile.");
    public static readonly DiagnosticRule TranslatedField =
        Note("NJ2066", "A field of Sigma's own taxonomy stands for one of OCSF.", "It is read as that.", "Write the OCSF path to be clear.");
    public static readonly DiagnosticRule NoPlaceholder =
        Warning("NJ2067", "A placeholder of a Sigma rule has no value.", "The part of the rule that needs it sees nothing until the policy sets it.", "Set the tunable of this name in the policy.");
    public static readonly DiagnosticRule KeptOnly =
        Note("NJ2068", "A key of a Sigma rule means nothing to Nightjar.", "It is passed over.", "Leave it out, or correct its spelling.");
    public static readonly DiagnosticRule AgainstSchema =
        Warning("NJ2069", "A Sigma rule is not as Sigma's schema asks.", "Nightjar takes it; other tools may not.", "Correct it for the sake of other tools.");
    public static readonly DiagnosticRule Approximated =
        Warning("NJ2070", "A part of a Sigma correlation is carried out with a difference.", "Findings may differ from those of other tools.", "Say what is meant.");

    /// <summary>All rules, by number.</summary>
    public static IReadOnlyList<DiagnosticRule> All { get; } = [.. typeof(Rules)
        .GetFields(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static)
        .Select(field => field.GetValue(null)).OfType<DiagnosticRule>().OrderBy(rule => rule.Code, StringComparer.Ordinal)];

    private static DiagnosticRule Error(string code, string title, string hint) => new(code, DiagnosticSeverity.Error, title, NotLoaded, hint);

    private static DiagnosticRule Note(string code, string title, string effect, string hint) => new(code, DiagnosticSeverity.Note, title, effect, hint);

    private static DiagnosticRule Warning(string code, string title, string effect, string hint) => new(code, DiagnosticSeverity.Warning, title, effect, hint);
}

using Nightjar.Knowledge;

namespace Nightjar.Policies;

/// <summary>Every mistake that the author of a policy can be told of.</summary>
internal static class PolicyRules
{
    private const string NotUsed = "The policy is not used.";

    public static readonly DiagnosticRule TooLarge = Error("NJ5001", "The file is larger than the limit.", "A policy this large cannot be reviewed; write lists as patterns, or fewer entries.");
    public static readonly DiagnosticRule NotYaml = Error("NJ5002", "The file is not YAML.", "Look for a missing colon, quote or indentation at this place.");
    public static readonly DiagnosticRule Refused = Error("NJ5003", "A form of YAML that is not read.", "Write the value out in plain form.");
    public static readonly DiagnosticRule DuplicateKey = Error("NJ5004", "A key stands twice.", "Remove one of the two.");
    public static readonly DiagnosticRule WrongShape = Error("NJ5005", "A value has the wrong shape.", "Compare with the guide, docs/guides/write-a-policy.md.");
    public static readonly DiagnosticRule MissingKey = Error("NJ5006", "A required key is missing.", "Add it.");
    public static readonly DiagnosticRule UnknownKey = Error("NJ5007", "A key is not known here.", "Correct its spelling, or leave it out.");
    public static readonly DiagnosticRule BadValue = Error("NJ5008", "A value is not one of those allowed.", "Compare with the guide, docs/guides/write-a-policy.md.");
    public static readonly DiagnosticRule DuplicateName = Error("NJ5009", "A name or an id is used twice.", "Give one of the two another name.");

    public static readonly DiagnosticRule UnknownAnalytic = Error("NJ5010", "An analytic does not exist.", "`nightjar analytics list` names them.");
    public static readonly DiagnosticRule UnknownTunable = Error("NJ5011", "An analytic has no such tunable.", "`nightjar analytics show ID` names its tunables.");
    public static readonly DiagnosticRule UnknownRole = Error("NJ5012", "A role is not known.", "The roles are listed in reference/app-roles.yml.");
    public static readonly DiagnosticRule UnknownServiceClass = Error("NJ5013", "A service class is not known.", "The classes are listed in reference/service-classes.yml.");
    public static readonly DiagnosticRule UnknownGroup = Error("NJ5014", "A group is not defined.", "Define it under `groups`, or name one that is.");
    public static readonly DiagnosticRule BadTunableValue = Error("NJ5015", "A value is not of the tunable's type.", "`nightjar analytics show ID` tells the type and the default.");
    public static readonly DiagnosticRule OutOfRange = Error("NJ5016", "A value lies outside the tunable's range.", "Take a value inside the range.");

    public static readonly DiagnosticRule NothingStated = Error("NJ5020", "An entry states nothing, so it can do nothing.", "State what it is for, or leave it out.");
    public static readonly DiagnosticRule Conflict = Error("NJ5021", "Two entries of equal specificity say different things of the same.", "Leave one of them out, or make one of them more specific.");
    public static readonly DiagnosticRule MayConflict =
        Warning("NJ5022", "Two entries of equal specificity may meet and say different things.", "Where both apply, the later one wins.", "Make one of them more specific, or let them agree.");
    public static readonly DiagnosticRule Shadowed =
        Warning("NJ5023", "An entry adds nothing to another.", "It has no effect.", "Leave it out, or make it say something else.");
    public static readonly DiagnosticRule NeverApplies =
        Warning("NJ5024", "An entry can never apply.", "It has no effect.", "Correct whom it is for, or leave it out.");
    public static readonly DiagnosticRule UnusedGroup = Warning("NJ5025", "A group is named nowhere.", "It has no effect.", "Name it in an entry, or leave it out.");

    public static readonly DiagnosticRule CoversEverything =
        Error("NJ5030", "An exception is too broad: it would hide whatever an app or a device does.", "State apps, destinations or paths that are really expected.");
    public static readonly DiagnosticRule TooBroad =
        Warning("NJ5031", "An entry is broader than one party: a whole provider, a public suffix, every app.", "Whoever rents a name there is let through too.", "Name the hosts or the apps that are really meant.");
    public static readonly DiagnosticRule AlreadyOver = Error("NJ5032", "An exception ends before it begins.", "Correct `created` or `expires`.");
    public static readonly DiagnosticRule Expired = Warning("NJ5033", "An exception has expired.", "It hides nothing any more.", "Leave it out, or review it and give it a new end.");
    public static readonly DiagnosticRule ExpiresSoon = Note("NJ5034", "An exception expires within 30 days.", "It hides nothing from then on.", "Review it in time.");

    public static YamlRules Yaml { get; } = new(TooLarge, NotYaml, Refused, DuplicateKey);

    public static AuthorRules Maps { get; } = new(WrongShape, MissingKey, UnknownKey, BadValue);

    private static DiagnosticRule Error(string code, string title, string hint) => new(code, DiagnosticSeverity.Error, title, NotUsed, hint);

    private static DiagnosticRule Warning(string code, string title, string effect, string hint) => new(code, DiagnosticSeverity.Warning, title, effect, hint);

    private static DiagnosticRule Note(string code, string title, string effect, string hint) => new(code, DiagnosticSeverity.Note, title, effect, hint);
}

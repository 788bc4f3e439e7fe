using Nightjar.Knowledge;

namespace Nightjar.Sources.Mapping;

/// <summary>Every mistake that an author of a mapping can be told of. The list in the documents is made from this one.</summary>
public static class MappingRules
{
    private const string NotUsed = "The mapping is not used.";

    public static readonly DiagnosticRule TooLarge = Error("NJ3001", "The file is larger than the limit", "Split the mapping, or move what repeats into a table.");
    public static readonly DiagnosticRule NotYaml = Error("NJ3002", "The file is not YAML", "Look for a missing colon, quote or indentation at this place.");
    public static readonly DiagnosticRule Refused = Error("NJ3003", "A form of YAML that is not read", "Write the value out in plain form.");
    public static readonly DiagnosticRule Duplicate = Error("NJ3004", "A key stands twice", "Remove one of the two.");
    public static readonly DiagnosticRule WrongShape = Error("NJ3005", "A value has the wrong shape", "Compare with the guide: a map, a list or a text is expected here.");
    public static readonly DiagnosticRule MissingKey = Error("NJ3006", "A required key is missing", "Add it.");
    public static readonly DiagnosticRule UnknownKey = Error("NJ3007", "A key is not known here", "Correct its spelling, or remove it.");
    public static readonly DiagnosticRule BadValue = Error("NJ3008", "A value is not one of those allowed", "Write one of those that are named.");

    public static readonly DiagnosticRule UnknownField = Error("NJ3010", "An attribute is not in the catalogue", "The contract lists the attributes of events.");
    public static readonly DiagnosticRule TypeMismatch = Error("NJ3011", "A value does not fit the attribute", "Change the value, or put a table between.");
    public static readonly DiagnosticRule UnknownClass = Error("NJ3012", "A class of event is not known", "Write its OCSF name, such as network_activity, or its number.");
    public static readonly DiagnosticRule FieldElsewhere = Error("NJ3013", "An attribute is set at another place", "The class and the activity stand beside the fields.");
    public static readonly DiagnosticRule UnknownTimeForm = Error("NJ3014", "A form of time is not known", "Write rfc3339, epoch-s, epoch-ms, epoch-us, epoch-ns, epoch, or a pattern such as yyyy-MM-dd HH:mm:ss.");
    public static readonly DiagnosticRule NoZone = Warning("NJ3015", "Times state no zone, and none is given",
        "They are read in the zone that the user assumes, and findings say so.", "Write zone: UTC, an offset, or zone: assumed where it really is unknown.");
    public static readonly DiagnosticRule UnknownTable = Error("NJ3016", "A table does not exist", "Define it under tables, or write its rows here.");
    public static readonly DiagnosticRule UnusedTable = Warning("NJ3017", "A table is not used", "It has no effect.", "Remove it.");
    public static readonly DiagnosticRule UnknownStep = Error("NJ3018", "A step is not known", "The guide lists the steps.");
    public static readonly DiagnosticRule BadPattern = Error("NJ3019", "A regular expression cannot be used", "Backtracking, look-around and back references are not allowed.");
    public static readonly DiagnosticRule UnitMisuse = Error("NJ3020", "A unit does not fit the attribute", "Bytes have B, KB, KiB, MB, MiB, GB, GiB; durations ns, us, ms, s, min, h.");
    public static readonly DiagnosticRule BadRange = Error("NJ3021", "An address range is not CIDR", "Write it like 10.0.0.0/8.");

    public static readonly DiagnosticRule MissingTime = Error("NJ3030", "An event has no time", "Set time, here or under every; inventories without times may take that of the file: or-file-time: true.");
    public static readonly DiagnosticRule MissingDevice = Error("NJ3031", "An event has no device", "Set device.uid or src_endpoint.ip, or say one-device: true where a file speaks of one.");
    public static readonly DiagnosticRule MissingActivity = Error("NJ3032", "An event has no activity", "Write activity: with its OCSF number.");
    public static readonly DiagnosticRule NoEvent = Error("NJ3033", "The mapping makes no event", "Write at least one under events.");

    public static readonly DiagnosticRule Unreachable = Error("NJ3040", "No record can meet a condition", "Remove the event, or what contradicts it.");
    public static readonly DiagnosticRule BadPath = Error("NJ3041", "A path leads nowhere", "The guide says what paths look like.");

    public static readonly DiagnosticRule NoRecognition = Error("NJ3050", "Nothing tells which files are meant", "Write under recognise: keys: what every record has.");
    public static readonly DiagnosticRule Ambiguous = Warning("NJ3051", "Another mapping recognises the same files",
        "Which of the two reads a file depends on their order.", "Add a key or a value that only this format has.");
    public static readonly DiagnosticRule DuplicateName = Error("NJ3052", "Two mappings have one name", "Rename one; only a mapping that comes with Nightjar is replaced by its name.");
    public static readonly DiagnosticRule TakenName = Error("NJ3053", "The name belongs to a reader that is no mapping", "Choose another name.");

    public static readonly DiagnosticRule MissingSample = Warning("NJ3060", "The mapping has no sample",
        "Nobody knows whether it works.", "Put an invented file into samples/ beside it and run: nightjar sources test --accept.");

    /// <summary>All rules, by number.</summary>
    public static IReadOnlyList<DiagnosticRule> All { get; } = [.. typeof(MappingRules)
        .GetFields(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static)
        .Select(field => field.GetValue(null)).OfType<DiagnosticRule>().OrderBy(rule => rule.Code, StringComparer.Ordinal)];

    internal static AuthorRules Maps { get; } = new(WrongShape, MissingKey, UnknownKey, BadValue);

    internal static YamlRules Yaml { get; } = new(TooLarge, NotYaml, Refused, Duplicate);

    private static DiagnosticRule Error(string code, string title, string hint) => new(code, DiagnosticSeverity.Error, title, NotUsed, hint);

    private static DiagnosticRule Warning(string code, string title, string effect, string hint) => new(code, DiagnosticSeverity.Warning, title, effect, hint);
}

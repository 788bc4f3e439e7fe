using System.Text.Json.Nodes;
using Nightjar.Scenarios.Reading;
using static Nightjar.Knowledge.Shape;

namespace Nightjar.Scenarios.Schemas;

/// <summary>The form of a scenario, in a file of its own or inside an analytic.</summary>
internal static class ScenarioSchema
{
    public static JsonObject Of() => Map("A few events in a row, and whether the analytic beside it must report them.", Keys(), "title", "events");

    public static JsonObject Inline()
    {
        var name = Text("fires-<what> or quiet-<what>.");
        name["pattern"] = "^(fires|quiet)-";
        var test = Map("A scenario inside its analytic.", [("name", name), .. Keys()], "name", "title", "events");
        test["if"] = new JsonObject { ["properties"] = new JsonObject { ["name"] = new JsonObject { ["pattern"] = "^fires-" } } };
        test["then"] = new JsonObject { ["required"] = Words(["expect"]), ["not"] = Having("because") };
        test["else"] = new JsonObject { ["required"] = Words(["reason"]), ["not"] = Having("expect") };
        return test;
    }

    private static IEnumerable<(string, JsonObject)> Keys() =>
    [
        ("title", Text("What happens, in a few words.")),
        ("reason", Text("Why it must be quiet.")),
        ("because", Map("What keeps it quiet; without it the scenario must fire.", JudgementReading.ReasonKeys.Keys.Select(key => (key, Reason(key))))),
        ("expect", Map("What is found.",
        [
            ("findings", Whole("How many there are.", 0, 1000)),
            ("score", Whole("Score of the best of them.", 0, 100)),
            ("level", OneOf("Its confidence.", JudgementReading.Levels)),
            ("stages", Some("The stages that it matched, all of them.", Text("Id of a stage."))),
            ("adds", Some("What added to its score, all of it.", Text("Name of a contribution."))),
            ("title", Text("Its title.")),
        ])),
        ("defaults", Map("What events have that do not say otherwise.",
        [
            ("device", Value("The device; phone-1 by default.")),
            ("platform", OneOf("The platform; that of the analytic by default.", ["android", "ios", "ipados"])),
            ("app", Value("Package name or bundle id.")),
            ("start", Value("The time of +0, in UTC.")),
            ("log", Value("The log source; MobileEDR:telemetry by default.")),
        ])),
        ("tunables", Named("Values laid over the defaults of the analytic.", Values())),
        ("baseline", Named("By app: hosts that it has been to before.", Values())),
        ("reviewed", Named("By app: hashes that its reviewed package holds.", Values())),
        ("permitted", Named("By app: hosts that a policy lets it talk to.", Values())),
        ("approved", Named("By app: whether a policy approves it.", OneOf("yes or no", ["yes", "no"]))),
        ("events", Text($"A block, one event a line: time, word, key=value. Words: {string.Join(", ", EventWords.All)}. Short keys: {string.Join(", ", EventLines.ShortFields.Keys.Concat(EventLines.ShortKeys.Keys))}.")),
    ];

    private static JsonObject Values() => Some("One value, or several.", Value("A value."));

    private static JsonObject Reason(string key) => key switch
    {
        "time" => Some("The window, or the order.", OneOf("window or order", JudgementReading.Times)),
        "score" => Whole("The score that it comes to.", 0, 100),
        "exception" => Names("An exception of the analytic."),
        "condition" => Names("A line of a stage's where, as it stands there."),
        "tunable" => Names("A tunable that the scenario sets."),
        "missing" => Names("A required stage that was not seen."),
        "blind" => Names("A required stage that no telemetry could have shown."),
        "seen" => Names("A stage that must be absent and was seen."),
        _ => Names("A stage of which too few events were seen."),
    };

    private static JsonObject Names(string description) => Some(description, Text("A name."));
}

using System.Text.Json.Nodes;
using Nightjar.Analytics.Plan;
using Nightjar.Analytics.Reading;
using Nightjar.Analytics.Sigma;
using Nightjar.Analytics.Tuning;
using Nightjar.Analytics.Where;
using Nightjar.Events;
using Nightjar.Knowledge;
using static Nightjar.Knowledge.Shape;

namespace Nightjar.Scenarios.Schemas;

/// <summary>The form of an <c>analytic.yml</c>.</summary>
internal static class AnalyticSchema
{
    public static JsonObject Of(ReferenceData reference)
    {
        var schema = Map("What to look for: the upper part is Sigma's, what Sigma lacks stands under analytic.", Top(), "title", "logsource", "analytic");
        schema["$defs"] = new JsonObject
        {
            ["expression"] = Expression(),
            ["where"] = Some("One expression, or several that must all be true.", Ref("expression")),
            ["detection"] = Detection(),
            ["selection"] = Selection(),
            ["measure"] = MeasureSchema.Whole(),
            ["tunable"] = Tunable(reference),
            ["stage"] = Stage(),
            ["chain"] = Chain(),
            ["addition"] = Addition(),
            ["test"] = ScenarioSchema.Inline(),
        };
        return schema;
    }

    private static IEnumerable<(string, JsonObject)> Top() =>
    [
        ("title", Text("What it looks for, in a few words.")),
        ("id", Text("Sigma's id: a UUID of its own.")),
        ("name", Text("Sigma's name for references.")),
        ("status", OneOf("How far it can be trusted.", AnalyticReading.Statuses)),
        ("description", Text("What the behaviour is, for a reader who does not know it.")),
        ("author", Text("Who wrote it.")),
        ("date", Text("When it was written: 2026-11-21.")),
        ("modified", Text("When it was last changed.")),
        ("license", Text("Its licence, by SPDX identifier.")),
        ("related", new JsonObject { ["type"] = "array", ["description"] = "Other rules that it has to do with." }),
        ("fields", Some("Fields that an analyst wants to see.", Text("A field."))),
        ("taxonomy", Text("Sigma's taxonomy.")),
        ("scope", Some("Sigma's scope.", Text("A scope."))),
        ("level", OneOf("How bad it would be if true.", AnalyticReading.Levels)),
        ("tags", Some("Sigma's tags, as in attack.t1407.", Text("A tag."))),
        ("logsource", Map("Which platform it is for.",
            [("product", OneOf("The platform.", ["android", "ios"])), ("category", Text("mobile_telemetry")), ("service", Text("Sigma's service.")), ("definition", Text("What must be switched on."))], "product")),
        ("falsepositives", Some("What innocent behaviour looks like it.", Text("A sentence."))),
        ("references", Some("Where to read on.", Text("A link."))),
        ("detection", new JsonObject { ["description"] = "Sigma's own block; the stages have theirs." }),
        ("correlation", new JsonObject { ["description"] = "Sigma's own block." }),
        ("analytic", Body()),
        ("tests", List("Scenarios that stand inside the analytic.", Ref("test"))),
    ];

    private static JsonObject Body()
    {
        var body = Map("What Sigma lacks.",
        [
            ("uid", Text("ATT&CK's analytic id where it has one, otherwise your own.")),
            ("version", Value("Its version, which is yours.")),
            ("attack", Map("What it has to do with ATT&CK.",
                [("release", Value("The release, in quotes: \"19.1\".")), ("strategy", Text("Detection strategy, as in DET0718.")), ("techniques", Some("Technique ids.", Text("As in T1407.")))], "release")),
            ("key", new JsonObject { ["description"] = "What a match is kept apart by.", ["enum"] = new JsonArray(new JsonArray("device", "app"), new JsonArray("device", "app_or_none"), new JsonArray("device"), "device") }),
            ("platforms", Some("The platforms; by default the product of the log source.", OneOf("A platform.", ["android", "ios"]))),
            ("group", List("Values that all events of a match have in common.", GroupMember())),
            ("windows", OneOf("Whether windows may overlap.", AnalyticReading.Windows)),
            ("within", Value("The window: how long after the end of the first stage's event the chain may take. A duration or a tunable.")),
            ("order", OneOf("Whether the order of the stages matters.", ScoreReading.Orders)),
            ("select", OneOf("Which matches are taken that begin with one event.", AnalyticReading.Selections)),
            ("suppress", Value("Matches of one key within this time are one finding; 1h by default.")),
            ("limits", Map("Bounds of memory.", [("partials_per_key", Whole("How many events of one stage are remembered for one key; 64 by default.", 1, 10_000))])),
            ("tunables", Named("What an environment may set, by name.", Ref("tunable"))),
            ("stages", List("The steps, in order.", Ref("stage"))),
            ("chains", List("The ways to match; without them all required stages are the only one.", Ref("chain"))),
            ("require", List("Measures that must hold.", Ref("measure"))),
            ("allow", List("Exceptions, each with a reason.", Exception())),
            ("score", Score()),
            ("finding", Map("The texts of a finding.",
                [("title", Text("One sentence. {app}, {device}, {state}, {stage}, {stage.field}, and several with | between.")), ("description", Text("What it means and what to check."))], "title", "description")),
            ("cannot_see", Some("What it does not see.", Text("A sentence."))),
            ("next_steps", Some("What an analyst should do.", Text("A sentence."))),
        ], "uid", "version", "stages", "finding");
        body["dependentSchemas"] = new JsonObject { ["chains"] = Without(["order", "require"]) };
        return body;
    }

    private static JsonObject GroupMember() => new()
    {
        ["anyOf"] = new JsonArray(Text("A field that is the same in all stages."), Map("A value by stage.", [("name", Text("Its name.")), ("of", Named("The field for each stage.", Text("A field.")))], "name", "of")),
    };

    private static JsonObject Blocks() => new() { ["anyOf"] = new JsonArray(Ref("detection"), List("Several, of which one suffices.", Ref("detection"))) };

    private static JsonObject Stage()
    {
        var stage = Map("One step.",
        [
            ("id", Text("By which it is named.")),
            ("title", Text("What it is, in words; completes \"…: matched\".")),
            ("detection", Blocks()),
            ("where", Ref("where", "Joins with other stages, tunables and functions.")),
            ("app", OneOf("Whose events count.", StageReading.Apps)),
            ("optional", Flag("Not needed for a match; adds its score when seen.")),
            ("score", Shape.Whole("What it adds.", 0, 100)),
            ("reason", Text("Why, for the finding.")),
            ("absent", Map("It must not happen.", [("after", Text("From the event of this stage on.")), ("before", Text("Up to the event of this stage."))])),
            .. MeasureSchema.Keys(),
        ], "id");
        stage["anyOf"] = new JsonArray(Having("detection"), Having("where"));
        stage["if"] = new JsonObject { ["properties"] = new JsonObject { ["optional"] = new JsonObject { ["const"] = true } }, ["required"] = Words(["optional"]) };
        stage["else"] = Without(["score", "reason", .. MeasureReading.Keys]);
        return stage;
    }

    private static JsonObject Chain() => Map("One way to match.",
    [
        ("name", Text("Its name.")),
        ("stages", Some("Its stages, in order.", Text("Id of a stage."))),
        ("order", OneOf("Whether their order matters.", ScoreReading.Orders)),
        ("score", Shape.Whole("What it is worth by itself.", 0, 100)),
        ("when_blind", Some("Stages that must not have been observable.", Text("Id of a stage."))),
        ("unless", Some("Stages that must not have been seen.", Text("Id of a stage."))),
        ("require", List("Measures that must hold.", Ref("measure"))),
    ], "name", "stages");

    private static JsonObject Exception()
    {
        var exception = Map("Events that look like the behaviour and are known to be something else.",
        [
            ("name", Text("Its name.")),
            ("reason", Text("Why it is not the behaviour.")),
            ("stages", Some("The stages that it keeps events from; all by default.", Text("Id of a stage."))),
            ("detection", Blocks()),
            ("where", Ref("where")),
        ], "name", "reason");
        exception["anyOf"] = new JsonArray(Having("detection"), Having("where"));
        return exception;
    }

    private static JsonObject Score() => Map("What a match is worth.",
    [
        ("base", Shape.Whole("Score of the only chain.", 0, 100)),
        ("low", Shape.Whole("Score from which it is reported; 30 by default.", 1, 100)),
        ("medium", Shape.Whole("50 by default.", 1, 100)),
        ("high", Shape.Whole("75 by default.", 1, 100)),
        ("add", List("What adds to it.", Ref("addition"))),
    ]);

    private static JsonObject Addition()
    {
        IEnumerable<(string, JsonObject)> head = [("name", Text("Its name.")), ("points", Shape.Whole("What it adds.", 0, 100)), ("reason", Text("Why, for the finding.")), ("at", Text("The stage at whose event the condition is asked; every one of the chain by default."))];
        var condition = Map("A condition.", [.. head, ("when", MeasureSchema.Expression("When it adds."))], "name", "points", "reason", "when");
        var measure = Map("A measure.", [.. head.Select(item => (item.Item1, (JsonObject)item.Item2.DeepClone())), ("stage", Text("The stage whose events are measured.")), ("where", MeasureSchema.Expression("What they must have in common with the chain.")), .. MeasureSchema.Keys()],
            "name", "points", "reason", "stage");
        return new JsonObject { ["description"] = "What adds to the score: a condition, or a stage whose events are measured.", ["if"] = Having("when"), ["then"] = condition, ["else"] = measure };
    }

    private static JsonObject Tunable(ReferenceData reference)
    {
        var tunable = Map("A mutable element: what an environment may set.",
        [
            ("type", OneOf("How its value is written and compared.", TunableKinds.All)),
            ("default", Some("The value when nobody sets it.", Value("A value with its unit."))),
            ("min", Value("Lowest value allowed.")),
            ("max", Value("Highest value allowed.")),
            ("description", Text("What it is and what raising or widening it does.")),
        ], "type", "default", "description");
        tunable["allOf"] = new JsonArray(
            OfType(TunableKind.Roles, OneOf("A role.", reference.AppRoles.Roles.Select(role => role.Name).Order(StringComparer.Ordinal))),
            OfType(TunableKind.ServiceClasses, OneOf("A service class.", reference.ServiceClasses.Classes.Select(item => item.Name).Order(StringComparer.Ordinal))));
        return tunable;
    }

    private static JsonObject OfType(TunableKind kind, JsonObject item) => new()
    {
        ["if"] = new JsonObject { ["properties"] = new JsonObject { ["type"] = new JsonObject { ["const"] = kind.Name() } } },
        ["then"] = new JsonObject { ["properties"] = new JsonObject { ["default"] = Some("The value when nobody sets it.", item) } },
    };

    private static JsonObject Expression() => new()
    {
        ["type"] = new JsonArray("string", "boolean", "number"),
        ["description"] = "and, or, not, ==, !=, <, <=, >, >=, in, not in, matches, contains, startswith, endswith over fields, tunables, fields of other stages and functions: "
            + string.Join("; ", Functions.Manual.Select(item => $"{item.Name}({item.Parameters}) {item.Meaning}")) + ". Names of several fields: " + string.Join(", ", Names.Composites) + ".",
        ["examples"] = Words(Functions.Manual.Select(item => $"{item.Name}({item.Parameters})").Concat(Names.Composites)),
    };

    private static JsonObject Detection() => new()
    {
        ["type"] = "object",
        ["description"] = "An unmodified Sigma block: selections and a condition.",
        ["properties"] = new JsonObject { ["condition"] = Some("How selections are joined: sel_a and not sel_b, 1 of sel_*.", Text("A condition.")), ["timeframe"] = Text("Of Sigma 1; the window is within.") },
        ["required"] = Words(["condition"]),
        ["additionalProperties"] = Ref("selection"),
    };

    // Other engines refuse a closing bracket by itself.
    private static string Escaped(string name) => System.Text.RegularExpressions.Regex.Escape(name).Replace("]", "\\]", StringComparison.Ordinal);

    private static JsonObject Selection()
    {
        var fields = new JsonObject();
        foreach (var field in FieldCatalog.All.OrderBy(field => field.Path, StringComparer.Ordinal)) fields[field.Path] = new JsonObject();
        var names = FieldCatalog.All.SelectMany(field => field.Aliases.Append(field.Path)).Order(StringComparer.Ordinal).Select(Escaped);
        var map = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = fields,
            ["propertyNames"] = new JsonObject { ["pattern"] = $"^(|{string.Join('|', names)})(\\|({string.Join('|', SigmaModifiers.Known)}))*$" },
        };
        return new JsonObject
        {
            ["description"] = "Fields by their OCSF path, with modifiers behind |; a list of such maps; or a list of texts to be found anywhere.",
            ["anyOf"] = new JsonArray(map, new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["anyOf"] = new JsonArray(map.DeepClone(), Value("A text to be found anywhere.")) } }, Value("A text to be found anywhere.")),
        };
    }
}

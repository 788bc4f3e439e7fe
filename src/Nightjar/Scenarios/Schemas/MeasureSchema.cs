using System.Text.Json.Nodes;
using Nightjar.Analytics.Plan;
using static Nightjar.Knowledge.Shape;

namespace Nightjar.Scenarios.Schemas;

/// <summary>What is measured over the events of a stage.</summary>
internal static class MeasureSchema
{
    public static IEnumerable<(string Key, JsonObject Shape)> Keys() =>
    [
        ("after", Text("The stage after which events count.")),
        ("before", Text("The stage before which events count.")),
        ("over", Value("How far back events count: a duration or a tunable; the window by default.")),
        ("at_least", Value("How many there must be: a number or a tunable; 1 by default.")),
        ("plus", Value("How many more than at_least.")),
        ("with_chain", Flag("Whether events that the chain took count too.")),
        ("count", Figure("How many, the chain's own event among them.")),
        ("distinct", Figure("How many different values.", ("of", Some("What differs: a text or a number, or several.", Expression("As in destination."))))),
        ("sum", Figure("How much in all.", ("of", Expression("The number that is added up, as in traffic.bytes_out.")))),
        ("average", Figure("How much on average.", ("of", Expression("The number.")))),
        ("percentile", Figure("What a share of the events does not exceed.", ("of", Expression("The number.")), ("at", Value("The share, in percent.")))),
        ("ratio", Map("So much of one for one of another.", [("of", Expression("One number.")), ("to", Expression("The other.")), ("at_least", Value("How many times as much."))], "of", "to", "at_least")),
        ("variation", Map("Numbers that hardly vary.", [("of", Expression("The number.")), ("at_most", Value("The largest coefficient of variation."))], "of", "at_most")),
        ("period", Map("Regular intervals.", [("tolerance", Value("Share of the period by which intervals may differ."))], "tolerance")),
        ("rate", Map("So many within a span, somewhere.", [("at_least", Value("How many.")), ("per", Value("The span."))], "per")),
        ("per", Value("A span: all that is asked must hold for the events of some such span.")),
    ];

    private static JsonObject Figure(string description, params (string Key, JsonObject Shape)[] keys) =>
        Map(description, [.. keys, .. Bounds.Words.Select(word => (word, Value("A limit: a number or a tunable.")))], [.. keys.Select(key => key.Key).Where(key => key == "of")]);

    /// <summary>A measure by itself, as <c>require</c> lists them.</summary>
    public static JsonObject Whole() => Map("A measure that must hold.",
        [("stage", Text("The stage whose events are measured.")), ("where", Expression("What they must have in common with the chain.")), .. Keys()], "stage");

    public static JsonObject Expression(string description) => Ref("expression", description);
}

using System.Text.Json.Nodes;
using static Nightjar.Scenarios.Schemas.Shape;

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
        ("distinct", Map("So many different values.", [("of", Expression("The text whose values differ, as in destination.")), ("at_least", Value("How many different ones."))], "of", "at_least")),
        ("sum", Map("So much in all.", [("of", Expression("The number that is added up, as in traffic.bytes_out.")), ("at_least", Value("How much in all."))], "of", "at_least")),
        ("ratio", Map("So much of one for one of another.", [("of", Expression("One number.")), ("to", Expression("The other.")), ("at_least", Value("How many times as much."))], "of", "to", "at_least")),
        ("variation", Map("Numbers that hardly vary.", [("of", Expression("The number.")), ("at_most", Value("The largest coefficient of variation."))], "of", "at_most")),
        ("period", Map("Regular intervals.", [("tolerance", Value("Share of the period by which intervals may differ."))], "tolerance")),
        ("rate", Map("So many within a span, somewhere.", [("at_least", Value("How many.")), ("per", Value("The span."))], "per")),
    ];

    /// <summary>A measure by itself, as <c>require</c> lists them.</summary>
    public static JsonObject Whole() => Map("A measure that must hold.",
        [("stage", Text("The stage whose events are measured.")), ("where", Expression("What they must have in common with the chain.")), .. Keys()], "stage");

    public static JsonObject Expression(string description) => Ref("expression", description);
}

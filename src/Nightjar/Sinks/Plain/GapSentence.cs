using System.Globalization;
using Nightjar.Findings;

namespace Nightjar.Sinks.Plain;

/// <summary>Says what kept a match from being one, and by how much: "it came 1 min 13 s after 'write'; the window is 1 min, so 13 s too late".</summary>
public static class GapSentence
{
    private const int PartLimit = 300;

    /// <summary>The sentence, without a full stop. The text is fit to show to people.</summary>
    public static string Of(Gap gap) => gap.Kind switch
    {
        GapKind.Condition => $"not so: {Text(gap)}{Values(gap)}",
        GapKind.UnknownCondition => $"unknown: {Text(gap)}{Values(gap)}",
        GapKind.Join => $"does not go with {Quoted(gap)}: {Text(gap)}{Values(gap)}",
        GapKind.Exception => $"an exception made it quiet: {Text(gap).TrimEnd('.')}",
        GapKind.App => "the event is of an app that does not count for this stage",
        GapKind.TooLate => $"it came {SinkWords.Length(gap.Took)} after {Quoted(gap)}; the window is {SinkWords.Length(gap.Allowed)}, so {SinkWords.Length(gap.Took - gap.Allowed)} too late",
        GapKind.TooEarly => TooEarly(gap),
        GapKind.Unwanted => $"{Text(gap)} ({VisibleText.Of(gap.Stage)}), which must not have happened",
        GapKind.Measure => $"{Quoted(gap)} falls short: {string.Join(", ", gap.Compared.Select(Measured))}",
        GapKind.Observable => $"this chain counts only where {Quoted(gap)} cannot be observed, and it could",
        GapKind.NotItsOwn => "none of these events names the app, so nothing says that it was this one",
        GapKind.Score => $"the score is {string.Join(", ", gap.Compared.Select(item => $"{Value("", item.Seen)}, and reporting begins at {Value("", item.Wanted)}"))}",
        _ => $"it is not known whether {Quoted(gap)} would hold: no telemetry of this device could show it",
    };

    private static string TooEarly(Gap gap)
    {
        var allowed = gap.Allowed > TimeSpan.Zero ? $"; clocks of different sources may differ by {SinkWords.Length(gap.Allowed)}" : "";
        return gap.Took == TimeSpan.Zero
            ? $"the source numbers it before {Quoted(gap)}, at the same time"
            : $"it came {SinkWords.Length(gap.Took)} before {Quoted(gap)} and must come after it{allowed}";
    }

    private static string Text(Gap gap) => VisibleText.Of(gap.Text, PartLimit);

    private static string Quoted(Gap gap) => $"'{VisibleText.Of(gap.Stage)}'";

    private static string Values(Gap gap) => gap.Compared.Count == 0 ? "" : $" [{string.Join("; ", gap.Compared.Select(Compared))}]";

    private static string Compared(ComparedValue item)
    {
        var name = item.Of.Length > 0 ? VisibleText.Of(item.Of) + " " : "it ";
        var seen = item.Seen is null ? $"{name}is not there" : $"{name}is {Value(item.Of, item.Seen)}";
        if (item.Relation.Length == 0) return seen;
        return $"{seen}, wanted {(item.Relation == "==" ? "" : item.Relation + " ")}{(item.Wanted is null ? "something that is not there" : Value(item.Of, item.Wanted))}";
    }

    private static string Measured(ComparedValue item) =>
        $"{Value("", item.Seen)} {VisibleText.Of(item.Of)}, {Limit(item.Relation)} {Value("", item.Wanted)} wanted";

    private static string Limit(string relation) => relation switch
    {
        "<=" => "at most",
        ">" => "more than",
        "<" => "less than",
        "==" => "exactly",
        "!=" => "anything but",
        _ => "at least",
    };

    /// <summary>A value for people; a number of bytes in the unit that people use, and exactly.</summary>
    private static string Value(string of, object? value) => value switch
    {
        string text => $"'{VisibleText.Of(text, PartLimit)}'",
        double number when IsSize(of) && Math.Abs(number) is >= 1024 and < 1e15 => $"{SinkWords.Size((long)number)} ({SinkWords.Number((long)number)} bytes)",
        double number when double.IsInfinity(number) => "nothing to measure",
        double number => number.ToString("0.######", CultureInfo.InvariantCulture),
        _ => "nothing",
    };

    private static bool IsSize(string of) =>
        of.EndsWith("bytes_in", StringComparison.Ordinal) || of.EndsWith("bytes_out", StringComparison.Ordinal) || of.EndsWith(".size", StringComparison.Ordinal);
}

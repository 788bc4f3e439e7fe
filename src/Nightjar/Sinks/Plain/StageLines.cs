using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Sinks.Plain;

/// <summary>How a stage, a line of the score and an event are told, in an explanation of a finding and of why there is none.</summary>
internal static class StageLines
{
    /// <summary>A stage with what became of it.</summary>
    /// <param name="page">Where to.</param>
    /// <param name="state">What became of it.</param>
    /// <param name="name">The title, and in parentheses what identifies it.</param>
    /// <param name="missing">For what is not observable: the telemetry that would show it.</param>
    /// <param name="rest">What follows in the sentence; empty or with its comma.</param>
    public static void Stage(PlainPage page, StageState state, string name, DataComponents missing, string rest)
    {
        var text = $"{name}: {state.Say()}";
        if (state == StageState.NotObservable) text += $"; no telemetry of this device could show it. It would need {missing.Describe()}";
        page.Hanging($"  {Mark(state)} ", text + rest + ".");
    }

    /// <summary>The score, line by line.</summary>
    public static void Score(PlainPage page, IEnumerable<Contribution> contributions)
    {
        foreach (var item in contributions)
        {
            var points = item.State switch { Tri.True => SinkWords.Signed(item.Points), Tri.False => "0", _ => "?" };
            page.Hanging($"  {points,4}  ", $"{VisibleText.Of(item.Name)}: {VisibleText.Of(item.Reason)}{SinkWords.WouldBe(item)}");
        }
    }

    /// <summary>An event: when, what, and where it stands.</summary>
    public static void Event(PlainPage page, EvidenceEvent e, int indent)
    {
        page.Paragraph(EventSentence.Of(e), indent);
        if (EventSentence.StateOf(e) is { Length: > 0 } state) page.Paragraph(state, indent);
        var source = e.LogName.Length > 0 ? VisibleText.Of(e.LogName) : "log source unknown";
        var place = e.Provenance.Length > 0 ? VisibleText.Of(e.Provenance) : "its place is in evidence.ndjson";
        page.Paragraph($"{source}, {place}", indent);
        page.Paragraph($"event {VisibleText.Of(e.Uid)}, app {(e.App is null ? "not named" : VisibleText.Of(e.App))}", indent);
    }

    private static string Mark(StageState state) => state switch
    {
        StageState.Matched => "[x]",
        StageState.Missing => "[ ]",
        _ => "[?]",
    };
}

using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Plain;

namespace Nightjar.Sinks.Html;

/// <summary>What is known of a state along the timeline: where events state it, and what the finding's context says of it.</summary>
/// <param name="Title">For example <c>App state</c>.</param>
/// <param name="Fact">What the context says, with its source; null when it says nothing.</param>
/// <param name="Spans">Where events state it, in time order.</param>
internal sealed record StateBand(string Title, string? Fact, IReadOnlyList<StateSpan> Spans)
{
    /// <summary>The bands of a finding that have something to show.</summary>
    public static IReadOnlyList<StateBand> Of(Finding finding, Instant begin, Instant end)
    {
        // The state of another app is no context of this one.
        var ofApp = finding.Evidence.Select(item => item.Event).Where(e => e.App == finding.App);
        var ofDevice = finding.Evidence.Select(item => item.Event);
        StateBand[] bands =
        [
            new("App state", FactOf(finding, "app_state"), SpansOf(ofApp, AppWord, end)),
            new("Device lock", FactOf(finding, "is_device_locked") ?? FactOf(finding, "device_locked"), SpansOf(ofDevice, LockWord, end)),
            new("User interaction", FactOf(finding, "last_user_interaction"), Interactions(ofDevice, begin)),
        ];
        return [.. bands.Where(band => band.Fact is not null || band.Spans.Count > 0)];
    }

    private static string? FactOf(Finding finding, string name) =>
        finding.Context.FirstOrDefault(fact => fact.Name == name) is { } fact
            ? fact.Value + (fact.Source.Length > 0 ? $" ({fact.Source})" : "") : null;

    private static string? AppWord(EvidenceEvent e) => e.State.AppState == AppState.Unknown ? null : EventSentence.Say(e.State.AppState);

    private static string? LockWord(EvidenceEvent e) => e.State.IsDeviceLocked switch
    {
        Tri.True => "device locked",
        Tri.False => "device unlocked",
        _ => null,
    };

    // An unlock is one too. Moments only: nobody tells how long an interaction lasted. Those before the timeline stand in the fact.
    private static List<StateSpan> Interactions(IEnumerable<EvidenceEvent> events, Instant begin)
    {
        var told = events.SelectMany(Interactions).Where(time => time >= begin).Distinct().Order();
        return [.. told.Select(time => new StateSpan(time, time, "used", IsStated: true))];
    }

    private static IEnumerable<Instant> Interactions(EvidenceEvent e)
    {
        if (e is { Class: EventClass.MobileState, Activity: 3 or 4 }) yield return e.Time;
        if (e[FieldId.LastUserInteraction] is long millis) yield return Instant.FromMillis(millis);
    }

    private static List<StateSpan> SpansOf(IEnumerable<EvidenceEvent> events, Func<EvidenceEvent, string?> ask, Instant end)
    {
        var stated = events.Select(e => (Event: e, Word: ask(e))).Where(pair => pair.Word is not null).ToList();
        var spans = new List<StateSpan>();
        for (var i = 0; i < stated.Count; i++)
        {
            var (e, word) = stated[i];
            spans.Add(new StateSpan(e.Time, e.End, word!, IsStated: true));
            var next = i + 1 < stated.Count ? stated[i + 1].Event.Time : end;
            // A change of state holds until the next is told. Any other event speaks of its own moment alone.
            if (e.Class == EventClass.MobileState && next > e.End) spans.Add(new StateSpan(e.End, next, word!, IsStated: false));
        }
        return spans;
    }
}

/// <summary>A state over a time.</summary>
/// <param name="From">Begin.</param>
/// <param name="To">End; equal to the begin when one moment states it.</param>
/// <param name="Word">The state.</param>
/// <param name="IsStated">False when it is held on from the change of state before.</param>
internal sealed record StateSpan(Instant From, Instant To, string Word, bool IsStated);

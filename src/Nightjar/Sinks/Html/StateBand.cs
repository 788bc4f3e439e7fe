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
            Of("App state", Known(finding, "app_state"), ofApp, AppWord, begin, end),
            Of("Device lock", Known(finding, "is_device_locked"), ofDevice, LockWord, begin, end),
            OfInteraction(Known(finding, "last_user_interaction"), ofDevice, begin),
        ];
        return [.. bands.Where(band => band.Fact is not null || band.Spans.Count > 0)];
    }

    private static ContextFact? Known(Finding finding, string name) => finding.Context.FirstOrDefault(fact => fact.Name == name);

    private static string? Tell(ContextFact? fact) => fact is null ? null : fact.Value + (fact.Source.Length > 0 ? $" ({fact.Source})" : "");

    private static StateBand Of(string title, ContextFact? fact, IEnumerable<EvidenceEvent> events, Func<EvidenceEvent, string?> ask, Instant begin, Instant end)
    {
        var spans = SpansOf(events, ask, end);
        // Where the evidence does not state it, what was known before holds on to the moment for which it was asked.
        if (fact is { Told: { } told, Asked: { } asked } && spans.All(span => span.From > asked) && asked > begin)
            spans.Insert(0, new StateSpan(told > begin ? told : begin, asked < end ? asked : end, Say(fact), IsStated: false));
        return new StateBand(title, Tell(fact), spans);
    }

    private static string Say(ContextFact fact) => (fact.Name, fact.Value) switch
    {
        ("app_state", var word) => EventSentence.Say(StateNames.ParseAppState(word)),
        (_, "true") => "device locked",
        (_, "false") => "device unlocked",
        _ => fact.Value,
    };

    private static string? AppWord(EvidenceEvent e) => e.State.AppState == AppState.Unknown ? null : EventSentence.Say(e.State.AppState);

    private static string? LockWord(EvidenceEvent e) => e.State.IsDeviceLocked switch
    {
        Tri.True => "device locked",
        Tri.False => "device unlocked",
        _ => null,
    };

    // An unlock is one too. Moments only: nobody tells how long an interaction lasted. Those before the timeline stand in the fact.
    private static StateBand OfInteraction(ContextFact? fact, IEnumerable<EvidenceEvent> events, Instant begin)
    {
        var told = events.SelectMany(Interactions);
        if (fact?.Told is { } last) told = told.Append(last);
        return new StateBand("User interaction", Tell(fact), [.. told.Where(time => time >= begin).Distinct().Order().Select(time => new StateSpan(time, time, "used", IsStated: true))]);
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

using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Sinks.Plain;

/// <summary>Prints why an analytic reported nothing about an app of a device: stage by stage what was seen, what was missing, and by how much.</summary>
public static class TextWhyNot
{
    /// <summary>Writes the answer. Lines end with <c>\n</c> and hold no more than <paramref name="width"/> columns.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="output">Where to.</param>
    /// <param name="width">Columns, at least 40.</param>
    public static void Write(WhyNot answer, TextWriter output, int width = 80)
    {
        var page = new PlainPage(output, width);
        page.Paragraph(Lead(answer));
        page.Blank();
        page.Hanging("Analytic   ", VisibleText.Of($"{answer.Analytic.Uid} {answer.Analytic.Name}, version {answer.Analytic.Version}"));
        page.Hanging("App        ", answer.App is null ? "none: the analytic is about the device as a whole" : $"{VisibleText.Of(answer.App)}, {SinkWords.Count(answer.AppEvents, "event")}");
        page.Hanging("Device     ", $"{TextExplanation.Name(answer.Device)}, {answer.Device.Platform.Name()}, {SinkWords.Count(answer.Events, "event")}");
        if (answer.Span is { } span) page.Hanging("When       ", TextExplanation.When(span.From, span.To));
        page.Hanging("Rules      ", $"within {SinkWords.Length(answer.Window)} of the end of the first event; reported from a score of {answer.Threshold}");
        WriteStages(page, answer);
        WriteReported(page, answer);
        for (var i = 0; i < answer.Closest.Count; i++) WriteAttempt(page, answer.Closest[i], i + 1);
        if (answer.GivenUp.Count > 0) page.Heading("Not looked at");
        foreach (var item in answer.GivenUp) page.Hanging("  - ", VisibleText.Of(item));
    }

    /// <summary>The answer in one sentence.</summary>
    public static string Lead(WhyNot answer)
    {
        var told = answer.Reported.Count(item => item.HiddenBy.Count == 0);
        if (told > 0) return $"It did report: {SinkWords.Count(told, "finding")}.";
        if (answer.Reported.Count > 0)
            return $"It found something, and the policy hides it: {SinkWords.Count(answer.Reported.Count, "finding")}, by {SinkWords.List([.. answer.Reported.SelectMany(item => item.HiddenBy).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(id => VisibleText.Of(id))])}.";
        if (!answer.IsApplicable)
            return answer.Device.Platform == Platform.Unknown
                ? "It reported nothing: no event tells the platform of the device, so no analytic judges it."
                : $"It reported nothing: it is not for {answer.Device.Platform.Name()}.";
        if (answer.Closest.Count == 0) return "It reported nothing: nothing that the device told comes near any of its stages.";
        if (answer.Closest[0].Score is { } score) return $"It reported nothing: everything was seen, and the score is {score}; reporting begins at {answer.Threshold}.";
        return $"It reported nothing. The closest of what was seen: {Short(answer.Closest[0])}.";
    }

    private static string Short(Attempt attempt)
    {
        var right = attempt.Stages.Count(stage => stage.State == StageState.Matched);
        var wrong = attempt.Stages.FirstOrDefault(stage => stage.State != StageState.Matched);
        var lead = $"{right} of {SinkWords.Count(attempt.Stages.Count, "stage")}";
        if (wrong is null) return $"{lead}, but {GapSentence.Of(attempt.Gaps[0])}";
        var reason = wrong.Gaps.Count > 0 ? GapSentence.Of(wrong.Gaps[0]) : wrong.State.Say();
        return $"{lead}; '{VisibleText.Of(wrong.Id)}': {reason}";
    }

    private static void WriteStages(PlainPage page, WhyNot answer)
    {
        page.Heading("Stages, each by itself");
        foreach (var stage in answer.Stages)
        {
            var state = stage.Events > 0 ? StageState.Matched : stage.Missing != DataComponents.None ? StageState.NotObservable : StageState.Missing;
            var events = stage.Events > 0 ? $", in {SinkWords.Count(stage.Events, "event")}" : "";
            var similar = stage.Similar > 0 ? $"; {SinkWords.Count(stage.Similar, "event")} of the same kind {(stage.Similar == 1 ? "misses" : "miss")} a condition" : "";
            StageLines.Stage(page, state, $"{VisibleText.Of(stage.Title)} ({VisibleText.Of(stage.Id)})", stage.Missing, events + similar);
        }
    }

    private static void WriteReported(PlainPage page, WhyNot answer)
    {
        if (answer.Reported.Count == 0) return;
        page.Heading(answer.Reported.Any(item => item.HiddenBy.Count > 0) ? "Reported, and hidden by exceptions" : "Reported");
        foreach (var item in answer.Reported) page.Hanging("  ", Line(item));
        if (answer.Reported.All(item => item.HiddenBy.Count > 0)) return;
        page.Paragraph("To see why: nightjar scan PATH --output DIR, then nightjar explain UID --in DIR", 2);
    }

    private static string Line(ReportedFinding item)
    {
        var hidden = item.HiddenBy.Count > 0 ? $"; hidden by the exception {SinkWords.List([.. item.HiddenBy.Select(id => VisibleText.Of(id))])}" : "";
        var expired = item.ExpiredExceptions.Count > 0 ? $"; {SinkWords.List([.. item.ExpiredExceptions.Select(id => VisibleText.Of(id))])} would have hidden it and had expired" : "";
        return $"finding {item.Uid}, score {item.Score}, {TextExplanation.When(item.Start, item.End)}, {SinkWords.Count(item.Count, "event")}{hidden}{expired}";
    }

    private static void WriteAttempt(PlainPage page, Attempt attempt, int number)
    {
        var stages = string.Join(attempt.IsOrdered ? ", then " : ", and ", attempt.Stages.Select(stage => VisibleText.Of(stage.Id)));
        page.Heading($"Closest {number}");
        page.Paragraph($"{VisibleText.Of(attempt.Chain)}: {stages}", 2);
        foreach (var stage in attempt.Stages) WriteStage(page, stage);
        foreach (var gap in attempt.Gaps)
        {
            page.Hanging("    - ", GapSentence.Of(gap) + ".");
            if (gap.Event is { } e) WriteEvent(page, e);
        }
        StageLines.Score(page, attempt.Contributions);
        page.Hanging("  at that moment: ", VisibleText.Of(string.Join("; ", attempt.Context.Select(fact => $"{fact.Name} = {fact.Value}"))));
        if (attempt.Alike > 0) page.Paragraph($"{SinkWords.Count(attempt.Alike, "further occasion")} came as far and missed the same.", 2);
    }

    private static void WriteStage(PlainPage page, AttemptStage stage)
    {
        var isOff = stage.Event is not null && stage.State == StageState.Missing;
        if (isOff) page.Hanging("  [~] ", $"{VisibleText.Of(stage.Title)} ({VisibleText.Of(stage.Id)}): seen in part.");
        else StageLines.Stage(page, stage.State, $"{VisibleText.Of(stage.Title)} ({VisibleText.Of(stage.Id)})", stage.Missing, "");
        if (stage.Event is { } e) WriteEvent(page, e);
        foreach (var gap in stage.Gaps) page.Hanging("      - ", GapSentence.Of(gap) + ".");
    }

    private static void WriteEvent(PlainPage page, EvidenceEvent e)
    {
        page.Paragraph($"{TextExplanation.When(e.Time, e.End)}", 6);
        StageLines.Event(page, e, 6);
    }
}

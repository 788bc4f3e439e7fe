using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Sinks.Html;

/// <summary>What the timeline of a finding draws. Nothing is in it that the evidence does not say.</summary>
internal sealed record Timeline(TimeAxis Axis, Instant From, Instant To, IReadOnlyList<StateBand> Bands, IReadOnlyList<StageLane> Lanes)
{
    /// <summary>The timeline of a finding; null when it has no evidence.</summary>
    public static Timeline? Of(Finding finding)
    {
        if (finding.Evidence.Count == 0) return null;
        var from = finding.Evidence.Min(item => item.Event.Time);
        var to = finding.Evidence.Max(item => item.Event.End);
        return new Timeline(new TimeAxis(from, to), from, to, StateBand.Of(finding, from, to), StageLane.Of(finding));
    }
}

/// <summary>One stage with the events that matched it, or a contribution to the score, or what else the evidence plays a part in.</summary>
/// <param name="Id">The stage's id, or the name of the part.</param>
/// <param name="Title">The stage in words; null when it is none.</param>
/// <param name="State">What became of the stage; null when it is none.</param>
/// <param name="IsContribution">True when it is named as a contribution to the score.</param>
/// <param name="Marks">The events, in time order.</param>
internal sealed record StageLane(string Id, string? Title, StageState? State, bool IsContribution, IReadOnlyList<TimeMark> Marks)
{
    /// <summary>The stages in the analytic's order, then what else has evidence, in order of time.</summary>
    public static IReadOnlyList<StageLane> Of(Finding finding)
    {
        var numbered = finding.Evidence.Select((item, i) => (item.Stage, Mark: TimeMark.Of(item, i + 1))).ToLookup(pair => pair.Stage, pair => pair.Mark);
        var stages = finding.Stages.Select(stage => stage.Id).ToHashSet();
        return
        [
            .. finding.Stages.Select(stage => new StageLane(stage.Id, stage.Title, stage.State, false, [.. numbered[stage.Id]])),
            .. finding.Evidence.Select(item => item.Stage).Distinct().Where(stage => !stages.Contains(stage))
                .Select(stage => new StageLane(stage, null, null, finding.Contributions.Any(item => item.Name == stage), [.. numbered[stage]])),
        ];
    }
}

/// <summary>One event on the timeline.</summary>
/// <param name="Number">Its number in the evidence table.</param>
/// <param name="From">Begin.</param>
/// <param name="To">End; equal to the begin for an instant.</param>
/// <param name="Text">What it is.</param>
internal sealed record TimeMark(int Number, Instant From, Instant To, string Text)
{
    public static TimeMark Of(Evidence evidence, int number) =>
        new(number, evidence.Event.Time, evidence.Event.End, Plain.EventSentence.Of(evidence.Event));
}

using Nightjar.Analytics;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Engine;

/// <summary>From matches to findings: what follows within the suppression time is folded, and what an exception covers is kept apart.</summary>
public sealed partial class DetectionEngine
{
    /// <summary>The findings closed so far, in order of time, device, app and analytic; each is given once.</summary>
    public IReadOnlyList<Finding> TakeFindings()
    {
        Finding[] result = [.. _findings.Order(ReportOrder.ByTime)];
        _findings.Clear();
        return result;
    }

    /// <summary>The findings closed so far that exceptions of the policy hide, in the same order; each is given once, and none of them is reported.</summary>
    public IReadOnlyList<Finding> TakeHidden()
    {
        Finding[] result = [.. _hidden.Order(ReportOrder.ByTime)];
        _hidden.Clear();
        return result;
    }

    private void Report(KeyTrack key, Analytic variant, Match match, IReadOnlyList<int> blind)
    {
        var cover = _standings.Covering(key, variant, match);
        var drafts = key.Drafts ??= [];
        var index = drafts.FindIndex(item => item.IsOf(variant, cover));
        if (index >= 0 && match.Start - drafts[index].LastEnd > variant.Suppress)
        {
            Close(key, index);
            index = -1;
        }
        var draft = index >= 0 ? drafts[index] : new FindingDraft(variant, key.App, key.App.App, match.Events.First().Event.Header.Id, cover.Holding);
        if (index < 0) drafts.Add(draft);
        draft.Add(match, blind, _pool, _options.MaxEvidence);
        draft.Expired.UnionWith(cover.Expired);
        _closings.Add(ClosingOf(draft), key, _closing++);
    }

    // What is under way may have begun within the suppression time and go on for long: then the finding waits for it.
    private void CloseIfDue(KeyTrack key, Instant due)
    {
        for (var i = (key.Drafts?.Count ?? 0) - 1; i >= 0; i--)
        {
            var draft = key.Drafts![i];
            if (ClosingOf(draft) > due) continue;
            var (oldest, judged) = OldestBeginningOf(key);
            if (oldest - _options.ClockSkew <= draft.LastEnd + draft.Analytic.Suppress) _closings.Add(judged, key, _closing++);
            else Close(key, i);
        }
        Forget(key);
    }

    private Instant ClosingOf(FindingDraft draft) => draft.LastEnd + draft.Analytic.Suppress + draft.Analytic.Window + _options.ClockSkew;

    private void Close(KeyTrack key, int index)
    {
        var draft = key.Drafts![index];
        key.Drafts.RemoveAt(index);
        var device = key.App.Device;
        (device.Waiting ??= []).Add(draft);
        if (device.Platform != Platform.Unknown) ReleaseWaiting(device, atEnd: false);
    }

    private void ReleaseWaiting(DeviceTrack device, bool atEnd)
    {
        if (device.Waiting is null) return;
        foreach (var draft in device.Waiting)
        {
            if (draft.Analytic.Platforms.Contains(device.Platform)) (draft.HiddenBy.Count > 0 ? _hidden : _findings).Add(_writer.Write(draft, device));
            else if (atEnd && device.Platform == Platform.Unknown) Counters.WithoutPlatform++;
            draft.Release(_pool);
        }
        device.Waiting = null;
    }
}

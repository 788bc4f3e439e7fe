using System.Globalization;
using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>What a reader of a finding must know about how sure its order and its attributions are.</summary>
internal static class FindingNotes
{
    public static IReadOnlyList<string> Of(FindingDraft draft, TimeSpan skew)
    {
        var notes = new List<string>();
        var best = draft.Best;
        var stages = best.Chain.Stages;
        for (var i = 1; i < stages.Length && best.Chain.IsOrdered; i++) Compare(draft, stages[i - 1], stages[i], skew, notes);
        foreach (var stage in stages) OfEvent(draft, stage, notes);
        foreach (var id in draft.Expired) notes.Add($"The exception '{id}' would have hidden this and had expired.");
        return [.. notes.Distinct(StringComparer.Ordinal)];
    }

    private static void Compare(FindingDraft draft, int earlier, int later, TimeSpan skew, List<string> notes)
    {
        ref readonly var a = ref draft.Best.Assigned[earlier].Event.Header;
        ref readonly var b = ref draft.Best.Assigned[later].Event.Header;
        var stages = draft.Analytic.Stages;
        if (Order.IsSkewed(in a, in b))
        {
            var by = (a.Time - b.Time).TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
            notes.Add($"'{stages[later].Id}' is stamped {by} s before '{stages[earlier].Id}'; clocks of different sources may differ by {skew.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s.");
        }
        else if (Order.IsTie(in a, in b))
        {
            notes.Add($"'{stages[earlier].Id}' and '{stages[later].Id}' have the same time; their order is assumed.");
        }
        else if (a.End > b.Time)
        {
            notes.Add($"'{stages[earlier].Id}' was still going on when '{stages[later].Id}' happened.");
        }
    }

    private static void OfEvent(FindingDraft draft, int stage, List<string> notes)
    {
        ref readonly var header = ref draft.Best.Assigned[stage].Event.Header;
        var id = draft.Analytic.Stages[stage].Id;
        if (header.App.IsNone && draft.Analytic.IsPerApp) notes.Add($"The record of '{id}' names no app; it was joined by device and time.");
        if (header.State.AppBasis == AppBasis.Connection) notes.Add($"The record of '{id}' names no app; another record of the same connection does.");
        if (header.State.AppBasis == AppBasis.Destination) notes.Add($"The record of '{id}' names no app; this one alone went to the same place at the same time.");
        if (header.State.TimeBasis == TimeBasis.Aligned) notes.Add($"The time of '{id}' was moved to the clock of the device.");
        if (header.State.IsHearsay) notes.Add($"The record of '{id}' is text that any app could have written.");
        if (header.State.AppGrade is AppGrade.ProcessName or AppGrade.Label or AppGrade.Uid) notes.Add($"The app of '{id}' is known by its {Grade(header.State.AppGrade)} only.");
        if (header.State.TimeBasis == TimeBasis.Assumed) notes.Add($"The time of '{id}' states no zone; one was assumed.");
        if (header.State.TimeBasis == TimeBasis.Reported) notes.Add($"The time of '{id}' is that of the report, not of what it reports.");
        if (header.State.TimeBasis is TimeBasis.RelativeToBoot or TimeBasis.RelativeToCapture) notes.Add($"The time of '{id}' is relative to the start of its record.");
        if (header.State.DeviceBasis is DeviceBasis.DeviceMap or DeviceBasis.DhcpLease or DeviceBasis.Inventory) notes.Add($"The record of '{id}' names no device; its address gave it.");
        if (header.State.DeviceBasis == DeviceBasis.Folder) notes.Add($"The record of '{id}' names no device; the name of its folder or file was taken.");
    }

    private static string Grade(AppGrade grade) => grade switch
    {
        AppGrade.ProcessName => "process name",
        AppGrade.Uid => "uid",
        _ => "label",
    };
}

using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Sinks.Plain;

/// <summary>The sentences that a report leads with: what was found, and what could not be seen.</summary>
public static class RunSentence
{
    private const int AppsNamed = 6;

    /// <summary>"3 findings on 2 of 14 devices: 1 high, 2 medium." or "Nothing was found on 14 devices."</summary>
    public static string Found(RunResult result)
    {
        var devices = SinkWords.Count(result.Summary.Devices.Count, "device");
        if (result.Summary.Events == 0 && result.Findings.Count == 0) return Unseen(result.Summary);
        if (result.Findings.Count == 0) return Silence(result.Summary, devices);
        var hit = result.Findings.Select(finding => finding.Device.Uid).Distinct().Count();
        var severities = result.Findings.GroupBy(finding => finding.Severity).OrderByDescending(group => group.Key)
            .Select(group => $"{SinkWords.Number(group.Count())} {group.Key.Caption().ToLowerInvariant()}");
        return $"{SinkWords.Count(result.Findings.Count, "finding")} on {SinkWords.Number(hit)} of {devices}: {string.Join(", ", severities)}.";
    }

    // Of a device that could not be assessed, nothing found says nothing.
    private static string Silence(RunSummary summary, string devices)
    {
        var assessed = summary.Devices.Count(device => device.Checks.Any(check => check.State != CheckState.Blind));
        if (assessed == summary.Devices.Count) return $"Nothing was found on {devices}.";
        if (assessed == 0) return $"Nothing can be said of {devices}: {(summary.Devices.Count == 1 ? "it" : "none")} could {(summary.Devices.Count == 1 ? "not " : "")}be assessed.";
        var rest = summary.Devices.Count - assessed;
        return $"Nothing was found on {(assessed == 1 ? "the one device" : $"the {SinkWords.Number(assessed)} devices")} that could be assessed; {SinkWords.Number(rest)} could not.";
    }

    // Silence is never called clean: whether nothing was read or nothing could be told whose it is, the next step is another.
    private static string Unseen(RunSummary summary) => summary.Unattributed == 0
        ? "Nothing was checked: no event could be read."
        : $"Nothing was checked: {SinkWords.Count(summary.Unattributed, "event was", "events were")} read, and none could be given a device. --device or --device-map names it.";

    /// <summary>"5 of 14 devices could not be checked fully: 3 in part, 2 not at all." or that everything could be checked.</summary>
    public static string Unchecked(RunSummary summary)
    {
        if (summary.Devices.Count == 0) return "No device was seen, so nothing could be checked.";
        var blind = summary.Devices.Count(IsBlind);
        var partly = summary.Devices.Count(device => !IsBlind(device) && device.Checks.Any(check => check.State != CheckState.Runnable));
        if (blind + partly == 0) return "Every analytic could see all it needs on every device.";
        var parts = new List<string>();
        if (partly > 0) parts.Add($"{SinkWords.Number(partly)} in part");
        if (blind > 0) parts.Add($"{SinkWords.Number(blind)} not at all");
        return $"{SinkWords.Number(blind + partly)} of {SinkWords.Count(summary.Devices.Count, "device")} could not be checked fully: {string.Join(", ", parts)}.";
    }

    /// <summary>"4 of 6 files were read, 1 of them in part; 1 was not recognised, 1 could not be read."</summary>
    public static string Files(RunSummary summary)
    {
        int Of(FileState state) => summary.Files.Count(file => file.State == state);
        var (part, strange, closed) = (Of(FileState.ReadInPart), Of(FileState.Unrecognised), Of(FileState.Unreadable));
        var read = Of(FileState.Read) + part;
        var text = $"{SinkWords.Number(read)} of {SinkWords.Count(summary.Files.Count, "file")} {(read == 1 ? "was" : "were")} read" + (part > 0 ? $", {SinkWords.Number(part)} of them in part" : "");
        var rest = new List<string>();
        if (strange > 0) rest.Add($"{SinkWords.Number(strange)} {(strange == 1 ? "was" : "were")} not recognised");
        if (closed > 0) rest.Add($"{SinkWords.Number(closed)} could not be read");
        return text + (rest.Count > 0 ? "; " + string.Join(", ", rest) : "") + ".";
    }

    /// <summary>"Normal is known of 9 of 12 apps; of 3 it is unknown whether a destination is new: com.a, com.b (too young), com.c." or that no baseline was given.</summary>
    /// <returns>Null when no app was seen.</returns>
    public static string? Baseline(RunSummary summary)
    {
        if (summary.Baseline is not { Apps: > 0 } baseline) return null;
        if (!baseline.IsGiven) return $"No baseline was given: whether a destination is new is unknown for {(baseline.Apps == 1 ? "the app" : $"all {SinkWords.Count(baseline.Apps, "app")}")}. --baseline names one.";
        var unknown = baseline.Young.Count + baseline.Absent.Count;
        var lead = $"The baseline says what is normal for {SinkWords.Number(baseline.Mature)} of {SinkWords.Count(baseline.Apps, "app")}";
        if (unknown == 0) return lead + ".";
        var names = baseline.Young.Select(app => app + " (too young)").Concat(baseline.Absent).ToList();
        var more = names.Count > AppsNamed ? $" and {SinkWords.Number(names.Count - AppsNamed)} more" : "";
        return $"{lead}; for {SinkWords.Number(unknown)} it is unknown whether a destination is new: {string.Join(", ", names.Take(AppsNamed))}{more}.";
    }

    /// <summary>The time that the events cover; null when there were none.</summary>
    public static string? Span(RunSummary summary) => summary.Span is { } span ? TextExplanation.When(span.From, span.To) : null;

    /// <summary>What the policy hid, and what it would have hidden had its exceptions not expired; nothing without a policy.</summary>
    public static IEnumerable<string> Policy(RunSummary summary)
    {
        if (summary.Policy is not { } policy) yield break;
        var active = policy.Exceptions.Where(item => item.Hidden > 0).ToList();
        if (policy.Hidden > 0)
            yield return $"{SinkWords.Count(policy.Hidden, "finding")} hidden by exceptions of the policy {VisibleText.Of(policy.Name)}: {string.Join("; ", active.Select(Hid))}.";
        foreach (var item in policy.Exceptions.Where(item => item.MissedAfterExpiry > 0))
            yield return $"The exception {VisibleText.Of(item.Id)} expired on {item.Expires.ToString()[..10]}: {SinkWords.Count(item.MissedAfterExpiry, "finding is", "findings are")} reported that it would have hidden, the last of {Minute(item.LastMissed!.Value)}.";
    }

    private static string Hid(ExceptionAccount item)
    {
        var alone = item.HiddenAlone == item.Hidden ? "" : $", {SinkWords.Number(item.HiddenAlone)} of them alone";
        return $"{VisibleText.Of(item.Id)} {SinkWords.Number(item.Hidden)}{alone}, last {Minute(item.LastHidden!.Value)}";
    }

    private static string Minute(Instant time) => time.ToString()[..16].Replace('T', ' ');

    private static bool IsBlind(DeviceAccount device) => device.Checks.All(check => check.State == CheckState.Blind);
}

using Nightjar.Findings;
using Nightjar.Sinks;

namespace Nightjar.Auditing;

/// <summary>Writes <c>handling.csv</c>: every finding, reported or hidden, with what was done about it, and entries about findings that this run did not make.</summary>
public static class HandlingTable
{
    private static readonly string[] Columns =
        ["finding", "in_this_run", "status", "decision", "owner", "date", "note", "start", "severity", "confidence", "score", "analytic", "device", "app", "title", "exceptions"];

    internal static void Write(EvidencePack pack, Stream output) => CsvText.Write(output, Columns, Rows(pack));

    /// <summary>Findings that were reported and of which nobody wrote down what was done.</summary>
    public static IReadOnlyList<Finding> Unstated(EvidencePack pack)
    {
        ArgumentNullException.ThrowIfNull(pack);
        var stated = pack.Handling.Select(entry => entry.Finding).ToHashSet(StringComparer.Ordinal);
        return [.. pack.Result.Findings.Where(finding => !stated.Contains(finding.Uid)).Order(ReportOrder.ByTime)];
    }

    private static IEnumerable<IReadOnlyList<string?>> Rows(EvidencePack pack)
    {
        var handled = pack.Handling.ToDictionary(entry => entry.Finding, StringComparer.Ordinal);
        foreach (var finding in pack.Result.Findings.Order(ReportOrder.ByTime)) yield return Row(finding, "reported");
        foreach (var finding in pack.Hidden.Order(ReportOrder.ByTime)) yield return Row(finding, "hidden");
        foreach (var entry in handled.Values.OrderBy(entry => entry.Finding, StringComparer.Ordinal))
            yield return [entry.Finding, "no", .. Of(entry), "", "", "", "", "", "", "", "", ""];

        IReadOnlyList<string?> Row(Finding finding, string kind)
        {
            handled.Remove(finding.Uid, out var entry);
            return
            [
                finding.Uid, kind, .. Of(entry), finding.Start.ToString(), finding.Severity.Caption(), finding.Confidence.Caption(), $"{finding.Score}", finding.Analytic.Uid, finding.Device.Uid,
                finding.App, finding.Title, string.Join("; ", finding.HiddenBy),
            ];
        }
    }

    private static IReadOnlyList<string?> Of(HandlingEntry? entry) => entry is null
        ? ["not_stated", "", "", "", ""]
        : [entry.Status.Snake(), entry.Decision, entry.Owner, entry.Date is { } day ? SinkWords.Day(day) : "", entry.Note];
}

using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks;
using Nightjar.Sinks.Plain;
using Nightjar.Sinks.Records;
using static Nightjar.Auditing.MarkdownPage;

namespace Nightjar.Auditing;

/// <summary>Writes <c>blind-spots.md</c>: everything that this run could not see, did not read, or hid on purpose.</summary>
internal static class BlindSpotsPage
{
    private const int MostRows = 200;

    public static void Write(EvidencePack pack, IReadOnlyList<StrategyAnswer> answers, Stream output)
    {
        using var page = new MarkdownPage(output);
        page.Heading(1, "Blind spots");
        page.Paragraph(Text(RunSentence.Unchecked(pack.Result.Summary)));
        WriteDevices(page, pack.Result.Summary);
        WriteStrategies(page, answers);
        WriteMissing(page, pack.Result.Summary);
        WriteAnalytics(page, pack);
        WriteReading(page, pack);
        WriteHidden(page, pack);
    }

    private static void WriteDevices(MarkdownPage page, RunSummary summary)
    {
        page.Heading(2, "Devices that were not assessed");
        Rows(page, ["Device", "Why"], summary.Devices.Select(device => (device, Why: WhyNotAssessed(device))).Where(item => item.Why is not null)
            .Select(item => (IReadOnlyList<string>)[Code(item.device.Device.Uid), Text(item.Why)]), "None.");
    }

    private static string? WhyNotAssessed(DeviceAccount device) =>
        StrategyCoverage.WhyNotAssessed(device) ?? (device.Checks.All(check => check.State == CheckState.Blind) ? "Telemetry came, and with it no analytic could find anything." : null);

    private static void WriteStrategies(MarkdownPage page, IReadOnlyList<StrategyAnswer> answers)
    {
        page.Heading(2, "Strategies that were not fully covered");
        Rows(page, ["Strategy", "Platform", "Covered", "Days degraded", "Days blind", "Days not assessed", "Devices never assessed"], answers.Where(answer => answer.Covered != Covered.Fully).Select(answer => (IReadOnlyList<string>)
        [
            Text($"{answer.Strategy} {answer.Name}"), answer.Platform.Name(), answer.Covered.Say(), $"{answer.Days.Degraded}", $"{answer.Days.Blind}", $"{answer.Days.NotAssessed}",
            $"{answer.Devices.Count(device => device.First is null) + answer.Unknown}",
        ]), "None.");
    }

    private static void WriteMissing(MarkdownPage page, RunSummary summary)
    {
        page.Heading(2, "Telemetry that was missing, and who could supply it");
        Rows(page, ["Data component", "Platform", "Devices", "Could come from"], MissingTelemetry.Of(summary).Select(item => (IReadOnlyList<string>)
            [$"{item.Name.Name} ({item.Name.Id})", item.Platform.Name(), $"{item.Devices}", AnswersPage.Sources(item.Sources)]), "None.");
    }

    private static void WriteAnalytics(MarkdownPage page, EvidencePack pack)
    {
        page.Heading(2, "What the analytics cannot see, whatever comes");
        page.List(pack.Analytics.SelectMany(analytic => analytic.Texts.CannotSee, (analytic, text) => $"{Text(analytic.Uid)}: {Text(text)}"));
        page.Heading(2, "What the tests do not prove");
        page.List(pack.Scenarios.Results.Where(result => !result.HasPassed).Select(result => $"{Text(result.Analytic)}: the scenario {Code(result.Scenario.Name)} failed: {Text(result.Failures[0].What)}")
            .Concat(pack.Analytics.Where(analytic => pack.Scenarios.Results.All(result => result.Analytic != analytic.Uid)).Select(analytic => $"{Text(analytic.Uid)}: no scenario tests it"))
            .Concat(pack.Mutations?.Unnoticed.Select(mutant => $"{Text(mutant.Analytic)}: no scenario notices this change: {Text(mutant.Change)}") ?? ["Changes to the analytics were not tried, so how much the scenarios would notice is not known; `--mutate` tries them."])
            .Append("Scenarios set their own values; those of the policy are not tested."));
    }

    private static void WriteReading(MarkdownPage page, EvidencePack pack)
    {
        var summary = pack.Result.Summary;
        page.Heading(2, "What was not read, or could not be kept");
        page.Paragraph(Text(RunSentence.Files(summary)));
        Rows(page, ["File", "State", "Why"], summary.Files.Where(file => file.State != FileState.Read).Select(file => (IReadOnlyList<string>)[Code(file.Path), file.State.Say(), Text(file.Reason)]), "");
        var anomalies = summary.Files.SelectMany(file => file.Anomalies).GroupBy(item => item.Kind).OrderBy(group => group.Key).Select(group => $"{SinkWords.Count(group.Sum(item => item.Count), "record")}: {group.Key.Say()}");
        page.List(anomalies.Concat(new (long Count, string What)[]
        {
            (summary.Unattributed, "records name no device and could be given none"),
            (summary.PartialsGivenUp, "partial matches were given up for want of room"),
            (summary.TelemetryLosses.Devices, "events of further devices were not kept in the account of coverage"),
            (summary.TelemetryLosses.Days, "further days of devices were not kept in the account of coverage"),
            (summary.TelemetryLosses.Apps, "events of further apps were not told apart"),
        }.Where(item => item.Count > 0).Select(item => $"{SinkWords.Number(item.Count)} {item.What}")));
        if (IsBoundToNow(pack)) page.Paragraph("Records were left out because their time was in the future when the pack was made. Made later it may hold them; `--as-of` states the moment.");
    }

    /// <summary>True when what was left out depends on the moment at which the pack was made.</summary>
    public static bool IsBoundToNow(EvidencePack pack) =>
        pack.AsOf is null && pack.Result.Summary.Files.Any(file => file.Anomalies.Any(item => item.Kind == AnomalyKind.FutureTime));

    private static void WriteHidden(MarkdownPage page, EvidencePack pack)
    {
        page.Heading(2, "What was hidden on purpose, and what nobody answered for");
        page.List((pack.Result.Summary.Policy?.Exceptions ?? []).Select(item => ExceptionSentence(pack, item))
            .Append($"{SinkWords.Count(pack.Hidden.Count, "finding was", "findings were")} hidden by exceptions{(pack.Hidden.Count > 0 ? "; they are in `hidden.ndjson`" : "")}")
            .Append($"{SinkWords.Count(HandlingTable.Unstated(pack).Count, "reported finding has", "reported findings have")} no stated handling"));
    }

    private static string ExceptionSentence(EvidencePack pack, ExceptionAccount item)
    {
        var end = PolicyWriter.HasExpired(pack, item.Expires) ? "expired on" : "ends on";
        var missed = item.MissedAfterExpiry == 0 ? "" : $"; {SinkWords.Count(item.MissedAfterExpiry, "finding is", "findings are")} reported that it would have hidden";
        return $"Exception {Code(item.Id)} of {Code(item.Owner)} {end} {item.Expires.ToString()[..10]} and hid {SinkWords.Count(item.Hidden, "finding")}{missed}: {Text(item.Reason)}";
    }

    private static void Rows(MarkdownPage page, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows, string none)
    {
        var all = rows.ToList();
        if (all.Count > 0) page.Table(columns, all.Take(MostRows));
        else if (none.Length > 0) page.Paragraph(none);
        if (all.Count > MostRows) page.Paragraph($"{SinkWords.Count(all.Count - MostRows, "more row")}: the JSON files have all.");
    }
}

using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Plain;
using Nightjar.Sinks.Records;

namespace Nightjar.Sinks.Html;

/// <summary>What could not be checked: strategies first, then devices × analytics. States are words; the signs only repeat them.</summary>
/// <param name="html">Where to.</param>
/// <param name="result">The run: its summary says what could be seen, its findings what silence means.</param>
internal sealed class CoverageView(HtmlWriter html, RunResult result)
{
    private readonly RunSummary _summary = result.Summary;
    private readonly CoverageCell _cell = new(html, result);

    public void Write()
    {
        using var section = html.Open("section", ("id", "coverage"), ("aria-labelledby", "h-coverage"));
        html.Element("h2", "Coverage: what could be checked, and what not", ("id", "h-coverage"));
        html.Element("p", RunSentence.Unchecked(_summary), ("class", "lead"));
        var groups = DeviceGroup.Of(_summary);
        if (groups.Count > 0) new HeatMapView(html, result, groups).Write();
        WriteLosses();
        if (groups.Count == 0) return;
        WriteStrategies();
        WriteMissing();
        WriteMatrix([.. groups.Where(group => group.WhyNotAssessed is null)]);
    }

    private void WriteLosses()
    {
        var losses = new List<string>();
        if (_summary.Unattributed > 0) losses.Add($"{SinkWords.Count(_summary.Unattributed, "record names", "records name")} no device and could be given none; no analytic saw them.");
        if (_summary.PartialsGivenUp > 0) losses.Add($"{SinkWords.Count(_summary.PartialsGivenUp, "partial match was", "partial matches were")} given up for want of room; a finding may be missing for very busy apps.");
        if (_summary.Duplicates > 0) losses.Add($"{SinkWords.Count(_summary.Duplicates, "repeat of an event was", "repeats of events were")} left out.");
        if (losses.Count == 0) return;
        using var list = html.Open("ul", ("class", "plain"));
        foreach (var loss in losses) html.Element("li", loss);
    }

    private void WriteStrategies()
    {
        html.Element("h3", "By detection strategy");
        using var table = OpenTable("strategies", "Devices per strategy. A device counts once, by the best of the strategy's analytics.");
        WriteHeads("Strategy", "Analytics", "Can see", "Sees in part", "Blind", "Not assessed", "For want of");
        using var body = html.Open("tbody");
        foreach (var strategy in StrategyCoverage.Of(_summary))
        {
            using var row = html.Open("tr");
            html.Element("th", $"{strategy.Uid} {strategy.Name}".TrimEnd(), ("scope", "row"), ("class", "u"));
            Cell("Analytics", string.Join(", ", strategy.Analytics));
            Cell("Can see", SinkWords.Number(strategy.Runnable));
            Cell("Sees in part", SinkWords.Number(strategy.Degraded));
            Cell("Blind", SinkWords.Number(strategy.Blind));
            Cell("Not assessed", SinkWords.Number(strategy.NotAssessed));
            Cell("For want of", Want(strategy));
        }
    }

    private static string Want(StrategyCoverage strategy)
    {
        if (strategy.Platforms.Count == 0) return "a device that its analytics are for";
        return strategy.Missing == DataComponents.None ? "nothing" : strategy.Missing.Describe();
    }

    private void Cell(string label, string text) => html.Element("td", text, ("data-label", label), ("class", "u"));

    private void WriteMatrix(List<DeviceGroup> groups)
    {
        if (groups.Count == 0) return;
        html.Element("h3", "Why, device by device");
        using var more = html.Open("details", ("class", "block"));
        html.Element("summary", "What each analytic lacked, what its silence means, and its days");
        if (_cell.Legend.Length > 0) html.Element("p", _cell.Legend, ("class", "note"));
        // Platforms that share analytics share a table, so that no column is empty for half of the fleet.
        foreach (var table in groups.GroupBy(group => string.Join('\n', group.Analytics)).OrderBy(table => table.Key, StringComparer.Ordinal))
            WriteTable([.. table]);
    }

    private void WriteTable(List<DeviceGroup> groups)
    {
        var platforms = SinkWords.List([.. groups.Select(group => group.Platform).Distinct().Order().Select(platform => platform.Name())]);
        html.Element("h4", platforms);
        using var scroll = html.Open("div", ("class", "scroll"), ("role", "region"), ("aria-label", $"{platforms}: devices and analytics"), ("tabindex", "0"));
        using var table = OpenTable("matrix", "Devices with the same telemetry stand in one row.");
        using (html.Open("thead"))
        using (html.Open("tr"))
        {
            html.Element("th", "Device", ("scope", "col"));
            foreach (var analytic in groups[0].Analytics) WriteHead(analytic);
        }
        using var body = html.Open("tbody");
        foreach (var group in groups) WriteRow(group);
    }

    private void WriteHead(string analytic)
    {
        using var head = html.Open("th", ("scope", "col"), ("class", "u"));
        html.Text(analytic);
        if (_summary.Analytics.FirstOrDefault(item => item.Uid == analytic) is { } known) html.Element("small", known.Name);
    }

    private void WriteRow(DeviceGroup group)
    {
        using var row = html.Open("tr");
        using (html.Open("th", ("scope", "row"), ("class", "u"))) DeviceNames.Write(html, group);
        foreach (var analytic in group.Analytics) _cell.Write(group, group.Checks.First(check => check.Analytic == analytic));
    }

    private void WriteMissing()
    {
        var missing = MissingTelemetry.Of(_summary);
        if (missing.Count == 0) return;
        html.Element("h3", "What would show more");
        using var table = OpenTable("strategies", "Telemetry that analytics lacked, and the formats that Nightjar reads whose events can fill it.");
        WriteHeads("Telemetry", "Platform", "Devices", "Sources");
        using var body = html.Open("tbody");
        foreach (var item in missing)
        {
            using var row = html.Open("tr");
            html.Element("th", $"{item.Name.Name} ({item.Name.Id})", ("scope", "row"));
            Cell("Platform", item.Platform.Name());
            Cell("Devices", SinkWords.Number(item.Devices));
            Cell("Sources", item.Sources.Count > 0 ? string.Join(", ", item.Sources) : "none that is read");
        }
    }

    private HtmlWriter.Scope OpenTable(string kind, string caption)
    {
        var scope = html.Open("table", ("class", kind));
        html.Element("caption", caption);
        return scope;
    }

    private void WriteHeads(params ReadOnlySpan<string> heads)
    {
        using (html.Open("thead"))
        using (html.Open("tr"))
        {
            foreach (var head in heads) html.Element("th", head, ("scope", "col"));
        }
    }
}

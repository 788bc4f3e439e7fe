using System.Globalization;
using System.Text;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Sinks.Formats;

/// <summary>A table for spreadsheets: one row for each finding. No cell is taken for a formula, and what would not be seen is written out.</summary>
internal sealed class CsvFormat : IFindingFormat
{
    private const int MostOfCell = 4_000;

    private static readonly (string Name, Func<Finding, FindingEntities, string?> Value)[] Columns =
    [
        ("uid", (finding, _) => finding.Uid),
        ("activity", (finding, _) => finding.Activity.Snake()),
        ("start", (finding, _) => finding.Start.ToString()),
        ("end", (finding, _) => finding.End.ToString()),
        ("events", (finding, _) => Number(finding.Count)),
        ("severity", (finding, _) => finding.Severity.Caption()),
        ("confidence", (finding, _) => finding.Confidence.Caption()),
        ("score", (finding, _) => Number(finding.Score)),
        ("analytic", (finding, _) => finding.Analytic.Uid),
        ("analytic_name", (finding, _) => finding.Analytic.Name),
        ("analytic_version", (finding, _) => finding.Analytic.Version),
        ("strategy", (finding, _) => finding.Analytic.Strategy),
        ("techniques", (finding, _) => List(finding.Analytic.Techniques.Select(item => item.Uid).Distinct())),
        ("tactics", (finding, _) => List(finding.Analytic.Techniques.Select(item => item.TacticName).Distinct())),
        ("attack_version", (finding, _) => finding.Analytic.AttackVersion),
        ("device", (finding, _) => finding.Device.Uid),
        ("device_name", (finding, _) => finding.Device.Name),
        ("platform", (finding, _) => finding.Device.Platform.Name()),
        ("groups", (finding, _) => List(finding.Device.Groups ?? [])),
        ("app", (finding, _) => finding.App),
        ("app_version", (_, entities) => entities.AppVersion),
        ("title", (finding, _) => finding.Title),
        ("description", (finding, _) => finding.Description),
        ("destinations", (_, entities) => List(entities.Peers.Select(peer => peer.Name))),
        ("urls", (_, entities) => List(entities.Urls)),
        ("files", (_, entities) => List(entities.Files.Select(file => file.Path ?? file.Name))),
        ("hashes", (_, entities) => List(entities.Hashes)),
        ("stages_seen", (finding, _) => Stages(finding, StageState.Matched)),
        ("stages_not_seen", (finding, _) => Stages(finding, StageState.Missing)),
        ("stages_not_observable", (finding, _) => Stages(finding, StageState.NotObservable)),
        ("contributions", (finding, _) => List(finding.Contributions.Where(item => item.State == Tri.True).Select(item => $"{item.Name} {SinkWords.Signed(item.Points)}"))),
        ("context", (finding, _) => List(finding.Context.Select(fact => $"{fact.Name} = {fact.Value}"))),
        ("notes", (finding, _) => List(finding.Notes)),
        ("next_steps", (finding, _) => List(finding.NextSteps)),
        ("same_events", (finding, _) => List(finding.RelatedFindings)),
    ];

    public string Id => "csv";

    public string Title => "CSV for spreadsheets, one row a finding";

    public void Write(IReadOnlyList<Finding> findings, Stream output)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', Columns.Select(column => column.Name)));
        foreach (var finding in findings)
        {
            var entities = FindingEntities.Of(finding);
            writer.WriteLine(string.Join(',', Columns.Select(column => Cell(column.Value(finding, entities)))));
        }
    }

    /// <summary>A cell: a leading apostrophe keeps spreadsheets from reading <c>=</c>, <c>+</c>, <c>-</c> or <c>@</c> as a formula.</summary>
    internal static string Cell(string? text)
    {
        var shown = VisibleText.Of(text, MostOfCell);
        if (shown.TrimStart() is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..]) shown = "'" + shown;
        return shown.AsSpan().IndexOfAny(",\"'; ") < 0 ? shown : $"\"{shown.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string List(IEnumerable<string> items) => string.Join("; ", items);

    private static string Stages(Finding finding, StageState state) => List(finding.Stages.Where(stage => stage.State == state).Select(stage => stage.Id));

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The findings as a table, as <c>findings.csv</c>.</summary>
internal sealed class CsvSink : ISink
{
    public string Id => "csv";

    public string FileName => "findings.csv";

    public void Write(RunResult result, Stream output) => FormatCatalog.Write(new CsvFormat(), result.Findings, output);
}

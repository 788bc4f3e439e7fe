using System.Globalization;
using System.Text.Json;
using Nightjar.Simulation;
using Spectre.Console;

namespace Nightjar.Cli.Terminal;

/// <summary>Precision and recall, run by run, and what changed from the first to the last.</summary>
internal static class ScorecardText
{
    private static readonly JsonSerializerOptions Lines = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void Write(IReadOnlyList<(string Folder, Scorecard Card)> runs, IAnsiConsole console, bool isJson)
    {
        foreach (var (folder, card) in runs)
        {
            if (isJson) WriteJson(folder, card);
            else WriteTable(folder, card, console);
        }
        if (!isJson && runs.Count > 1) WriteChange(runs[0].Card, runs[^1].Card, console);
    }

    private static void WriteTable(string folder, Scorecard card, IAnsiConsole console)
    {
        TerminalReport.Line(console, folder, TerminalReport.Bold);
        var table = TerminalReport.OpenTable("Analytic", "On attacks", "On innocent apps", "Precision", "Recall", "Missed");
        foreach (var score in card.Analytics)
        {
            table.AddRow(new[]
            {
                score.Analytic, Number(score.OnAttacks), Number(score.OnInnocent), Percent(score.Precision),
                score.Recall is null ? "nothing planted" : $"{score.Planted.Count - score.Missed.Count} of {score.Planted.Count}", score.Missed.Count == 0 ? "" : string.Join(", ", score.Missed),
            }.Select(text => TerminalReport.Cell(text)));
        }
        console.Write(table);
        if (card.LeftOut.Count > 0) TerminalReport.Line(console, $"Outside of what was scanned: {string.Join(", ", card.LeftOut)}.", TerminalReport.Dim);
        console.WriteLine();
    }

    private static void WriteChange(Scorecard first, Scorecard last, IAnsiConsole console)
    {
        TerminalReport.Line(console, "From the first to the last", TerminalReport.Bold);
        foreach (var before in first.Analytics)
        {
            var after = last.Analytics.FirstOrDefault(score => score.Analytic == before.Analytic);
            if (before.OnInnocent == 0 && (after?.OnInnocent ?? 0) == 0) continue;
            var change = before.OnInnocent == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({((after?.OnInnocent ?? 0) / (double)before.OnInnocent - 1) * 100:0.#} %)");
            TerminalReport.Line(console, $"{before.Analytic}: innocent apps {Number(before.OnInnocent)} → {Number(after?.OnInnocent ?? 0)}{change}, attacks {Found(before)} → {Found(after)}");
        }
        var lost = last.Analytics.SelectMany(score => score.Missed).Except(first.Analytics.SelectMany(score => score.Missed)).Order(StringComparer.Ordinal).ToList();
        TerminalReport.Line(console, lost.Count == 0 ? "No attack was lost." : $"Lost: {string.Join(", ", lost)}.");
    }

    private static string Found(AnalyticScore? score) => score is null ? "0" : $"{score.Planted.Count - score.Missed.Count} of {score.Planted.Count}";

    private static void WriteJson(string folder, Scorecard card)
    {
        foreach (var score in card.Analytics)
            Console.WriteLine(JsonSerializer.Serialize(new { Run = folder, score.Analytic, score.OnAttacks, score.OnInnocent, score.Precision, score.Recall, score.Planted, score.Missed }, Lines));
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double? share) => share is { } known ? string.Create(CultureInfo.InvariantCulture, $"{Math.Round(known * 100)} %") : "no finding";
}

using Nightjar.Baselines;
using Nightjar.Sinks;
using Spectre.Console;

namespace Nightjar.Cli.Terminal;

/// <summary>What one baseline knows and another does not, app by app.</summary>
internal static class BaselineDifference
{
    public static void Write(Baseline before, Baseline after, IAnsiConsole console, bool isJson)
    {
        foreach (var app in before.Apps.Union(after.Apps).Order(StringComparer.Ordinal))
        {
            var old = before.Of(app).ToDictionary(cell => (cell.Kind, cell.Value));
            var now = after.Of(app).ToDictionary(cell => (cell.Kind, cell.Value));
            var came = now.Where(pair => !old.ContainsKey(pair.Key)).Select(pair => pair.Value).ToList();
            var went = old.Where(pair => !now.ContainsKey(pair.Key)).Select(pair => pair.Value).ToList();
            if (isJson)
            {
                BaselineText.WriteJson(came, "came");
                BaselineText.WriteJson(went, "went");
                continue;
            }
            if (came.Count + went.Count == 0) continue;
            TerminalReport.Heading(console, app);
            foreach (var cell in came) TerminalReport.Line(console, "+ " + Sentence(cell));
            foreach (var cell in went) TerminalReport.Line(console, "- " + Sentence(cell));
        }
    }

    private static string Sentence(BaselineCell cell) =>
        $"{BaselineText.What(cell)}: {SinkWords.Count(cell.Devices, "device")}, {SinkWords.Count(cell.Days, "day")}, {BaselineText.Day(cell.First)} to {BaselineText.Day(cell.Last)}";
}

using Spectre.Console;

namespace Nightjar.Cli.Terminal;

/// <summary>The 24 hours of a day as bars, with the hours below.</summary>
internal static class HoursChart
{
    private const int Height = 4;
    private const string Eighths = "▁▂▃▄▅▆▇█";

    /// <summary>Draws the bars, 72 columns wide.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<long> hours)
    {
        var most = Math.Max(1, hours.DefaultIfEmpty().Max());
        for (var row = Height - 1; row >= 0; row--) TerminalReport.Line(console, " " + string.Concat(hours.Select(count => Cell(count, most, row))).TrimEnd());
        TerminalReport.Line(console, " " + string.Concat(Enumerable.Range(0, 24).Select(hour => hour % 3 == 0 ? $"{hour,-3}" : "   ")).TrimEnd(), TerminalReport.Dim);
    }

    // An hour in which anything happened is never empty: a sliver says that it was not nothing.
    private static string Cell(long count, long most, int row)
    {
        if (count == 0) return row == 0 ? "·  " : "   ";
        var eighths = Math.Max(1, (int)Math.Round((double)count / most * Height * Eighths.Length)) - row * Eighths.Length;
        return eighths <= 0 ? "   " : new string(Eighths[Math.Min(Eighths.Length, eighths) - 1], 2) + " ";
    }
}

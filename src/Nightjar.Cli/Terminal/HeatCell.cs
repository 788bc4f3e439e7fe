using Nightjar.Findings;
using Nightjar.Sinks;
using Spectre.Console;

namespace Nightjar.Cli.Terminal;

/// <summary>The cells of coverage maps: a letter says what a colour repeats.</summary>
internal static class HeatCell
{
    private static readonly (CheckState? State, string Meaning)[] States =
    [
        (CheckState.Runnable, "runnable: all it looks for can be seen"), (CheckState.Degraded, "degraded: a finding is possible, some signs are not seen"),
        (CheckState.Blind, "blind: no finding is possible, so it is not assessed"), (null, "not assessed: no telemetry, or the platform is unknown"),
    ];

    public static Style Of(CheckState? state) => state switch
    {
        CheckState.Runnable => new Style(Color.Black, Color.Green),
        CheckState.Degraded => new Style(Color.Black, Color.Olive),
        CheckState.Blind => new Style(Color.White, Color.Maroon),
        _ => TerminalReport.Dim,
    };

    public static void WriteLegend(IAnsiConsole console, bool hasScores, bool hasCounts)
    {
        console.WriteLine();
        foreach (var (state, meaning) in States)
        {
            console.Write(new Paragraph().Append($" {state.Letter()} ", Of(state)).Append($" {meaning}", TerminalReport.Dim));
            console.WriteLine();
        }
        if (hasScores) TerminalReport.Line(console, "The number beside D is the highest score that is still possible; days are those with telemetry, of those in the period.", TerminalReport.Dim);
        if (hasCounts) TerminalReport.Line(console, "Beside the letter: devices on which a finding is possible, of those that the analytic is for. R means on all of them, and fully.", TerminalReport.Dim);
    }
}

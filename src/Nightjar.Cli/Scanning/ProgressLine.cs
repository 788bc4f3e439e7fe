using System.Globalization;
using Nightjar.Sources.Intake;

namespace Nightjar.Cli.Scanning;

/// <summary>One line on the terminal that says how far the reading is; nothing where nobody looks.</summary>
internal sealed class ProgressLine(TextWriter writer) : IProgress<IntakeProgress>
{
    private const int Width = 24;
    private long _lastShown;
    private bool _shown;

    /// <summary>Null when messages go elsewhere than to a terminal.</summary>
    public static ProgressLine? ForTerminal(bool quiet) => quiet || Console.IsErrorRedirected ? null : new ProgressLine(Console.Error);

    public void Report(IntakeProgress value)
    {
        var now = Environment.TickCount64;
        if (now - _lastShown < 100) return;
        _lastShown = now;
        _shown = true;
        var share = value.BytesInAll > 0 ? Math.Clamp((double)value.BytesRead / value.BytesInAll, 0, 1) : 0;
        var filled = (int)(share * Width);
        var phase = value.Phase switch
        {
            IntakePhase.Identities => "finding devices",
            IntakePhase.Loading => "reading",
            _ => "judging",
        };
        writer.Write(string.Create(CultureInfo.InvariantCulture,
            $"\r[{new string('#', filled)}{new string('.', Width - filled)}] {share,4:P0} {phase}, {value.Events:N0} events   "));
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (_shown) writer.Write("\r" + new string(' ', 78) + "\r");
    }
}

using Nightjar.Calibration;
using Nightjar.Engine;
using Nightjar.Events;

namespace Nightjar.Cli.Scanning;

/// <summary>Reads what a scan would read, as often as a study of thresholds needs it.</summary>
internal sealed class ThresholdsRun(ScanRequest request, ThresholdStudy study, SymbolTable symbols)
{
    /// <summary>Inputs that could not be read at all.</summary>
    public IReadOnlyList<string> Unreadable { get; private set; } = [];

    /// <exception cref="OperationCanceledException">Interrupted; temporary files are gone.</exception>
    public void Run(CancellationToken cancellation)
    {
        for (var isRepeat = false; study.Next(); isRepeat = true)
        {
            using var reading = new TelemetryReading(request with { IsRepeat = isRepeat }, symbols, new EngineOptions().ClockSkew);
            foreach (var step in reading.Read(cancellation))
            {
                if (step.Batch is { } batch) study.Process(batch);
                else study.Begin();
            }
            study.Complete();
            Unreadable = [.. reading.Intake.Accounts.Where(file => file.State == FileState.Unreadable).Select(file => file.Path)];
        }
    }
}

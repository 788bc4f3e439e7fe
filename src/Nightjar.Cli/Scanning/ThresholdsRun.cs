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
            var isBegun = true;
            reading.Feed(() => Begin(ref isBegun), cancellation);
            study.Complete();
            Unreadable = [.. reading.Intake.Accounts.Where(file => file.State == FileState.Unreadable).Select(file => file.Path)];
        }
    }

    // The study has begun a pass when it says that there is one; anew only after a restart.
    private IReadOnlyList<Action<EventBatch>> Begin(ref bool isBegun)
    {
        if (!isBegun) study.Begin();
        isBegun = false;
        return study.Takers;
    }
}

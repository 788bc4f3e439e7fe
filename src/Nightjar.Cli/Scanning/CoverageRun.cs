using Nightjar.Analytics;
using Nightjar.Baselines;
using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Cli.Scanning;

/// <summary>Reads what a scan would read and keeps account of it; nothing is looked for.</summary>
internal sealed class CoverageRun(ScanRequest request, AnalyticSet analytics, SymbolTable symbols)
{
    private static readonly EngineOptions Engine = new();

    /// <summary>What is normal for each app.</summary>
    public Baseline Baseline { get; init; } = Baseline.Empty;

    /// <summary>When it counts.</summary>
    public BaselineRules Rules { get; init; } = BaselineRules.Default;

    /// <exception cref="OperationCanceledException">Interrupted; temporary files are gone.</exception>
    public RunSummary Run(CancellationToken cancellation)
    {
        using var reading = new TelemetryReading(request, symbols, Engine.ClockSkew);
        TelemetryAccount account = null!;
        reading.Feed(() => [(account = new TelemetryAccount(request, symbols, Engine)).Add], cancellation);
        return account.Summarise(reading, analytics.Analytics, Baseline, Rules) with { IsJudged = false };
    }
}

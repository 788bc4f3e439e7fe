using Nightjar.Analytics;
using Nightjar.Baselines;
using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Policies;
using Nightjar.Vetting;

namespace Nightjar.Cli.Scanning;

/// <summary>The one place where a scan is joined: bytes, readers, devices, order, engine, findings. Read it from top to bottom.</summary>
internal sealed class ScanRun(ScanRequest request, AnalyticSet analytics, SymbolTable symbols)
{
    private static readonly EngineOptions Engine = new();

    /// <summary>A run by all that was loaded for it.</summary>
    public ScanRun(ScanRequest request, RunContent content, SymbolTable symbols)
        : this(request, content.Analytics, symbols) =>
        (Vetted, Policy, Baseline, Rules) = (content.Vetted.All, content.Policy, content.Baseline, content.Rules);

    /// <summary>The reviewed packages that the analytics compare with.</summary>
    public IReadOnlyList<VettedPackage> Vetted { get; init; } = [];

    /// <summary>The policy; null without one.</summary>
    public PolicyInForce? Policy { get; init; }

    /// <summary>What is normal for each app.</summary>
    public Baseline Baseline { get; init; } = Baseline.Empty;

    /// <summary>When it counts.</summary>
    public BaselineRules Rules { get; init; } = BaselineRules.Default;

    /// <summary>Learns what apps do from what is scanned; null when nothing is to be learned.</summary>
    public Func<BaselineLearning>? Learn { get; init; }

    /// <exception cref="OperationCanceledException">Interrupted; temporary files are gone.</exception>
    public ScanOutcome Run(CancellationToken cancellation)
    {
        using var reading = new TelemetryReading(request, symbols, Engine.ClockSkew);
        TelemetryAccount account = null!;
        EngineGroup engines = null!;
        BaselineLearning? learning = null;
        IReadOnlyList<Action<EventBatch>> Begin()
        {
            (account, engines, learning) = (new TelemetryAccount(request, symbols, Engine), NewEngines(reading), Learn?.Invoke());
            return learning is null ? [account.Add, .. engines.Takers] : [account.Add, learning.Learn, .. engines.Takers];
        }

        reading.Feed(Begin, cancellation);
        var findings = engines.Complete();
        var summary = account.Summarise(reading, analytics.Analytics, Baseline, Rules) with
        {
            PartialsGivenUp = engines.Counters.PartialsGivenUp,
            ReviewedPackages = [.. Vetted.Select(package => package.Name)],
            Policy = Policy is null ? null : PolicyAccounts.Of(Policy.Policy, findings, engines.Hidden),
        };
        return new ScanOutcome(summary, findings) { Hidden = engines.Hidden, Learned = learning is null ? null : Learned(learning, [.. findings, .. engines.Hidden]) };
    }

    // What proves a finding must not become normal, and hiding it makes it no more so.
    private static Baseline Learned(BaselineLearning learning, IEnumerable<Finding> findings)
    {
        foreach (var finding in findings) learning.Forget(finding);
        return learning.ToBaseline();
    }

    private EngineGroup NewEngines(TelemetryReading reading) =>
        new(Engine, request.Threads, analytics.Analytics, symbols, (file, position) => reading.Intake.FileOf(file).Locate(position), Policy);
}

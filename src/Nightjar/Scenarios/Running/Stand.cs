using Nightjar.Analytics;
using Nightjar.Analytics.InForce;
using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Scenarios.Running;

/// <summary>Compiled analytics ready to be run on one scenario after another. One thread.</summary>
/// <param name="Set">What was compiled, and what was refused.</param>
/// <param name="Symbols">The table they were compiled against.</param>
/// <param name="Normal">What they ask about baselines and reviews.</param>
/// <param name="Options">How the engine treats time and room.</param>
internal sealed record Stand(AnalyticSet Set, SymbolTable Symbols, ScenarioNormal Normal, EngineOptions Options)
{
    private readonly EventBatch _batch = new(Symbols);

    public IReadOnlyList<Analytic> Analytics => Set.Analytics;

    /// <summary>The analytic whose folder this is; null when there is none.</summary>
    public Analytic? Of(string folder) => Analytics.FirstOrDefault(item => ScenarioPaths.FolderOf(item.File) == folder);

    /// <summary>Runs analytics over events in the real engine.</summary>
    public IReadOnlyList<Finding> Run(Trial trial, params IReadOnlyList<Analytic> analytics)
    {
        var engine = Begin(trial, analytics);
        engine.Process(Batch(trial, analytics[0]));
        engine.Complete();
        return engine.TakeFindings();
    }

    /// <summary>Runs an analytic over events with a policy in force.</summary>
    public IReadOnlyList<Finding> Run(Trial trial, Analytic analytic, IPolicyInForce policy)
    {
        Normal.Current = trial.Scenario;
        var engine = new DetectionEngine(Options, [analytic], Symbols, (_, position) => $"line {position}", policy);
        engine.Process(Batch(trial, analytic));
        engine.Complete();
        return engine.TakeFindings();
    }

    /// <summary>An engine that has taken nothing yet.</summary>
    public DetectionEngine Begin(Trial trial, params IReadOnlyList<Analytic> analytics)
    {
        Normal.Current = trial.Scenario;
        return new DetectionEngine(Options, analytics, Symbols, (_, position) => $"line {position}");
    }

    /// <summary>The events in their order, until the next call; those that state no platform are of the first one of the analytic.</summary>
    public EventBatch Batch(Trial trial, Analytic analytic) =>
        ScenarioBatch.Fill(trial.Events, trial.Start, analytic.Platforms[0], _batch);
}

/// <summary>Events to run: those of a scenario, or made from them.</summary>
internal sealed record Trial(Scenario Scenario, IReadOnlyList<ScenarioEvent> Events, Instant Start)
{
    public static Trial Of(Scenario scenario) => new(scenario, scenario.Events, scenario.Start);
}

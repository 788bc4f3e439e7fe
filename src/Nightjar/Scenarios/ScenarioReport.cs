using Nightjar.Findings;
using Nightjar.Knowledge;

namespace Nightjar.Scenarios;

/// <summary>A file below a folder <c>scenarios/</c>: a scenario or a golden text.</summary>
/// <param name="Path">With forward slashes and the same root as the analytics: <c>android/ingress-tool-transfer/scenarios/fires-apk.yml</c>.</param>
/// <param name="Text">Its content.</param>
public sealed record ScenarioSource(string Path, string Text);

/// <summary>What came of running scenarios.</summary>
/// <param name="Results">One per scenario that could be read, in order of file.</param>
/// <param name="Diagnostics">Every mistake in scenarios and analytics.</param>
public sealed record ScenarioReport(IReadOnlyList<ScenarioResult> Results, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>True when no scenario failed and no file has an error.</summary>
    public bool IsGood => Failed == 0 && Diagnostics.All(item => item.Severity != DiagnosticSeverity.Error);

    public int Passed => Results.Count(item => item.HasPassed);

    public int Failed => Results.Count(item => !item.HasPassed);

    /// <summary>Golden texts that are missing or differ, as they would have to be. A scenario that fails for another reason has none.</summary>
    public IReadOnlyList<ScenarioSource> Goldens => [.. Results.Select(item => item.NewGolden).OfType<ScenarioSource>()];
}

/// <summary>What came of one scenario.</summary>
public sealed record ScenarioResult
{
    public required Scenario Scenario { get; init; }

    /// <summary>Uid of its analytic.</summary>
    public required string Analytic { get; init; }

    /// <summary>What the analytic found.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What other analytics found in the same events; empty unless they were asked to run.</summary>
    public required IReadOnlyList<Finding> Others { get; init; }

    /// <summary>The findings and near misses as text; empty when it was quiet.</summary>
    public required string Text { get; init; }

    /// <summary>How many near misses and equivalences were derived and run.</summary>
    public required int Derived { get; init; }

    /// <summary>What went wrong; empty when it passed.</summary>
    public required IReadOnlyList<ScenarioFailure> Failures { get; init; }

    /// <summary>The golden text that would make it pass; null when it passes, or fails for another reason.</summary>
    public ScenarioSource? NewGolden { get; init; }

    public bool HasPassed => Failures.Count == 0;
}

/// <summary>One thing that went wrong.</summary>
/// <param name="What">One sentence.</param>
/// <param name="Detail">Lines that show it, for example a difference; empty when there is nothing to show.</param>
public sealed record ScenarioFailure(string What, string Detail = "");

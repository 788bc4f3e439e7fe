using Nightjar.Knowledge;

namespace Nightjar.Scenarios;

/// <summary>What came of changing analytics piece by piece.</summary>
/// <param name="Mutants">Every mutant, by analytic and then in a fixed order.</param>
/// <param name="Diagnostics">Every mistake in scenarios and analytics.</param>
public sealed record MutationReport(IReadOnlyList<MutantResult> Mutants, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>Those that no scenario noticed: pieces of an analytic that could be wrong, or missing, without anyone being told.</summary>
    public IEnumerable<MutantResult> Unnoticed => Mutants.Where(item => item.NoticedBy is null);
}

/// <summary>One mutant.</summary>
/// <param name="Analytic">Uid of the analytic.</param>
/// <param name="Change">Which piece was changed, and how.</param>
/// <param name="NoticedBy">The first scenario whose findings differ, or <see cref="Checks"/>; null when there is none.</param>
public sealed record MutantResult(string Analytic, string Change, string? NoticedBy)
{
    /// <summary>What noticed a change after which the analytic is refused when it is loaded.</summary>
    public const string Checks = "the checks at loading";
}

/// <summary>What setting a tunable otherwise changes.</summary>
/// <param name="Analytic">Uid of the analytic.</param>
/// <param name="Tunable">Name of the tunable.</param>
/// <param name="Value">The value with which the verdict changes; empty when there is none.</param>
/// <param name="Scenario">The first scenario whose verdict changes; null when there is none.</param>
/// <param name="Before">Its scores with the scenario's own values, or <c>quiet</c>.</param>
/// <param name="After">Its scores with the other value, or <c>quiet</c>.</param>
public sealed record TunableEffect(string Analytic, string Tunable, string Value, string? Scenario, string Before, string After);

using Nightjar.Analytics;
using Nightjar.Analytics.Tuning;

namespace Nightjar.Scenarios.Mutating;

/// <summary>An analytic with one piece changed.</summary>
/// <param name="Name">Which piece, and how.</param>
internal abstract record Mutant(string Name);

/// <summary>A change of what the analytic says.</summary>
/// <param name="Name">Which piece, and how.</param>
/// <param name="Change">Makes the change; null where the analytic, compiled with other values, has no such piece.</param>
internal sealed record StructureMutant(string Name, Func<Analytic, Analytic?> Change) : Mutant(Name);

/// <summary>A change of a value. It is laid over whatever a scenario sets.</summary>
/// <param name="Name">Which value, and how.</param>
/// <param name="Tunable">Name of the tunable.</param>
/// <param name="Change">The changed value as written; null when the change would change nothing.</param>
internal sealed record ValueMutant(string Name, string Tunable, Func<Tunable, IReadOnlyList<string>?> Change) : Mutant(Name);

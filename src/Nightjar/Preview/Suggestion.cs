using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Knowledge;
using Nightjar.Policies;

namespace Nightjar.Preview;

/// <summary>An exception that would hide findings, as narrow as the language of policies can say it.</summary>
public sealed record Suggestion
{
    /// <summary>The exception. Its reason and owner are for a person to write.</summary>
    public required ExceptionEntry Exception { get; init; }

    /// <summary>The same as it would stand below <c>exceptions</c> of a policy; without reason and owner, so that no policy takes it as it is.</summary>
    public required string Yaml { get; init; }

    /// <summary>What a check of policies says of its breadth.</summary>
    public required IReadOnlyList<Diagnostic> Remarks { get; init; }

    /// <summary>Chosen findings that it hides, alone or together with the other suggestions.</summary>
    public required IReadOnlyList<Finding> Covers { get; init; }

    /// <summary>Findings that nobody chose and that it would hide, whole or in part.</summary>
    public required IReadOnlyList<Finding> Others { get; init; }

    /// <summary>The scenarios of its analytic that fire, and whether it would hide their findings.</summary>
    public required IReadOnlyList<ScenarioEffect> Scenarios { get; init; }
}

/// <summary>What a suggestion would do to the finding of a scenario.</summary>
/// <param name="Scenario">Its name.</param>
/// <param name="Title">What happens in it.</param>
/// <param name="IsHidden">True when the finding would be hidden if it happened in the suggestion's app, signed so, on its device.</param>
/// <param name="IsHiddenAsWritten">True when it would be hidden as the scenario is written.</param>
/// <param name="KeptBy">The keys of the exception that keep it visible in the suggestion's app: <c>destinations</c>, <c>paths</c>; empty when it is hidden.</param>
public sealed record ScenarioEffect(string Scenario, string Title, bool IsHidden, bool IsHiddenAsWritten, IReadOnlyList<string> KeptBy);

/// <summary>A chosen finding that no suggestion hides, and why.</summary>
public sealed record Uncovered(Finding Finding, string Why);

/// <summary>Exceptions for a set of findings.</summary>
/// <param name="Chosen">The findings that were chosen.</param>
/// <param name="Suggestions">In order of analytic and app.</param>
/// <param name="Uncovered">What remains.</param>
public sealed record SuggestionReport(IReadOnlyList<Finding> Chosen, IReadOnlyList<Suggestion> Suggestions, IReadOnlyList<Uncovered> Uncovered);

/// <summary>Between which days suggested exceptions are to hold.</summary>
/// <param name="Created">When they are written down.</param>
/// <param name="Expires">From here on they hide nothing.</param>
public sealed record SuggestionDates(Instant Created, Instant Expires);

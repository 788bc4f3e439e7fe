using Nightjar.Analytics;
using Nightjar.Analytics.Tuning;
using Nightjar.Events;
using Nightjar.Knowledge;

namespace Nightjar.Policies;

/// <summary>What came of putting a policy in force: null when it has errors against the analytics.</summary>
/// <param name="InForce">The policy, with the analytics that it holds for.</param>
/// <param name="Analytics">The analytics, compiled with the values that hold for all.</param>
/// <param name="Diagnostics">Every mistake of the policy against the analytics; those of the analytics stand in the set.</param>
public sealed record PolicyLoad(PolicyInForce? InForce, AnalyticSet Analytics, IReadOnlyList<Diagnostic> Diagnostics);

/// <summary>Puts a policy in force for analytics.</summary>
public static class PolicyLoader
{
    /// <param name="policy">A policy without mistakes of its own.</param>
    /// <param name="sources">The files of the analytics.</param>
    /// <param name="symbols">The table of the events.</param>
    /// <param name="reference">The facts that analytics ask for.</param>
    /// <param name="normal">What is normal for apps; null when nothing is known of it.</param>
    /// <param name="elsewhere">Uids of analytics that exist and are not among the sources.</param>
    /// <param name="isWanted">Which of them are to run; null for all.</param>
    public static PolicyLoad Load(
        Policy policy, IReadOnlyList<AnalyticSource> sources, SymbolTable symbols, ReferenceData reference, INormal? normal = null,
        IReadOnlyCollection<string>? elsewhere = null, Func<Analytic, bool>? isWanted = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var defaults = AnalyticLoader.Load(sources, new SymbolTable(), reference, DefaultTuning.Instance);
        if (defaults.HasErrors) return new PolicyLoad(null, defaults, []);
        var (bound, diagnostics) = PolicyBinding.Bind(policy, defaults.Analytics, elsewhere ?? [], reference);
        if (diagnostics.Any(item => item.Severity == DiagnosticSeverity.Error)) return new PolicyLoad(null, defaults, diagnostics);
        var press = new VariantPress(bound, sources, symbols, reference, normal ?? NothingNormal.Instance, isWanted ?? (_ => true));
        Diagnostic[] refused =
        [
            .. press.Refusals(defaults.Analytics).Select(item => PolicyRules.OutOfRange.At(policy.File, item.Setting.Text.Place.Line, item.Setting.Text.Place.Column,
                $"With `{item.Setting.Text.Name}` = {item.Setting.Value}, {item.Setting.Analytic} is refused. {item.Mistake.Reason}")),
        ];
        return refused.Length > 0
            ? new PolicyLoad(null, defaults, [.. diagnostics, .. refused])
            : new PolicyLoad(new PolicyInForce(bound, press, symbols, reference), press.Set with { Analytics = press.Analytics }, diagnostics);
    }
}

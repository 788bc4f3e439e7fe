using Nightjar.Analytics;
using Nightjar.Baselines;
using Nightjar.Policies;
using Nightjar.Vetting;

namespace Nightjar.Cli.Scanning;

/// <summary>What a run judges by.</summary>
/// <param name="Analytics">The analytics.</param>
/// <param name="Vetted">Reviewed packages.</param>
/// <param name="Baseline">What is normal for apps.</param>
/// <param name="Rules">When what the baseline saw counts.</param>
/// <param name="Policy">The policy; null without one.</param>
internal sealed record RunContent(AnalyticSet Analytics, VettedPackages Vetted, Baseline Baseline, BaselineRules Rules, PolicyInForce? Policy);

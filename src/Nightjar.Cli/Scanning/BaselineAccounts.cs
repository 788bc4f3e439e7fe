using Nightjar.Baselines;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Cli.Scanning;

/// <summary>Says of which apps of a run the baseline could tell what is new. A cold start is told, never taken for novelty.</summary>
internal static class BaselineAccounts
{
    /// <summary>As of the last event: what was too young at first may have come of age meanwhile.</summary>
    public static BaselineAccount Of(Baseline baseline, BaselineRules rules, SpanOfEvents span, SymbolTable symbols)
    {
        var reading = new BaselineReading(baseline, rules);
        var at = span.Value?.To ?? Instant.Min;
        var standings = span.Apps.Select(symbols.Text).Order(StringComparer.Ordinal).ToLookup(app => reading.StandingOf(app, at));
        return new BaselineAccount(baseline.AppCount > 0, standings[AppStanding.Mature].Count(), [.. standings[AppStanding.Young]], [.. standings[AppStanding.Absent]]);
    }
}

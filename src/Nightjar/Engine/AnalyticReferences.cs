using Nightjar.Analytics;
using Nightjar.Findings;

namespace Nightjar.Engine;

/// <summary>Names an analytic as findings and reports do.</summary>
public static class AnalyticReferences
{
    public static AnalyticReference Of(Analytic analytic) => new(
        analytic.Uid, analytic.Title, analytic.Version, analytic.Attack.Strategy, analytic.StrategyName, analytic.Attack.Release,
        [.. analytic.Techniques.Select(item => new TechniqueReference(item.Uid, item.Name, item.TacticUid, item.TacticName))]);
}

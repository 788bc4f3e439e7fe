using Nightjar.Analytics;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Coverage;

/// <summary>What each analytic could see by what was there: worked out once for each distinct set, and shared by all days that had it.</summary>
internal sealed class CheckMemo(IReadOnlyList<Analytic> analytics)
{
    private readonly Dictionary<(Platform, Sight), IReadOnlyList<DeviceCheck>> _checks = [];
    private readonly Dictionary<ToldFacts, Outcomes> _outcomes = [];

    /// <summary>The analytics for a platform, by uid.</summary>
    public IEnumerable<Analytic> For(Platform platform) =>
        analytics.Where(analytic => analytic.Platforms.Contains(platform)).OrderBy(analytic => analytic.Uid, StringComparer.Ordinal);

    /// <summary>One check per analytic of the platform, by uid.</summary>
    public IReadOnlyList<DeviceCheck> Of(Platform platform, Sight sight)
    {
        if (_checks.TryGetValue((platform, sight), out var known)) return known;
        if (!_outcomes.TryGetValue(sight.Told, out var outcomes)) _outcomes[sight.Told] = outcomes = new Outcomes(sight.Told);
        return _checks[(platform, sight)] = [.. For(platform).Select(analytic => AnalyticCheck.Of(analytic, sight, outcomes))];
    }
}

using Nightjar.Analytics;
using Nightjar.Analytics.Tuning;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Tests.Analytics;

/// <summary>Which stages matter before a chain begins, and of which analytic that is said.</summary>
public sealed class LooksBackTests
{
    [Fact]
    public void Only_a_stage_that_forbids_a_chain_looks_back_and_a_changed_analytic_says_so_anew()
    {
        var file = Path.Combine(Repository.Root, "analytics/android/code-loaded-at-runtime/analytic.yml");
        var analytic = AnalyticLoader.Load([new AnalyticSource(file, File.ReadAllText(file))], new SymbolTable(), ReferenceData.Shipped, DefaultTuning.Instance).Analytics[0];
        var looking = analytic.Stages.Where(stage => analytic.LooksBack[stage.Index]).Select(stage => stage.Id);
        Assert.Equal(["known_good_download"], looking);
        var without = analytic with { Chains = [.. analytic.Chains.Where(chain => chain.Unless.Length == 0)] };
        Assert.DoesNotContain(true, without.LooksBack);
    }
}

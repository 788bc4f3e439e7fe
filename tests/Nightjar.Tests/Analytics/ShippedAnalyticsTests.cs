using Nightjar.Analytics;
using Nightjar.Analytics.Tuning;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Tests.Analytics;

/// <summary>The analytics that come with Nightjar.</summary>
public sealed class ShippedAnalyticsTests
{
    [Fact]
    public void They_have_no_mistake_and_no_warning()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "analytics"), "analytic.yml", SearchOption.AllDirectories);
        var set = AnalyticLoader.Load(files.Select(file => new AnalyticSource(file, File.ReadAllText(file))), new SymbolTable(), ReferenceData.Shipped, DefaultTuning.Instance);
        Assert.Empty(set.Diagnostics.Select(item => item.ToString()));
        Assert.Contains(set.Analytics, item => item.Uid == "AN1677");
    }
}

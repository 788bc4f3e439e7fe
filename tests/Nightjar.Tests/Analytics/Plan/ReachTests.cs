using Nightjar.Analytics.Plan;
using Nightjar.Cli.Content;
using Nightjar.Events;
using Xunit;

namespace Nightjar.Tests.Analytics.Plan;

/// <summary>Held against asking the condition itself.</summary>
public sealed class ReachTests
{
    private static readonly TruthNode[] Conditions =
        [.. Catalogue.Compile(Catalogue.Shipped, new SymbolTable()).Analytics.SelectMany(analytic => analytic.Stages).SelectMany(stage => stage.Parts).SelectMany(part => Below(part.Node))];

    [Fact]
    public void It_holds_every_kind_of_event_for_which_the_condition_could_hold() => Assert.All(Conditions, condition =>
    {
        var reach = Reach.Of(condition);
        foreach (var kind in Enum.GetValues<EventClass>())
            for (var activity = 0; activity < Reach.Activities; activity++)
                Assert.Equal(condition.Could(kind, activity) != Tri.False, reach.Has(kind, activity));
    });

    [Fact]
    public void It_knows_whether_a_number_or_a_higher_one_is_there() => Assert.All(Conditions, condition =>
    {
        var reach = Reach.Of(condition);
        foreach (var kind in Enum.GetValues<EventClass>())
            foreach (var from in new[] { 0, 1, 6, 63, 64, 65, 99 })
                Assert.Equal(Enumerable.Range(from, Reach.Activities - from).Any(activity => reach.Has(kind, activity)), reach.HasFrom(kind, from));
    });

    private static IEnumerable<TruthNode> Below(TruthNode node) => [node, .. node.Operands.SelectMany(Below)];
}

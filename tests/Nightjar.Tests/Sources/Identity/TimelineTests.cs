using FsCheck;
using FsCheck.Fluent;
using Nightjar.Events;
using Nightjar.Sources.Identity;
using Xunit;

namespace Nightjar.Tests.Sources.Identity;

public class TimelineTests
{
    [Fact]
    public void The_begin_belongs_to_the_holder_and_the_end_does_not()
    {
        var timeline = new Timeline<string>();
        timeline.Add(new(10), new(20), "a");
        timeline.Add(new(20), new(30), "b");
        Assert.Equal([null, "a", "a", "b", "b", null], new[] { 9, 10, 19, 20, 29, 30 }.Select(t => timeline.At(new Instant(t))));
    }

    [Fact]
    public void Times_of_one_holder_are_joined_across_the_gap_that_a_later_one_fills()
    {
        var timeline = new Timeline<string>();
        timeline.Add(new(10), new(20), "a");
        timeline.Add(new(30), new(40), "a");
        timeline.Add(new(15), new(30), "a");
        Assert.Equal([new(new(10), new(40), "a")], timeline.Segments);
    }

    [Fact]
    public void It_agrees_with_a_table_of_every_moment() => Prop.ForAll(
        ArbMap.Default.ArbFor<(byte From, byte Length, bool Holder)[]>(), rows =>
        {
            var timeline = new Timeline<string>();
            var table = new string?[80];
            foreach (var (from, length, isFirst) in rows)
            {
                var (begin, end, holder) = (from % 50, from % 50 + 1 + length % 20, isFirst ? "a" : "b");
                timeline.Add(new(begin), new(end), holder);
                if (table[begin..end].All(other => other is null || other == holder)) table.AsSpan(begin..end).Fill(holder);
            }
            return Enumerable.Range(0, table.Length).All(t => timeline.At(new(t)) == table[t])
                && timeline.Segments.Zip(timeline.Segments.Skip(1)).All(pair => pair.First.To < pair.Second.From || pair.First.Holder != pair.Second.Holder);
        }).QuickCheckThrowOnFailure();
}

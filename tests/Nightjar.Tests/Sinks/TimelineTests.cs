using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Html;
using Xunit;

namespace Nightjar.Tests.Sinks;

public sealed class TimelineTests
{
    [Theory]
    [InlineData(0.0004, "12:00:00.0001")]
    [InlineData(0.4, "12:00:00.1")]
    [InlineData(52, "12:00:15")]
    [InlineData(2_400, "12:10")]
    [InlineData(40_000, "15:00")]
    [InlineData(900_000, "17 Mar")]
    [InlineData(3e8, " 20")]
    public void Ticks_stand_at_round_times(double seconds, string someLabel)
    {
        var axis = new TimeAxis(FindingBuilder.Noon, FindingBuilder.Noon + TimeSpan.FromSeconds(seconds));
        var ticks = axis.Ticks.ToList();
        Assert.InRange(ticks.Count, 2, 7);
        Assert.Equal(ticks.OrderBy(tick => tick.Percent), ticks);
        Assert.All(ticks, tick => Assert.InRange(tick.Percent, 0, 100));
        Assert.Contains(someLabel, string.Join(' ', ticks.Select(tick => tick.Label)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_moment_stands_in_the_middle()
    {
        var axis = new TimeAxis(FindingBuilder.Noon, FindingBuilder.Noon);
        Assert.InRange(axis.Percent(FindingBuilder.Noon), 49.9, 50.1);
        Assert.NotEmpty(axis.Ticks);
    }

    [Fact]
    public void The_whole_of_time_can_be_drawn()
    {
        var axis = new TimeAxis(Instant.Min, Instant.Max);
        Assert.InRange(axis.Ticks.Count(), 1, 20);
    }

    [Fact]
    public void An_interval_is_as_long_as_the_event()
    {
        var timeline = Timeline.Of(SampleFindings.LoadedCode())!;
        var mark = timeline.Lanes.Single(lane => lane.Id == "download").Marks.Single();
        Assert.Equal(TimeSpan.FromSeconds(12.318204), mark.To - mark.From);
        Assert.Equal(3, mark.Number);
    }

    [Fact]
    public void Stages_come_first_then_what_else_has_evidence()
    {
        var lanes = Timeline.Of(SampleFindings.LoadedCode())!.Lanes;
        Assert.Equal(
            ["download", "write", "load", "deleted", "bridge", "state", "friction"],
            lanes.Select(lane => lane.Id));
        Assert.True(lanes[6].IsContribution);
        Assert.False(lanes[5].IsContribution);
        Assert.Empty(lanes[3].Marks);
    }

    [Fact]
    public void A_state_is_held_on_only_after_a_change_of_state()
    {
        var band = Timeline.Of(SampleFindings.LoadedCode())!.Bands.Single(item => item.Title == "App state");
        Assert.Equal("background (state event 21 s before the download)", band.Fact);
        Assert.Equal([true, false, true, true, true, true], band.Spans.Select(span => span.IsStated));
        Assert.Equal(band.Spans[2].From, band.Spans[1].To);
    }

    [Theory]
    [InlineData("app_state", "background", "App state", "app in the background")]
    [InlineData("is_device_locked", "false", "Device lock", "device unlocked")]
    public void A_state_told_before_holds_on_to_the_moment_it_was_asked_for(string name, string value, string title, string word)
    {
        var builder = new FindingBuilder("u", SampleFindings.Relay, SampleFindings.Pixel, "com.example.app")
            .Event("contact", EventClass.NetworkActivity, 6, 0).Event("contact", EventClass.NetworkActivity, 6, 10, 3);
        var band = Band(builder.Fact(name, value, "state event 50 s before", -40, 10), title);
        Assert.Equal([new StateSpan(FindingBuilder.Noon, FindingBuilder.Noon + TimeSpan.FromSeconds(10), word, IsStated: false)], band.Spans);
        var later = new FindingBuilder("u", SampleFindings.Relay, SampleFindings.Pixel, "com.example.app")
            .Event("contact", EventClass.NetworkActivity, 6, 0).Event("contact", EventClass.NetworkActivity, 6, 10, 3).Fact(name, value, "state event 4 s before", 6, 10);
        Assert.Equal(FindingBuilder.Noon + TimeSpan.FromSeconds(6), Assert.Single(Band(later, title).Spans).From);
    }

    private static StateBand Band(FindingBuilder builder, string title) => Timeline.Of(builder.Build())!.Bands.Single(item => item.Title == title);

    [Fact]
    public void Interactions_are_moments_of_the_timeline()
    {
        var known = FindingBuilder.Noon + TimeSpan.FromSeconds(4);
        var finding = new FindingBuilder("u", SampleFindings.Relay, SampleFindings.Pixel, "com.example.app")
            .Event("state", EventClass.MobileState, 2, 0).Event("state", EventClass.MobileState, 3, 2).Event("state", EventClass.MobileState, 4, 6)
            .Event("contact", EventClass.NetworkActivity, 6, 9, 3, default, "log", (FieldId.LastUserInteraction, known.Millis))
            .Event("contact", EventClass.NetworkActivity, 6, 10, 3, default, "log", (FieldId.LastUserInteraction, (FindingBuilder.Noon - TimeSpan.FromHours(1)).Millis))
            .Fact("last_user_interaction", "4 s before", "interaction and unlock events")
            .Build();
        var band = Timeline.Of(finding)!.Bands.Single(item => item.Title == "User interaction");
        Assert.Equal("4 s before (interaction and unlock events)", band.Fact);
        Assert.Equal([2.0, 4.0, 6.0], band.Spans.Select(span => (span.From - FindingBuilder.Noon).TotalSeconds));
        Assert.All(band.Spans, span => Assert.Equal(span.From, span.To));
    }

    [Fact]
    public void Where_no_event_states_it_and_no_context_speaks_nothing_is_drawn() => Assert.Empty(Timeline.Of(SampleFindings.KeyExchange())!.Bands);

    [Fact]
    public void The_state_of_another_app_is_not_this_ones()
    {
        var finding = SampleFindings.LoadedCode();
        var other = finding with { Evidence = [.. finding.Evidence.Select(item => item with { Event = item.Event with { App = "com.example.other" } })] };
        Assert.DoesNotContain(Timeline.Of(other)!.Bands.Single(item => item.Title == "App state").Spans, span => span.IsStated);
        Assert.NotEmpty(Timeline.Of(other)!.Bands.Single(item => item.Title == "Device lock").Spans);
    }

    [Fact]
    public void Without_evidence_there_is_none() => Assert.Null(Timeline.Of(SampleFindings.KeyExchange() with { Evidence = [] }));
}

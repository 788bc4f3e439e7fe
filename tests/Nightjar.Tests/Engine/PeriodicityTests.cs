using Nightjar.Engine;
using Nightjar.Events;
using Xunit;

namespace Nightjar.Tests.Engine;

/// <summary>What counts as regular: how often beacons are recognised, and how often chance is taken for one.</summary>
public sealed class PeriodicityTests
{
    private const int Cases = 400;

    [Theory]
    [InlineData(6, 0.0, 0.0, 1.0)]
    [InlineData(6, 0.1, 0.0, 0.95)]
    [InlineData(12, 0.1, 0.0, 0.95)]
    [InlineData(12, 0.1, 0.1, 0.95)]
    [InlineData(24, 0.2, 0.0, 0.9)]
    [InlineData(48, 0.1, 0.2, 0.95)]
    [InlineData(96, 0.2, 0.1, 0.95)]
    public void A_beacon_is_recognised_in_spite_of_jitter_and_missed_beats(int contacts, double jitter, double missed, double least) =>
        Assert.InRange(Share(random => Beacon(random, contacts, 60, jitter, missed), 0.2, 6), least, 1);

    [Theory]
    [InlineData(24, 0.5)]
    [InlineData(96, 0.5)]
    public void With_a_wide_tolerance_and_contacts_enough_even_a_jitter_of_half_the_period_is_recognised(int contacts, double jitter) =>
        Assert.InRange(Share(random => Beacon(random, contacts, 300, jitter, 0), 0.5, 6), 0.9, 1);

    [Theory]
    [InlineData(6, 0.2)]
    [InlineData(12, 0.2)]
    [InlineData(48, 0.2)]
    [InlineData(6, 0.5)]
    [InlineData(12, 0.5)]
    [InlineData(96, 0.5)]
    public void Random_contacts_are_hardly_ever_taken_for_regular(int contacts, double tolerance) =>
        Assert.InRange(Share(random => AtRandom(random, contacts), tolerance, 6), 0, 0.02);

    [Theory]
    [InlineData(12)]
    [InlineData(60)]
    public void Bursts_of_use_are_not_regular(int contacts) => Assert.InRange(Share(random => Bursts(random, contacts), 0.2, 6), 0, 0.02);

    [Fact]
    public void A_night_of_doze_leaves_gaps_and_the_rest_stays_regular()
    {
        double[] intervals = [900, 900, 905, 895, 900, 900, 7200, 14400, 900, 900, 900, 898, 902];
        var periodicity = Periodicity.Of(Times(intervals), 0.2, 6)!;
        Assert.Equal(900, periodicity.Period.TotalSeconds);
        Assert.Equal(14, periodicity.Contacts);
    }

    [Fact]
    public void It_says_from_how_many_contacts_and_how_sure_it_is()
    {
        Assert.Equal("every 60 s, give or take 0 s, from 6 contacts; random contacts would look so in 1 of 300 cases", Text([60, 60, 60, 60, 60]));
        Assert.Equal("every 60 s, give or take 0 s, from 7 contacts, 1 beat missed; random contacts would look so in 1 of 1000 cases", Text([60, 60, 120, 60, 60, 60]));
        Assert.EndsWith("less than 1 of a million cases", Text([.. Enumerable.Repeat(60d, 30)]), StringComparison.Ordinal);

        static string Text(double[] intervals) => Periodicity.Of(Times(intervals), 0.2, 6)!.ToString();
    }

    [Fact]
    public void Few_contacts_with_one_that_does_not_fit_prove_nothing()
    {
        Assert.Null(Periodicity.Of(Times([60, 60, 60, 60, 900]), 0.2, 6));
        Assert.NotNull(Periodicity.Of(Times([60, 60, 60, 60, 900, 60, 60, 60]), 0.2, 6));
    }

    [Fact]
    public void Contacts_within_a_second_are_one_and_a_rattle_is_no_period()
    {
        Assert.Equal(7, Periodicity.Of(Times([60, 0.2, 60, 60, 0.1, 60, 60, 60]), 0.2, 6)!.Contacts);
        Assert.Null(Periodicity.Of(Times([1, 1, 1, 1, 1, 1, 1, 1]), 0.2, 6));
    }

    private static double Share(Func<Random, double[]> intervals, double tolerance, int atLeast)
    {
        var random = new Random(2026);
        return Enumerable.Range(0, Cases).Count(_ => Periodicity.Of(Times(intervals(random)), tolerance, atLeast) is not null) / (double)Cases;
    }

    // Each beat sleeps a period give or take the jitter; a missed beat adds its sleep to the next.
    private static double[] Beacon(Random random, int contacts, double period, double jitter, double missed)
    {
        var intervals = new List<double>();
        var since = 0d;
        while (intervals.Count < contacts - 1)
        {
            since += period * (1 + jitter * (2 * random.NextDouble() - 1));
            if (random.NextDouble() < missed) continue;
            intervals.Add(since);
            since = 0;
        }
        return [.. intervals];
    }

    private static double[] AtRandom(Random random, int contacts) =>
        [.. Enumerable.Range(0, contacts - 1).Select(_ => -120 * Math.Log(1 - random.NextDouble()))];

    private static double[] Bursts(Random random, int contacts) =>
        [.. Enumerable.Range(1, contacts - 1).Select(i => i % 6 == 0 ? 600 + 3000 * random.NextDouble() : 1 + -8 * Math.Log(1 - random.NextDouble()))];

    private static List<Instant> Times(double[] intervals)
    {
        var time = Instant.FromMillis(1_772_000_000_000);
        var times = new List<Instant> { time };
        foreach (var interval in intervals) times.Add(time += TimeSpan.FromSeconds(interval));
        return times;
    }
}

using Nightjar.Analytics;
using Nightjar.Analytics.Plan;
using Nightjar.Events;

namespace Nightjar.Calibration;

/// <summary>Says what was observed at a place, or why nothing was.</summary>
internal static class PlaceTelling
{
    /// <summary>Why a tunable has no place.</summary>
    public static string WhyNowhere(Analytic analytic, string tunable, bool isNumeric)
    {
        if (!isNumeric) return "It is a switch; there is nothing to measure.";
        return analytic.Additions.Select(item => item.Measure).OfType<Measure>().Concat(analytic.Measures).Any(measure => measure.Tuned.Any(limit => limit.Tunable == tunable))
            ? "It limits what holds within spans of time somewhere, which is no one number."
            : "No number of one event or one match is compared with it by itself: it sets over which time is measured or folded, is compared between the events of two stages, or stands in a Sigma value.";
    }

    public static PlaceStudy Tell(Analytic analytic, Place place, Tally tally, PlaceTally seen)
    {
        var numbers = seen.Values.Count == 0 ? null : Of(seen);
        return new PlaceStudy(place.Where, place.What, numbers, seen.Deciding - seen.Values.Count, numbers is null ? Why(analytic, place, tally, seen) : "");
    }

    private static Distribution Of(PlaceTally seen)
    {
        var values = seen.Values;
        return new Distribution(
            values.Count, values.Minimum, values.Quantile(0.25), values.Quantile(0.5), values.Quantile(0.75), values.Quantile(0.9), values.Quantile(0.99), values.Maximum, values.Error,
            seen.Devices, seen.Apps);
    }

    private static string Why(Analytic analytic, Place place, Tally tally, PlaceTally seen)
    {
        if (tally.Devices == 0) return $"No device of the platform was read: {string.Join(", ", analytic.Platforms.Select(platform => platform.Name()))}.";
        if (Missing(analytic, place, tally.Delivered) is { Length: > 0 } missing) return missing;
        if (seen.Deciding > 0) return $"Of {seen.Deciding} for which it could have decided none had such a number, or something else decided first.";
        if (seen.Asked == 0) return place is StagePlace ? "No event of the kind was read." : "No chain came together.";
        if (place is BesidePlace) return $"{seen.Asked} chains came together and nothing of the kind lay beside them.";
        if (seen.NotObservable == seen.Asked) return $"At {seen.Asked} matches no telemetry could have shown it.";
        return $"{seen.Asked} came by and none depended on it: another condition decided.";
    }

    private static string Missing(Analytic analytic, Place place, DataComponents delivered)
    {
        IEnumerable<Stage> stages = place switch
        {
            StagePlace item => [item.Stage],
            MeasurePlace item => [analytic.Stages[item.Measure.Stage]],
            BesidePlace item => [analytic.Stages[item.Measure.Stage]],
            ChainPlace item => item.Chain.Stages.Select(stage => analytic.Stages[stage]),
            _ => [],
        };
        return stages.FirstOrDefault(stage => stage.Components != DataComponents.None && (stage.Components & delivered) == 0) is { } blind
            ? $"No device delivered what would show {blind.Id}: {blind.Components.Describe()}."
            : "";
    }
}

using System.Globalization;
using Nightjar.Events;
using Nightjar.Sinks;

namespace Nightjar.Cli.Terminal;

/// <summary>How far a clock is off, in a sentence.</summary>
internal static class ClockText
{
    public static string Of(ClockOffset clock)
    {
        var seconds = Math.Abs(clock.Offset.TotalSeconds).ToString("0.0", CultureInfo.InvariantCulture);
        var way = clock.Offset > TimeSpan.Zero ? "ahead of" : "behind";
        var done = clock.IsApplied ? "its times were moved" : "its times stand as they are; --align-clocks moves them";
        return $"The clock of {clock.Source} is {seconds} s {way} that of {clock.Reference} on {clock.Device}, by {SinkWords.Count(clock.Pairs, "matching record")}; {done}.";
    }
}

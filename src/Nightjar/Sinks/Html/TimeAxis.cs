using System.Globalization;
using Nightjar.Events;
using Nightjar.Sinks.Plain;

namespace Nightjar.Sinks.Html;

/// <summary>A span of time laid over 100 % of a width, with ticks at round times of the clock.</summary>
internal sealed class TimeAxis
{
    private const double MostTicks = 5.5;
    private const double Margin = 0.04;

    private static readonly long[] Steps = BuildSteps();

    private readonly double _from;
    private readonly double _length;
    private readonly long _step;
    private readonly bool _isOneDay;

    /// <param name="from">Begin of what is drawn.</param>
    /// <param name="to">End of what is drawn; not before <paramref name="from"/>.</param>
    public TimeAxis(Instant from, Instant to)
    {
        var length = Math.Max(1, to.Micros - from.Micros);
        // A single moment stands in the middle of two seconds: there is no span to draw it in.
        var margin = length == 1 ? Instant.PerSecond : length * Margin;
        _from = from.Micros - margin;
        _length = length + 2 * margin;
        _isOneDay = from.ToDateTimeOffset().Date == to.ToDateTimeOffset().Date;
        _step = Steps.FirstOrDefault(step => _length / step <= MostTicks, Steps[^1]);
    }

    /// <summary>Ticks inside the span, ascending.</summary>
    public IEnumerable<(double Percent, string Label)> Ticks
    {
        get
        {
            var first = (long)Math.Ceiling(_from / _step);
            var last = (long)Math.Floor((_from + _length) / _step);
            for (var i = first; i <= last && i - first <= 10; i++)
                yield return (Percent(new Instant(i * _step)), Label(new Instant(i * _step)));
        }
    }

    /// <summary>A time in words: without the date when all of the axis lies in one day.</summary>
    public string Clock(Instant time) => TextExplanation.Time(time)[(_isOneDay ? 11 : 0)..];

    /// <summary>A begin and an end in words.</summary>
    public string Clock(Instant from, Instant to) => to == from ? Clock(from) : $"{Clock(from)} to {Clock(to)}, {SinkWords.Length(to - from)}";

    /// <summary>The place of a time, 0 to 100.</summary>
    public double Percent(Instant time) => Math.Clamp((time.Micros - _from) / _length * 100, 0, 100);

    /// <summary>As SVG takes it: <c>12.345%</c>.</summary>
    public string X(Instant time) => Css(Percent(time));

    /// <summary>The width of a span, as SVG takes it.</summary>
    public string Width(Instant from, Instant to) => Css(Math.Max(0, Percent(to) - Percent(from)));

    /// <summary>A percentage, as SVG takes it.</summary>
    public static string Css(double percent) => percent.ToString("0.###", CultureInfo.InvariantCulture) + "%";

    private string Label(Instant time)
    {
        var format = _step switch
        {
            >= 28 * 86_400 * Instant.PerSecond => "d MMM yyyy",
            >= 86_400 * Instant.PerSecond => "d MMM",
            >= 60 * Instant.PerSecond => "HH:mm",
            >= Instant.PerSecond => "HH:mm:ss",
            >= 100_000 => "HH:mm:ss.f",
            >= 1_000 => "HH:mm:ss.fff",
            _ => "HH:mm:ss.ffffff",
        };
        return time.ToDateTimeOffset().ToString(format, CultureInfo.InvariantCulture);
    }

    private static long[] BuildSteps()
    {
        var steps = new List<long>();
        for (long unit = 1; unit < Instant.PerSecond; unit *= 10) steps.AddRange([unit, unit * 2, unit * 5]);
        long[] seconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400];
        steps.AddRange(seconds.Select(second => second * Instant.PerSecond));
        long[] days = [2, 3, 4, 7, 14, 28, 56, 91, 182, 365, 730, 1_826, 3_652, 18_262, 36_525, 182_625, 730_500];
        steps.AddRange(days.Select(day => day * 86_400 * Instant.PerSecond));
        return [.. steps];
    }
}

namespace Nightjar.Events;

/// <summary>A point in event time: whole microseconds since 1970-01-01T00:00:00Z. Range: years 0001 to 9999.</summary>
/// <remarks>Microseconds, because sources give up to six digits and order at a coarser grain invents sequences.</remarks>
public readonly record struct Instant(long Micros) : IComparable<Instant>
{
    /// <summary>Microseconds in a second.</summary>
    public const long PerSecond = 1_000_000;

    private const long TicksPerMicro = TimeSpan.TicksPerMicrosecond;

    // A thousand years to either side; nothing there needs to be held inside the range.
    private const long SafeMillis = 31_556_952_000_000;

    // Beyond every instant, and still far from where microseconds run over.
    private const long MostMillis = 1_000_000_000_000_000;

    /// <summary>The earliest instant there is; earlier than every event.</summary>
    public static Instant Min { get; } = new(DateTimeOffset.MinValue.Ticks / TicksPerMicro - DateTimeOffset.UnixEpoch.Ticks / TicksPerMicro);

    /// <summary>The latest instant there is; later than every event.</summary>
    public static Instant Max { get; } = new(DateTimeOffset.MaxValue.Ticks / TicksPerMicro - DateTimeOffset.UnixEpoch.Ticks / TicksPerMicro);

    /// <summary>Milliseconds since 1970, as OCSF writes time; the rest is cut off.</summary>
    public long Millis => Math.DivRem(Micros, 1000).Quotient - (Micros < 0 && Micros % 1000 != 0 ? 1 : 0);

    /// <summary>From milliseconds since 1970, held inside [<see cref="Min"/>, <see cref="Max"/>].</summary>
    public static Instant FromMillis(long millis) => millis is > -SafeMillis and < SafeMillis ? new Instant(millis * 1000) : Clamp(Math.Clamp(millis, -MostMillis, MostMillis) * 1000);

    /// <summary>From microseconds since 1970, held inside [<see cref="Min"/>, <see cref="Max"/>].</summary>
    public static Instant FromMicros(long micros) => Clamp(micros);

    /// <summary>From nanoseconds since 1970; digits below a microsecond are cut off.</summary>
    public static Instant FromNanos(long nanos) => Clamp(nanos / 1000);

    /// <summary>From seconds since 1970, fraction included.</summary>
    public static Instant FromSeconds(double seconds) =>
        double.IsFinite(seconds) && Math.Abs(seconds) < 1e12 ? Clamp((long)Math.Round(seconds * PerSecond)) : seconds > 0 ? Max : Min;

    /// <summary>From a .NET time.</summary>
    public static Instant From(DateTimeOffset time) => new((time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TicksPerMicro);

    /// <summary>As a .NET time in UTC.</summary>
    public DateTimeOffset ToDateTimeOffset() =>
        new((Math.Clamp(Micros, Min.Micros, Max.Micros) + DateTimeOffset.UnixEpoch.Ticks / TicksPerMicro) * TicksPerMicro, TimeSpan.Zero);

    /// <summary>Adds a span, staying inside [<see cref="Min"/>, <see cref="Max"/>].</summary>
    public static Instant operator +(Instant time, TimeSpan span) => Sum(time.Micros, span.Ticks / TicksPerMicro);

    /// <summary>Subtracts a span, staying inside [<see cref="Min"/>, <see cref="Max"/>].</summary>
    public static Instant operator -(Instant time, TimeSpan span) => Sum(time.Micros, -(span.Ticks / TicksPerMicro));

    /// <summary>The span from <paramref name="b"/> to <paramref name="a"/>; negative when <paramref name="a"/> is earlier.</summary>
    public static TimeSpan operator -(Instant a, Instant b) => new((a.Micros - b.Micros) * TicksPerMicro);

    public static bool operator <(Instant a, Instant b) => a.Micros < b.Micros;

    public static bool operator >(Instant a, Instant b) => a.Micros > b.Micros;

    public static bool operator <=(Instant a, Instant b) => a.Micros <= b.Micros;

    public static bool operator >=(Instant a, Instant b) => a.Micros >= b.Micros;

    public int CompareTo(Instant other) => Micros.CompareTo(other.Micros);

    /// <summary>RFC 3339 in UTC: milliseconds, or microseconds where they are not zero.</summary>
    public override string ToString()
    {
        var format = Micros % 1000 == 0 ? "yyyy-MM-dd'T'HH:mm:ss.fff'Z'" : "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
        return ToDateTimeOffset().ToString(format, System.Globalization.CultureInfo.InvariantCulture);
    }

    // A sum that runs over has the sign that neither part has.
    private static Instant Sum(long a, long b)
    {
        var sum = unchecked(a + b);
        return ((a ^ sum) & (b ^ sum)) >= 0 ? Clamp(sum) : a < 0 ? Min : Max;
    }

    private static Instant Clamp(long micros) => micros < Min.Micros ? Min : micros > Max.Micros ? Max : new(micros);
}

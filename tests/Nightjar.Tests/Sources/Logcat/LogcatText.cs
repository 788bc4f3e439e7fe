using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sources.Logcat;
using Xunit;

namespace Nightjar.Tests.Sources.Logcat;

/// <summary>Reads invented lines.</summary>
internal static class LogcatText
{
    public static Reading Read(string text, ReadingOptions? options = null) => Reading.Of(new LogcatReader(), text, options);

    public static EvidenceEvent ReadOne(string text, ReadingOptions? options = null)
    {
        var reading = Read(text, options);
        Assert.Empty(reading.Anomalies);
        return Assert.Single(reading.Events);
    }

    /// <summary>The first event of a class, from a line with a system emitter before it.</summary>
    public static EvidenceEvent Fact(string message, string tag, EventClass kind, int uid = 1000) =>
        Assert.Single(Read($"03-01 10:00:00.000 {uid,5}  1234  1240 I {tag,-8}: {message}\n").Events, item => item.Class == kind);

    public static Instant At(int year, int month, int day, int hour, int minute, int second, double millis) =>
        Instant.From(new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero)) + TimeSpan.FromMilliseconds(millis);
}

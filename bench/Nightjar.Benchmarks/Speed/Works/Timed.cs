using System.Diagnostics;

namespace Nightjar.Benchmarks.Speed.Works;

/// <summary>Takes the time of a piece of work.</summary>
internal static class Timed
{
    /// <summary>Processor time of this process, user and system: what other programs do meanwhile does not count.</summary>
    public static (double Seconds, T Result) Processor<T>(Func<T> work)
    {
        GC.Collect();
        var before = Environment.CpuUsage.TotalTime;
        var result = work();
        return ((Environment.CpuUsage.TotalTime - before).TotalSeconds, result);
    }

    /// <summary>The time that passed.</summary>
    public static (double Seconds, T Result) Wall<T>(Func<T> work)
    {
        GC.Collect();
        var watch = Stopwatch.StartNew();
        var result = work();
        return (watch.Elapsed.TotalSeconds, result);
    }
}

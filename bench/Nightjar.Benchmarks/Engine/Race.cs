using System.Diagnostics;
using System.Globalization;

namespace Nightjar.Benchmarks.Engine;

/// <summary>Somebody who answers a question over events in memory.</summary>
/// <param name="Name">Who.</param>
/// <param name="Events">How many events it looks at.</param>
/// <param name="Run">Answers once; measured by the processor time that it takes.</param>
/// <param name="Expected">What the answer must be; null: it sets none, because it is another question than the others'.</param>
internal sealed record Contestant(string Name, long Events, Func<Answer> Run, Answer? Expected);

/// <summary>Runs contestants in turn, so that what the machine does meanwhile falls on all alike, and takes the median of the processor time of each.</summary>
internal sealed class Race(int runs, TextWriter output)
{
    private const int WarmUps = 2;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);

    /// <summary>Nanoseconds of processor time an event, by contestant; empty when an answer is wrong: then no time is told.</summary>
    public IReadOnlyList<double> Run(string title, params Contestant[] contestants)
    {
        output.WriteLine(title);
        // The first run is checked; a few more until the code is compiled as it stays.
        foreach (var contestant in contestants)
        {
            var answer = contestant.Run();
            if (contestant.Expected is null || contestant.Expected.Agrees(answer))
            {
                var watch = Stopwatch.StartNew();
                for (var warm = 0; warm < WarmUps || watch.Elapsed < WarmUp; warm++) contestant.Run();
                continue;
            }
            output.WriteLine($"  {contestant.Name} is wrong: {answer}, expected {contestant.Expected}");
            return [];
        }
        var times = contestants.Select(_ => new List<double>()).ToArray();
        for (var run = 0; run < runs; run++)
        {
            for (var i = 0; i < contestants.Length; i++) times[i].Add(Time(contestants[i]));
        }
        var medians = times.Select(list => list.Order().ElementAt(list.Count / 2)).ToArray();
        for (var i = 0; i < contestants.Length; i++) Tell(contestants[i], medians[i], times[i].Min());
        return medians;
    }

    private static double Time(Contestant contestant)
    {
        GC.Collect();
        var before = Environment.CpuUsage.TotalTime;
        contestant.Run();
        return (Environment.CpuUsage.TotalTime - before).TotalNanoseconds / contestant.Events;
    }

    private void Tell(Contestant contestant, double median, double best) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"  {contestant.Name,-44} {median,9:f1} ns an event, best {best:f1}   {1000 / median,7:f2} M events/s"));
}

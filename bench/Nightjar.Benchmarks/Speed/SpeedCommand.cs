using System.Globalization;
using System.Runtime.InteropServices;
using Nightjar.Benchmarks.Whole;

namespace Nightjar.Benchmarks.Speed;

/// <summary>Measures the targets of docs/performance.md: checks the answers, then prints medians and the ratios made of them.</summary>
internal static class SpeedCommand
{
    // They prepare the machine and the compiler, which compiles a scan anew for the first dozen; they are not counted.
    private const int FirstRuns = 15;

    /// <summary>Exit code 1 when an answer is wrong, 3 when the options are not understood.</summary>
    public static int Measure(string[] args, TextWriter output, TextWriter errors)
    {
        var only = args is ["--only", _, ..] ? args[1].Split(',').ToHashSet(StringComparer.Ordinal) : null;
        var defaults = new WholeOptions(new TelemetrySpec { Bytes = 256L << 20 }, 5, Path.Combine(Repository.Root, "artifacts/bench"));
        if (WholeOptions.Parse(only is null ? args : args[2..], defaults, errors) is not { } options) return 3;
        var input = new SpeedInput(options.Spec, options.Folder, Repository.Root);
        SpeedTarget[] targets = [.. SpeedCatalogue.Targets.Where(target => only is null || only.Contains(target.Number.ToString(CultureInfo.InvariantCulture)))];
        var named = targets.SelectMany(target => target.Works).Concat(only ?? []).ToHashSet(StringComparer.Ordinal);
        output.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors, {options.Runs} runs in turn");
        var works = Able(named, input, output);
        var samples = works.ToDictionary(work => work.Name, _ => new List<SpeedSample>(), StringComparer.Ordinal);
        for (var run = -FirstRuns; run < options.Runs; run++)
        {
            foreach (var work in works)
            {
                var sample = work.Run(input);
                if (run >= 0) samples[work.Name].Add(sample);
            }
        }
        var medians = samples.ToDictionary(pair => pair.Key, pair => Median(pair.Value), StringComparer.Ordinal);
        foreach (var work in works) Print(work.Name, samples[work.Name], medians[work.Name], output);
        Print(targets, new SpeedMedians(medians), output);
        return AreRight(targets, samples, errors) ? 0 : 1;
    }

    private static List<ISpeedWork> Able(HashSet<string> named, SpeedInput input, TextWriter output)
    {
        var able = new List<ISpeedWork>();
        foreach (var work in SpeedCatalogue.Works.Where(work => named.Contains(work.Name)))
        {
            if (work.Obstacle(input) is { } obstacle) output.WriteLine($"{work.Name,-26} left out: {obstacle}");
            else able.Add(work);
        }
        return able;
    }

    private static SpeedSample Median(List<SpeedSample> samples) => samples.OrderBy(sample => sample.Seconds).ElementAt(samples.Count / 2);

    private static void Print(string name, List<SpeedSample> samples, SpeedSample median, TextWriter output)
    {
        var best = samples.Min(sample => sample.Seconds);
        var rate = median.Bytes > 0 ? $"{median.Bytes / median.Seconds / 1e6,8:f0} MB/s" : new string(' ', 13);
        var events = median.Events > 0 ? $"{median.Events / median.Seconds / 1e6,7:f2} M/s" : new string(' ', 11);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-26} median {median.Seconds,8:f3} s  best {best,8:f3} s {rate} {events}  {median.Answer}"));
    }

    private static void Print(SpeedTarget[] targets, SpeedMedians medians, TextWriter output)
    {
        output.WriteLine();
        foreach (var target in targets.Where(target => target.Works.All(medians.Has)))
        {
            var value = target.Value(medians);
            var verdict = target.Meets(value) ? "met" : "missed";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target.Number,2}  {target.What,-62} {value,8:f2} {target.Unit,-5} {verdict,-7} goal {target.Goal}"));
        }
    }

    private static bool AreRight(SpeedTarget[] targets, Dictionary<string, List<SpeedSample>> samples, TextWriter errors)
    {
        var wrong = samples.Where(pair => pair.Value.Select(sample => sample.Answer).Distinct().Count() > 1).Select(pair => $"{pair.Key} differs from run to run")
            .Concat(targets.Where(target => target.SameAnswer && Answers(target, samples) > 1).Select(target => $"the works of target {target.Number} differ"))
            .Concat(samples.Where(pair => pair.Value.Any(sample => sample.Answer.StartsWith(SpeedCatalogue.Wrong, StringComparison.Ordinal))).Select(pair => $"{pair.Key}: {pair.Value[0].Answer}"))
            .ToList();
        foreach (var line in wrong) errors.WriteLine($"Wrong answer: {line}.");
        return wrong.Count == 0;
    }

    private static int Answers(SpeedTarget target, Dictionary<string, List<SpeedSample>> samples) =>
        target.Works.Where(samples.ContainsKey).Select(work => samples[work][0].Answer).Distinct().Count();
}

using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Nightjar.Baselines;

namespace Nightjar.Benchmarks.Whole;

/// <summary>How long a large baseline takes to load, and how much memory it holds.</summary>
internal static class BaselineLoad
{
    private const string Usage = """
        baseline
          --pairs N         pairs of app and domain: 1000000
          --apps N          apps they are of: 5000
          --devices N       devices that showed each: 1
          --runs N          3
        """;

    private const int FirstDay = 20_000;

    /// <summary>Loads the file; in a first call writes it and asks to be called again, so that the memory of writing does not count. Exit code 3 when the options are not understood.</summary>
    public static int Measure(string[] args, string folder, TextWriter output, TextWriter errors)
    {
        var (pairs, apps, devices, runs) = (1_000_000, 5000, 1, 3);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1) return Refuse(errors);
            if (args[i] == "--pairs") pairs = number;
            else if (args[i] == "--apps") apps = number;
            else if (args[i] == "--devices") devices = number;
            else if (args[i] == "--runs") runs = number;
            else return Refuse(errors);
        }
        Directory.CreateDirectory(folder);
        var file = new FileInfo(Path.Combine(folder, $"baseline-{pairs}-{apps}-{devices}.baseline"));
        if (!file.Exists)
        {
            Write(file, pairs, apps, devices);
            output.WriteLine($"{file.FullName} written, {file.Length} bytes. Run the same again to measure.");
            return 0;
        }
        Load(file, runs, output);
        return 0;
    }

    private static int Refuse(TextWriter errors)
    {
        errors.WriteLine(Usage);
        return 3;
    }

    private static void Write(FileInfo file, int pairs, int apps, int devices)
    {
        var builder = new BaselineBuilder();
        for (var pair = 0; pair < pairs; pair++)
        {
            var chance = Chance.Of(1, pair);
            var app = $"com.example.{pair % apps:d5}";
            for (var device = 0; device < devices; device++)
            {
                var number = chance.Next();
                var day = FirstDay + chance.Below(180);
                var counts = new BaselineCounts(1 + chance.Skewed(500), chance.Skewed(200), chance.Skewed(9_000_000), chance.Skewed(900_000));
                builder.Add(app, BaselineKind.App, "", number, day, counts);
                builder.Add(app, BaselineKind.Destination, $"{chance.Next() % 10_000_000:x}.host{pair / apps}.example", number, day, counts);
            }
        }
        using var stream = file.Create();
        BaselineFile.Write(builder.Build(), stream);
    }

    private static void Load(FileInfo file, int runs, TextWriter output)
    {
        output.WriteLine($"{file.Name}: {file.Length} bytes; {RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} processors");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Baseline? baseline = null;
        for (var run = 0; run < runs; run++)
        {
            baseline = null;
            var processor = Process.GetCurrentProcess().TotalProcessorTime;
            var watch = Stopwatch.StartNew();
            using (var stream = file.OpenRead()) baseline = BaselineFile.Read(stream);
            var elapsed = watch.Elapsed.TotalSeconds;
            var used = (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds;
            var held = GC.GetTotalMemory(forceFullCollection: true) - before;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{baseline.AppCount} apps, {baseline.CellCount} cells: {elapsed:f2} s, of it {used:f2} s of processor; holds {held >> 20} MiB; peak of the process {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB"));
        }
        GC.KeepAlive(baseline);
    }
}

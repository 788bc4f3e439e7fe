using System.Globalization;
using System.Runtime.InteropServices;

namespace Nightjar.Benchmarks.Whole;

/// <summary>Measures whole runs over generated telemetry beside the yardsticks, on one machine at one time.</summary>
internal static class WholeCommand
{
    /// <summary>The root of the repository that this was built from.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>Every whole, one line each; those with a checksum must agree.</summary>
    private static readonly IReadOnlyList<IWhole> All =
    [
        new Utf8JsonLoop(),
        new SimdjsonLoop(Repository),
        new IntakeLoop(threads: 1),
        new IntakeLoop(threads: 2),
    ];

    /// <summary>Writes the file only. Exit code 3 when the options are not understood.</summary>
    public static int Generate(string[] args, TextWriter output, TextWriter errors)
    {
        if (WholeOptions.Parse(args, Repository, errors) is not { } options) return 3;
        var file = TelemetryGenerator.Ensure(options.Spec, options.Folder);
        output.WriteLine($"{file.FullName}\n{file.Length} bytes, {options.Spec.Events} events, {new PlantedChains(options.Spec).Count} planted chains");
        return 0;
    }

    /// <summary>Runs every whole in turn, so that what the machine does meanwhile falls on all alike. Exit code 1 when they disagree.</summary>
    public static int Measure(string[] args, TextWriter output, TextWriter errors)
    {
        if (WholeOptions.Parse(args, Repository, errors) is not { } options) return 3;
        var file = TelemetryGenerator.Ensure(options.Spec, options.Folder);
        output.WriteLine($"{file.Name}: {file.Length} bytes, {options.Spec.Events} events, {new PlantedChains(options.Spec).Count} planted chains");
        output.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors");
        var able = All.Where(whole => IsAble(whole, output)).ToList();
        var results = able.ToDictionary(whole => whole, _ => new List<WholeResult>());
        for (var run = 0; run < options.Runs; run++)
        {
            foreach (var whole in able) results[whole].Add(whole.Run(file));
        }
        foreach (var whole in able) Print(whole, results[whole], file.Length, output);
        return Agree(results.Values.SelectMany(runs => runs), options.Spec, errors) ? 0 : 1;
    }

    private static bool IsAble(IWhole whole, TextWriter output)
    {
        var obstacle = whole.Obstacle();
        if (obstacle is not null) output.WriteLine($"{whole.Name,-24} left out: {obstacle}");
        return obstacle is null;
    }

    private static void Print(IWhole whole, List<WholeResult> runs, long bytes, TextWriter output)
    {
        var seconds = runs.Select(run => run.Elapsed.TotalSeconds).Order().ToList();
        var median = seconds[seconds.Count / 2];
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{whole.Name,-24} median {median,8:f3} s  best {seconds[0],8:f3} s  {bytes / median / (1 << 20),8:f0} MiB/s  {runs[0].Events / median / 1e6,6:f2} M events/s"));
    }

    private static bool Agree(IEnumerable<WholeResult> results, TelemetrySpec spec, TextWriter errors)
    {
        var all = results.ToList();
        var agree = all.All(result => result.Events == spec.Events) && all.Select(result => result.Checksum).Where(sum => sum is not null).Distinct().Count() <= 1;
        if (!agree) errors.WriteLine("The wholes do not agree on what the file holds: " + string.Join(", ", all));
        return agree;
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Nightjar.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? Environment.CurrentDirectory;
    }
}

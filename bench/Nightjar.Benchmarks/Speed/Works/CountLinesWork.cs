using System.Diagnostics;

namespace Nightjar.Benchmarks.Speed.Works;

/// <summary>The plainest look at a file of lines: <c>wc -l</c>. Its start counts, because it cannot be taken out.</summary>
internal sealed class CountLinesWork(string name, Func<SpeedInput, FileInfo> of) : ISpeedWork
{
    public string Name => name;

    public string? Obstacle(SpeedInput input) => File.Exists("/usr/bin/wc") ? null : "needs wc";

    public SpeedSample Run(SpeedInput input)
    {
        var file = of(input);
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/wc", ["-l", file.FullName]) { RedirectStandardOutput = true })!;
        var lines = process.StandardOutput.ReadToEnd().Split(' ')[0];
        process.WaitForExit();
        return new SpeedSample(watch.Elapsed.TotalSeconds, file.Length, 0, $"{lines} lines");
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Nightjar.Cli.Content;

namespace Nightjar.Benchmarks.Speed.Works;

/// <summary><c>./nightjar</c> as a user starts it, over a file of one event, with many analytics: copies of those that come with Nightjar. The first
/// runs, which are not counted, build it where its sources changed.</summary>
internal sealed partial class StartWork(string name, int analytics) : ISpeedWork
{
    private const string Event = """{"class_uid":4001,"activity_id":6,"time":1767571200000,"device":{"uid":"d","os":{"type_id":201}},"actor":{"app_uid":"com.example.a"}}""" + "\n";

    public string Name => name;

    public string? Obstacle(SpeedInput input)
    {
        File.WriteAllText(EventFile(input), Event);
        for (var i = 0; i < analytics; i++)
        {
            var source = Catalogue.Shipped[i % Catalogue.Shipped.Count];
            var folder = Directory.CreateDirectory(Path.Combine(ContentFolder(input), i.ToString("d3", CultureInfo.InvariantCulture)));
            File.WriteAllText(Path.Combine(folder.FullName, "analytic.yml"), Renamed(source.Text, i));
        }
        return null;
    }

    public SpeedSample Run(SpeedInput input)
    {
        var start = new ProcessStartInfo(Path.Combine(input.Repository, "nightjar"), ["scan", EventFile(input), "--analytics", ContentFolder(input), "--format", "ocsf"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var answer = process.ExitCode == 0 ? "ran" : $"{SpeedCatalogue.Wrong}: exit code {process.ExitCode}: {errors.GetAwaiter().GetResult()}";
        return new SpeedSample(watch.Elapsed.TotalSeconds, 0, 0, answer);
    }

    private static string EventFile(SpeedInput input) => Path.Combine(Directory.CreateDirectory(input.Folder).FullName, "one-event.ndjson");

    private static string ContentFolder(SpeedInput input) => Directory.CreateDirectory(Path.Combine(input.Folder, "analytics")).FullName;

    private static string Renamed(string text, int number)
    {
        var suffix = number.ToString("d3", CultureInfo.InvariantCulture);
        text = Id().Replace(text, match => string.Concat(match.Value.AsSpan(0, match.Length - 3), suffix), 1);
        return Uid().Replace(text, $"  uid: NJ{suffix}", 1);
    }

    [GeneratedRegex("^id: \\S+", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Id();

    [GeneratedRegex("^  uid: \\S+", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Uid();
}

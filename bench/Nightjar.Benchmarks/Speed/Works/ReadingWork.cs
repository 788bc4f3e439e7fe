using System.Globalization;
using Nightjar.Cli.Scanning;
using Nightjar.Events;

namespace Nightjar.Benchmarks.Speed.Works;

/// <summary>Reading as every command does it, on one thread: typed, in order, clocks compared, records of one contact joined, and nothing looked for.</summary>
internal sealed class ReadingWork(string name, Func<SpeedInput, FileInfo> of) : ISpeedWork
{
    public string Name => name;

    public string? Obstacle(SpeedInput input) => null;

    public SpeedSample Run(SpeedInput input)
    {
        var file = of(input);
        var (seconds, (events, order)) = Timed.Processor(() => Read(file));
        return new SpeedSample(seconds, file.Length, events, string.Create(CultureInfo.InvariantCulture, $"{events} events, {order:x}"));
    }

    private static (long Events, UInt128 Order) Read(FileInfo file)
    {
        var request = new ScanRequest { Paths = [file.FullName], Now = Instant.Max };
        using var reading = new TelemetryReading(request, new SymbolTable(), TimeSpan.FromSeconds(5));
        var (events, order) = (0L, default(UInt128));
        foreach (var step in reading.Read(CancellationToken.None))
        {
            if (step.Batch is not { } batch)
            {
                (events, order) = (0, default);
                continue;
            }
            events += batch.Count;
            for (var i = 0; i < batch.Count; i++) order = order * 31 + batch.HeaderAt(i).Id;
        }
        return (events, order);
    }
}

using Nightjar.Benchmarks.Whole;
using Nightjar.Events;
using Nightjar.Sources.Intake;

namespace Nightjar.Benchmarks.Engine;

/// <summary>All shipped analytics, and one of them, over generated telemetry that was read into memory before.</summary>
internal static class ShippedWhole
{
    public static bool Measure(Race race, string repository, TextWriter output)
    {
        var spec = new TelemetrySpec { Bytes = 256L << 20 };
        var symbols = new SymbolTable();
        var batches = Read(TelemetryGenerator.Ensure(spec, Path.Combine(repository, "artifacts/bench")), symbols);
        var events = batches.Sum(batch => (long)batch.Count);
        var all = ChainAnalytics.Shipped(symbols, repository);
        var one = all.Where(analytic => analytic.Uid == "AN1677").ToArray();
        var planted = new PlantedChains(spec).Count;
        var found = EngineCommand.Run(batches, one, symbols);
        if (found.Findings != planted)
        {
            output.WriteLine($"  {found} of {planted} planted chains");
            return false;
        }
        var foundByAll = EngineCommand.Run(batches, all, symbols);
        var times = race.Run($"{events} generated events in memory, {planted} planted chains",
            new Contestant("no analytic", events, () => EngineCommand.Run(batches, [], symbols), null),
            new Contestant("one analytic", events, () => EngineCommand.Run(batches, one, symbols), found),
            new Contestant($"all {all.Count} analytics", events, () => EngineCommand.Run(batches, all, symbols), foundByAll));
        return EngineCommand.Tell(times, output, "all analytics to one", (1, 2), 0.8);
    }

    private static List<EventBatch> Read(FileInfo file, SymbolTable symbols)
    {
        using var intake = new EventIntake(new IntakeOptions { Paths = [file.FullName], Threads = 1 }, symbols);
        var batches = new List<EventBatch>();
        foreach (var step in intake.Read(CancellationToken.None))
        {
            if (step.Batch is not { } read) continue;
            var copy = new EventBatch(symbols);
            for (var i = 0; i < read.Count; i++) copy.CopyFrom(read[i]);
            batches.Add(copy);
        }
        return batches;
    }
}

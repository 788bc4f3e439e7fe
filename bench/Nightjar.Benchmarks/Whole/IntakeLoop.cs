using System.Diagnostics;
using Nightjar.Events;
using Nightjar.Sources.Intake;

namespace Nightjar.Benchmarks.Whole;

/// <summary>Reading alone: every event typed, interned and in order, and nothing looked for.</summary>
/// <param name="threads">Threads that read.</param>
internal sealed class IntakeLoop(int threads) : IWhole
{
    public string Name => threads == 1 ? "Nightjar intake" : $"Nightjar intake x{threads}";

    public string? Obstacle() => null;

    public WholeResult Run(FileInfo file)
    {
        var watch = Stopwatch.StartNew();
        using var intake = new EventIntake(new IntakeOptions { Paths = [file.FullName], Threads = threads }, new SymbolTable());
        var events = 0L;
        foreach (var step in intake.Read(CancellationToken.None)) events = step.Batch is { } batch ? events + batch.Count : 0;
        return new WholeResult(watch.Elapsed, events, null);
    }
}

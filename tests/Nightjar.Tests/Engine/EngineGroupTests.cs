using System.Text;
using Nightjar.Cli.Content;
using Nightjar.Crews;
using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Ocsf;
using Nightjar.Sources.Intake;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Tests.Engine;

/// <summary>Engines that share the devices, given their batches by a crew, against one engine that is given all by hand.</summary>
public class EngineGroupTests
{
    private readonly SymbolTable _symbols = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Any_crew_and_any_size_of_batch_give_the_findings_of_one_engine_as_the_same_bytes(int threads)
    {
        var events = Events();
        var (expected, counted) = Judge(events, 1, events.Count, group => group.Process);
        Assert.NotEmpty(expected);
        foreach (var size in new[] { 1, 7, 100 })
        {
            var (found, counters) = JudgeTogether(events, threads, size);
            Assert.Equal(expected, found);
            Assert.Equal(counted, counters);
            Assert.Equal(expected, Judge(events, threads, size, group => group.Process).Found);
        }
    }

    private (string Found, EngineCounters Counters) JudgeTogether(EventBatch events, int threads, int size)
    {
        using var crew = new Crew(threads);
        BatchRelay? relay = null;
        try
        {
            return Judge(events, threads, size, group => (relay = new BatchRelay(crew, group.Takers)).Hand, () => relay!.Finish());
        }
        finally
        {
            relay?.Dispose();
        }
    }

    private (string Found, EngineCounters Counters) Judge(EventBatch events, int threads, int size, Func<EngineGroup, Action<EventBatch>> by, Action? finish = null)
    {
        var group = new EngineGroup(new EngineOptions(), threads, Catalogue.Load(null, _symbols).Analytics, _symbols, (_, position) => $"line {position}");
        var hand = by(group);
        for (var first = 0; first < events.Count; first += size)
        {
            var batch = new EventBatch(_symbols);
            batch.TakeOver(events, first, Math.Min(size, events.Count - first));
            hand(batch);
        }
        finish?.Invoke();
        return (Text(group.Complete()), group.Counters);
    }

    private static string Text(IReadOnlyList<Finding> findings)
    {
        using var written = new MemoryStream();
        new OcsfFindingWriter().Write(findings, written);
        return Encoding.UTF8.GetString(written.ToArray());
    }

    // The sample fleet: few enough for one batch.
    private EventBatch Events()
    {
        using var intake = new EventIntake(new IntakeOptions { Paths = [Path.Combine(Repository.Root, "samples", "fleet", "edr")] }, _symbols);
        var all = new EventBatch(_symbols);
        foreach (var step in intake.Read(TestContext.Current.CancellationToken)) all.TakeOver(step.Batch!, 0, step.Batch!.Count);
        return all;
    }
}

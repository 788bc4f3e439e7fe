using Nightjar.Analytics;
using Nightjar.Analytics.Tuning;
using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Tests.Engine;

/// <summary>What an ordinary event costs the engine in memory, with all analytics on: nothing, once its device and app are known.</summary>
public sealed class EngineAllocationTests
{
    private const int Events = 2000;
    private const int Rounds = 20;

    private readonly SymbolTable _symbols = new();

    [Fact]
    public void An_event_that_is_of_no_stage_allocates_nothing()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "analytics"), "analytic.yml", SearchOption.AllDirectories);
        var set = AnalyticLoader.Load(files.Select(file => new AnalyticSource(file, File.ReadAllText(file))), _symbols, ReferenceData.Shipped, DefaultTuning.Instance);
        var engine = new DetectionEngine(new EngineOptions(), set.Analytics, _symbols, (_, _) => "");
        var batch = Batch();
        for (var round = 0; round < Rounds; round++) Run(engine, batch);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Rounds; round++) Run(engine, batch);
        var perEvent = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)(Rounds * Events);
        Assert.True(perEvent < 0.5, $"{perEvent} bytes an event");
        Assert.Equal(2 * Rounds * Events, engine.Counters.Events);
    }

    // The same events again, later and under other ids, so that none is a repeat.
    private static void Run(DetectionEngine engine, EventBatch batch)
    {
        engine.Process(batch);
        for (var i = 0; i < batch.Count; i++)
        {
            ref var header = ref batch.HeaderAt(i);
            header.Time += TimeSpan.FromSeconds(Events);
            header.End = header.Time;
            header.Id += Events;
        }
    }

    private EventBatch Batch()
    {
        var batch = new EventBatch(_symbols);
        for (var i = 0; i < Events; i++)
        {
            var (eventClass, activity) = (i % 4) switch { 0 => (EventClass.NetworkActivity, 6), 1 => (EventClass.DnsActivity, 1), 2 => (EventClass.MobileState, 1), _ => (EventClass.FileActivity, 2) };
            batch.Begin(eventClass, activity, EventLine.Start + TimeSpan.FromSeconds(i), 1, i);
            batch.Current.Id = (UInt128)(uint)i + 1;
            batch.Current.Device = _symbols.Intern($"device-{i % 20}");
            batch.Current.App = _symbols.Intern($"com.example.app{i % 60}");
            batch.Current.LogName = _symbols.Intern("MobileEDR:telemetry"u8);
            batch.Current.Platform = Platform.Android;
            if (eventClass == EventClass.MobileState) batch.Current.State.AppState = AppState.Foreground;
            batch.Set(FieldId.DstHostname, "www.example.org");
            batch.SetInteger(FieldId.BytesIn, 900);
            batch.Set(FieldId.FilePath, "/data/user/0/com.example.app1/cache/page.txt");
            batch.Commit();
        }
        return batch;
    }
}

using BenchmarkDotNet.Attributes;
using Nightjar.Events;

namespace Nightjar.Benchmarks.Events;

/// <summary>Filling and reading a batch: the hot path between a reader and the engine, without either.</summary>
[MemoryDiagnoser]
public class EventBatchBenchmarks
{
    private static readonly Instant Start = Instant.FromMillis(1_767_571_200_000);

    private readonly EventBatch _batch = new(new SymbolTable());

    [GlobalSetup]
    public void Warm() => Fill();

    [Benchmark(OperationsPerInvoke = EventBatch.Capacity)]
    public int Fill()
    {
        _batch.Clear();
        for (var i = 0; i < EventBatch.Capacity; i++) Add(i);
        return _batch.Count;
    }

    [Benchmark(OperationsPerInvoke = EventBatch.Capacity)]
    public long Read()
    {
        long sum = 0;
        for (var i = 0; i < _batch.Count; i++)
        {
            var view = _batch[i];
            if (view.TryGetInteger(FieldId.BytesIn, out var bytes)) sum += bytes;
            sum += view.Symbol(FieldId.DstHostname).Id;
        }
        return sum;
    }

    private void Add(int i)
    {
        _batch.Begin(EventClass.NetworkActivity, 6, Start + TimeSpan.FromMilliseconds(i), 1, i + 1);
        ref var header = ref _batch.Current;
        header.Device = _batch.Intern("phone-0042"u8);
        header.App = _batch.Intern("com.example.reader"u8);
        header.Platform = Platform.Android;
        header.Id = (UInt128)i;
        _batch.Set(FieldId.DstHostname, "Content.Example.org."u8);
        _batch.Set(FieldId.DstIp, "203.0.113.9"u8);
        _batch.SetInteger(FieldId.DstPort, 443);
        _batch.SetInteger(FieldId.BytesIn, 40_000 + i);
        _batch.SetInteger(FieldId.BytesOut, 900);
        _batch.Set(FieldId.UrlText, "https://content.example.org/feed?page=12"u8);
        _batch.Commit();
    }
}

using System.Text;
using BenchmarkDotNet.Attributes;
using Nightjar.Events;

namespace Nightjar.Benchmarks.Events;

/// <summary>Interning: what every reader does for every device, app, host and path of every event.</summary>
[MemoryDiagnoser]
public class SymbolTableBenchmarks
{
    private const int Lookups = 10_000;

    private byte[][] _texts = [];
    private SymbolTable _known = new();

    /// <summary>Distinct texts in the table; telemetry of a fleet for a day holds 10,000 to 100,000.</summary>
    [Params(1_000, 100_000)]
    public int Distinct { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        _texts = [.. Enumerable.Range(0, Distinct).Select(i => Encoding.UTF8.GetBytes($"/data/data/com.example.app{i % 97}/files/cache/{i:x8}.bin"))];
        _known = new SymbolTable();
        foreach (var text in _texts) _known.Intern(text);
    }

    [Benchmark(OperationsPerInvoke = Lookups)]
    public int Known()
    {
        var sum = 0;
        for (var i = 0; i < Lookups; i++) sum += _known.Intern(_texts[i * 7919L % Distinct]).Id;
        return sum;
    }

    [Benchmark]
    public int NewTable()
    {
        var table = new SymbolTable();
        foreach (var text in _texts) table.Intern(text);
        return table.Count;
    }
}

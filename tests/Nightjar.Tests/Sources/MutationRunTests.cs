using System.Diagnostics;
using System.Globalization;
using Nightjar.Events;
using Nightjar.Sources;
using Nightjar.Tests.Sources.Mapping;
using Xunit;

namespace Nightjar.Tests.Sources;

/// <summary>Damaged inputs over all readers: no exception, no hang, no growth. A few thousand in every build, millions by hand.</summary>
/// <remarks>
/// <c>NIGHTJAR_MUTATIONS=5000000</c> sets how many, <c>NIGHTJAR_MUTATIONS_FROM</c> where to begin: input number n is the same on every machine
/// as long as the examples are, and a failure names its number.
/// </remarks>
public sealed class MutationRunTests
{
    private const int InSmall = 20_000;

    // The contract tests use the first seeds of each example.
    private const int FirstSeed = 1_000;

    private const int RenewTablesEvery = 20_000;
    private const long MostGrowth = 96L << 20;

    private static readonly TimeSpan MostForOne = TimeSpan.FromSeconds(30);

    private long _at;

    [Fact]
    public void No_damage_makes_a_reader_throw_hang_or_grow()
    {
        var count = Setting("NIGHTJAR_MUTATIONS", InSmall);
        var from = Setting("NIGHTJAR_MUTATIONS_FROM", 0);
        var inputs = Inputs();
        Assert.Equal(SourceCatalog.All.Select(reader => reader.Format.Id).Order(StringComparer.Ordinal), inputs.Select(input => input.Reader.Format.Id).Distinct().Order(StringComparer.Ordinal));
        _at = from;
        Exception? fault = null;
        var worker = new Thread(() => fault = Run(inputs, from, from + count));
        worker.Start();
        Watch(worker);
        var number = Volatile.Read(ref _at);
        Assert.True(fault is null, $"Input {number} ({inputs[(int)(number % inputs.Count)].Reader.Format.Id}): {fault}");
    }

    private Exception? Run(IReadOnlyList<Input> inputs, long from, long to)
    {
        var symbols = new SymbolTable();
        long early = 0;
        for (var number = from; number < to; number++)
        {
            Volatile.Write(ref _at, number);
            if ((number - from) % RenewTablesEvery == 0) symbols = new SymbolTable();
            if (number == from + (to - from) / 4) early = GC.GetTotalMemory(forceFullCollection: true);
            if (number > from && number % 500_000 == 0) Console.Error.WriteLine($"{number} damaged inputs were survived.");
            try
            {
                Read(inputs[(int)(number % inputs.Count)], (int)(number / inputs.Count) + FirstSeed, symbols);
            }
            catch (Exception error)
            {
                return error;
            }
        }
        var grown = GC.GetTotalMemory(forceFullCollection: true) - early;
        return grown > MostGrowth ? new InvalidOperationException($"Memory grew by {grown} bytes.") : null;
    }

    // A hang is a number that does not move.
    private void Watch(Thread worker)
    {
        var last = (Number: -1L, Since: Stopwatch.GetTimestamp());
        while (!worker.Join(TimeSpan.FromSeconds(1)))
        {
            var number = Volatile.Read(ref _at);
            if (number != last.Number) last = (number, Stopwatch.GetTimestamp());
            else if (Stopwatch.GetElapsedTime(last.Since) > MostForOne) Assert.Fail($"Input {number} takes longer than {MostForOne.TotalSeconds} s.");
        }
    }

    private static void Read(Input input, int seed, SymbolTable symbols)
    {
        var bytes = Mutation.Of(input.Example.Bytes, seed);
        input.Reader.Recognise(new SourceHead(bytes.AsMemory(0, Math.Min(bytes.Length, SourceHead.Size)), bytes.Length <= SourceHead.Size, "unknown"));
        using var stream = new MemoryStream(bytes);
        var source = new SourceInput { Stream = stream, File = new SourceFile(1, input.Example.Name, input.Reader.Format.Id, input.Reader.Format.PositionKind), Settings = input.Settings };
        using var session = input.Reader.Open(source);
        var batch = new EventBatch(symbols);
        while (session.Read(batch, CancellationToken.None)) batch.Clear();
    }

    private static List<Input> Inputs()
    {
        var contracts = typeof(SourceContract).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(SourceContract)) && !type.IsAbstract && type.GetConstructor(Type.EmptyTypes) is not null);
        var subjects = contracts.OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => ((SourceContract)Activator.CreateInstance(type)!).Subject)
            .Where(subject => SourceCatalog.BuiltIn.Any(reader => reader.Format.Id == subject.Reader.Format.Id));
        var mapped = ShippedMappings.Names.SelectMany(ShippedMappings.Examples, (name, example) => new Input(ShippedMappings.Reader(name), example, new SourceSettings()));
        return [.. subjects.SelectMany(subject => subject.Examples, (subject, example) => new Input(subject.Reader, example, subject.Settings)), .. mapped];
    }

    private static long Setting(string name, long otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? long.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private sealed record Input(ISourceReader Reader, SourceExample Example, SourceSettings Settings);
}

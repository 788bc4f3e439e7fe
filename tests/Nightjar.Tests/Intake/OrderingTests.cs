using Nightjar.Events;
using Nightjar.Sources.Intake;
using Xunit;

namespace Nightjar.Tests.Intake;

public sealed class OrderingTests : IDisposable
{
    private readonly IntakeBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Events_come_in_the_order_of_time_sequence_and_id()
    {
        _bench.Write("a.log", new InventedEvent(3_000_000, "c"), new InventedEvent(1_000_000, "a", Sequence: 2), new InventedEvent(1_000_000, "b", Sequence: 1));

        Assert.Equal(["1000000|1|b|phone-1|hello", "1000000|2|a|phone-1|hello", "3000000|0|c|phone-1|hello"], _bench.Run().Events);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Shuffled_lines_in_any_split_give_the_same_events_on_any_number_of_threads(int threads)
    {
        var events = Mixed(4000);
        var expected = Sorted(events);
        var shuffled = Shuffle(events, seed: 7);
        for (var i = 0; i < 10; i++) _bench.Write($"part-{i}.log", shuffled.Where((_, index) => index % 10 == i));

        Assert.Equal(expected, _bench.Run(_bench.Options() with { Threads = threads }).Events);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    public void Files_that_are_streamed_give_the_same_events_as_files_that_are_loaded(int threads, bool shuffled)
    {
        var events = Mixed(20_000);
        for (var i = 0; i < 3; i++)
        {
            var part = events.Where((_, index) => index % 3 == i).ToList();
            _bench.Write($"part-{i}.log", shuffled ? Shuffle(part, seed: i) : part.OrderBy(item => item.Micros));
        }

        var run = _bench.Run(Streaming() with { Threads = threads });

        Assert.Equal(Sorted(events), run.Events);
    }

    [Fact]
    public void Disorder_within_the_lateness_is_streamed_without_a_sort()
    {
        var events = InventedEvent.Series(20_000).ToList();
        _bench.Write("a.log", Shuffle(events, seed: 3, within: 100));

        var run = _bench.Run(Streaming());

        Assert.Equal(Sorted(events), run.Events);
        Assert.Equal((0, 0), (run.Restarts, run.SpilledRuns));
        Assert.Equal(20_000, run["in/a.log"].Events);
    }

    [Fact]
    public void Disorder_of_exactly_the_lateness_is_streamed_and_a_microsecond_more_is_not()
    {
        const long lateness = 120_000_000;
        const long late = 1_700_000_000_000_000;
        var tail = InventedEvent.Series(6000, prefix: "t", from: 1_700_001_000).ToList();
        _bench.Write("a.log", [.. InventedEvent.Series(6000, prefix: "s", from: 1_699_990_000), new(late, "now"), new(late - lateness, "late"), .. tail]);
        Assert.Equal(0, _bench.Run(Streaming()).Restarts);

        _bench.Write("a.log", [.. InventedEvent.Series(6000, prefix: "s", from: 1_699_990_000), new(late, "now"), new(late - lateness - 1, "late"), .. tail]);
        var run = _bench.Run(Streaming());
        Assert.Equal(1, run.Restarts);
        Assert.Equal(12_002, run.Events.Count);
        Assert.Equal(run.Events.OrderBy(line => line, StringComparer.Ordinal), run.Events);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Disorder_found_after_events_were_handed_on_restarts_the_stream_once(int threads)
    {
        var ordered = InventedEvent.Series(10_000).ToList();
        var late = new InventedEvent(1_700_000_000_000_000 - 1, "late");
        _bench.Write("a.log", [.. ordered, late]);
        _bench.Write("b.log", InventedEvent.Series(10_000, prefix: "f"));
        _bench.Write("small.log", new InventedEvent(1_700_000_000_000_001, "small"));

        var run = _bench.Run(Streaming() with { Threads = threads, LargeFile = 1000 });

        Assert.Equal(1, run.Restarts);
        Assert.Equal(20_002, run.Events.Count);
        Assert.Equal(late.Line, run.Events[0]);
        Assert.Equal(10_001, run["in/a.log"].Events);
        Assert.Equal(10_000, run["in/b.log"].Events);
    }

    [Fact]
    public void Disorder_found_before_any_event_was_handed_on_needs_no_restart()
    {
        var events = InventedEvent.Series(20_000).ToList();
        _bench.Write("a.log", Shuffle(events, seed: 5));

        var run = _bench.Run(Streaming());

        Assert.Equal(0, run.Restarts);
        Assert.Equal(Sorted(events), run.Events);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Sorting_with_temporary_files_gives_the_order_of_sorting_in_memory(int threads)
    {
        var events = Shuffle(Mixed(24_000), seed: 11).Select(item => item with { Message = item.Message + new string('x', 40) }).ToList();
        for (var i = 0; i < 4; i++) _bench.Write($"part-{i}.log", events.Where((_, index) => index % 4 == i));
        var inMemory = _bench.Run();
        Assert.Equal(0, inMemory.SpilledRuns);

        var spilled = _bench.Run(_bench.Options() with { MemoryBudget = 1 << 20, Threads = threads });

        Assert.True(spilled.SpilledRuns >= 4, $"Only {spilled.SpilledRuns} temporary files were needed; the test is too small.");
        Assert.Equal(inMemory.Events, spilled.Events);
        Assert.Equal(inMemory.Origins, spilled.Origins);
    }

    [Fact]
    public void A_stream_that_holds_back_more_than_the_budget_is_sorted_instead()
    {
        var events = InventedEvent.Series(20_000, seconds: 0.001).Select(item => item with { Message = new string('m', 100) }).ToList();
        _bench.Write("a.log", events);

        var run = _bench.Run(Streaming() with { MemoryBudget = 1 << 20 });

        Assert.True(run.SpilledRuns > 0);
        Assert.Equal(Sorted(events), run.Events);
    }

    [Fact]
    public void More_large_files_than_can_be_streamed_at_once_are_read_all_the_same()
    {
        var events = Mixed(9000);
        for (var i = 0; i < 9; i++) _bench.Write($"part-{i}.log", events.Where((_, index) => index % 9 == i).OrderBy(item => item.Micros));

        Assert.Equal(Sorted(events), _bench.Run(Streaming() with { MemoryBudget = 8 << 20 }).Events);
    }

    [Fact]
    public void Repeats_of_an_event_are_all_handed_on_and_the_first_does_not_depend_on_the_files()
    {
        var twice = new InventedEvent(5_000_000, "twice", "same text");
        _bench.Write("b.log", twice, new InventedEvent(6_000_000, "z"), twice);
        _bench.Write("a.log", new InventedEvent(1_000_000, "y"), twice);

        var run = _bench.Run();

        Assert.Equal(3, run.Events.Count(line => line == twice.Line));
        Assert.Equal(["a.log:2", "a.log:3", "b.log:2", "b.log:4", "b.log:3"], run.Origins);
    }

    [Theory]
    [InlineData("a.log", "b.log")]
    [InlineData("b.log", "a.log")]
    public void Events_with_one_id_and_different_content_are_ordered_by_content_not_by_file(string first, string second)
    {
        _bench.Write(first, new InventedEvent(5_000_000, "same", "alpha"), new InventedEvent(5_000_000, "same", "gamma", "phone-2"));
        _bench.Write(second, new InventedEvent(5_000_000, "same", "beta"), new InventedEvent(5_000_000, "same", "alpha", "phone-0"));

        var messages = _bench.Run().Events.Select(line => line.Split('|')[3] + " " + line.Split('|')[4]);

        Assert.Equal(["phone-0 alpha", "phone-1 alpha", "phone-1 beta", "phone-2 gamma"], messages);
    }

    [Fact]
    public void Nothing_to_read_gives_nothing()
    {
        var run = _bench.Run();

        Assert.Empty(run.Events);
        Assert.Equal("The folder holds no files.", run["in"].Reason);
    }

    [Fact]
    public void It_is_read_once_only()
    {
        using var intake = new EventIntake(_bench.Options(), new SymbolTable());
        _ = intake.Read(TestContext.Current.CancellationToken);
        Assert.Throws<InvalidOperationException>(() => intake.Read(TestContext.Current.CancellationToken));
    }

    private IntakeOptions Streaming() => _bench.Options() with { LargeFile = 1 };

    // Several devices, times that repeat, sequences, and a tenth of all events twice.
    private static List<InventedEvent> Mixed(int count)
    {
        var random = new Random(count);
        var events = new List<InventedEvent>();
        for (var i = 0; i < count; i++)
        {
            var micros = 1_700_000_000_000_000 + random.Next(count * 4) * 250_000L;
            events.Add(new InventedEvent(micros, $"e{i}", $"message {i % 50}", $"phone-{i % 7}", random.Next(3)));
            if (i % 10 == 0) events.Add(events[^1]);
        }
        return events;
    }

    private static List<string> Sorted(IEnumerable<InventedEvent> events) =>
        [.. events.OrderBy(item => item.Micros).ThenBy(item => item.Sequence).ThenBy(item => EventIds.FromUid(System.Text.Encoding.UTF8.GetBytes(item.Uid))).Select(item => item.Line)];

    private static List<InventedEvent> Shuffle(IReadOnlyList<InventedEvent> events, int seed, int within = int.MaxValue)
    {
        var random = new Random(seed);
        return within == int.MaxValue
            ? [.. events.OrderBy(_ => random.Next())]
            : [.. events.Select((item, index) => (item, key: index + random.Next(within))).OrderBy(pair => pair.key).Select(pair => pair.item)];
    }
}

using Nightjar.Crews;
using Nightjar.Events;
using Xunit;

namespace Nightjar.Tests.Crews;

public class BatchRelayTests
{
    private const int Batches = 500;

    private readonly SymbolTable _symbols = new();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 3)]
    [InlineData(3, 1)]
    [InlineData(8, 9)]
    [InlineData(64, 400)]
    [InlineData(2, 0)]
    public void Each_takes_every_batch_in_order_and_one_at_a_time_though_batches_are_used_again(int threads, int takers)
    {
        using var crew = new Crew(threads);
        var logs = Enumerable.Range(0, takers).Select(_ => new Log()).ToList();
        using (var relay = new BatchRelay(crew, [.. logs.Select(log => (Action<EventBatch>)log.Take)]))
        {
            HandAll(crew, relay);
            relay.Finish();
        }
        foreach (var log in logs) Assert.Equal(Enumerable.Range(0, Batches).Select(i => (long)i), log.Seen);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void A_slow_one_holds_up_who_hands_on_after_a_few_batches_and_nobody_else(int threads)
    {
        using var crew = new Crew(threads);
        using var goOn = new ManualResetEventSlim();
        var (handed, most, quick) = (0, 0, new Log());
        void Slow(EventBatch batch)
        {
            // Until the quick one has taken all that may be under way.
            if (batch.HeaderAt(0).Position == 0) goOn.Wait();
            most = Math.Max(most, Volatile.Read(ref handed) - (int)batch.HeaderAt(0).Position);
        }

        void Quick(EventBatch batch)
        {
            quick.Take(batch);
            if (quick.Seen.Count == BatchRelay.MostUnderWay(crew) + 1) goOn.Set();
        }

        using var relay = new BatchRelay(crew, [Slow, Quick]);
        HandAll(crew, relay, () => Interlocked.Increment(ref handed));
        relay.Finish();

        Assert.Equal(Batches, quick.Seen.Count);
        Assert.InRange(most, 1, BatchRelay.MostUnderWay(crew) + 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void What_one_throws_is_thrown_to_who_hands_on_and_nothing_goes_on_after(int threads)
    {
        using var crew = new Crew(threads);
        var error = new InvalidOperationException("a shard");
        var other = new Log();
        var relay = new BatchRelay(crew, [other.Take, batch => Throw(batch, error)]);

        var thrown = Assert.Throws<InvalidOperationException>(() =>
        {
            HandAll(crew, relay);
            relay.Finish();
        });
        relay.Dispose();
        var seen = other.Seen.Count;

        Assert.Same(error, thrown);
        Assert.InRange(seen, 1, 101 + BatchRelay.MostUnderWay(crew));
        Assert.False(other.IsAtABatch);
    }

    [Fact]
    public void What_is_thrown_at_the_last_batch_is_thrown_at_the_end()
    {
        using var crew = new Crew(2);
        using var relay = new BatchRelay(crew, [_ => throw new InvalidOperationException("the last")]);
        // Whoever takes it: it is told at once or at the end, and not forgotten.
        Assert.Throws<InvalidOperationException>(() =>
        {
            relay.Hand(Batch(0));
            relay.Finish();
        });
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Given_up_in_the_middle_nobody_is_at_a_batch_any_more_and_the_crew_can_go_on(int threads)
    {
        using var crew = new Crew(threads);
        for (var round = 0; round < 50; round++)
        {
            var logs = new[] { new Log(), new Log(), new Log() };
            using (var relay = new BatchRelay(crew, [.. logs.Select(log => (Action<EventBatch>)log.Take)]))
            {
                for (var i = 0; i <= round % 9; i++) relay.Hand(Batch(i));
            }
            Assert.DoesNotContain(logs, log => log.IsAtABatch);
            Assert.All(logs, log => Assert.Equal(Enumerable.Range(0, log.Seen.Count).Select(i => (long)i), log.Seen));
        }
    }

    [Fact]
    public void With_a_crew_of_one_all_are_done_with_a_batch_when_it_has_been_handed_on()
    {
        using var crew = new Crew(1);
        var caller = Environment.CurrentManagedThreadId;
        var order = new List<string>();
        using var relay = new BatchRelay(crew, [_ => order.Add($"a {Environment.CurrentManagedThreadId == caller}"), _ => order.Add($"b {Environment.CurrentManagedThreadId == caller}")]);
        relay.Hand(Batch(0));
        Assert.Equal(["a True", "b True"], order);
        Assert.Equal(0, BatchRelay.MostUnderWay(crew));
    }

    private static void Throw(EventBatch batch, Exception error)
    {
        if (batch.HeaderAt(0).Position == 100) throw error;
    }

    // As an intake does it: of so many batches as may be under way and one more, the one that was handed on longest ago is filled anew.
    private void HandAll(Crew crew, BatchRelay relay, Action? before = null)
    {
        var ring = Enumerable.Range(0, BatchRelay.MostUnderWay(crew) + 1).Select(_ => new EventBatch(_symbols)).ToArray();
        for (var i = 0; i < Batches; i++)
        {
            var batch = ring[i % ring.Length];
            Fill(batch, i);
            before?.Invoke();
            relay.Hand(batch);
        }
    }

    private EventBatch Batch(int number)
    {
        var batch = new EventBatch(_symbols);
        Fill(batch, number);
        return batch;
    }

    private static void Fill(EventBatch batch, int number)
    {
        batch.Clear();
        batch.Begin(EventClass.LogLine, 1, new Instant(number), 1, number);
        batch.Commit();
    }

    /// <summary>Remembers what it was given, and notices when two give to it at once.</summary>
    private sealed class Log
    {
        private int _within;

        public List<long> Seen { get; } = [];

        public bool IsAtABatch => Volatile.Read(ref _within) != 0;

        public void Take(EventBatch batch)
        {
            Assert.Equal(1, Interlocked.Increment(ref _within));
            Seen.Add(batch.HeaderAt(0).Position);
            Thread.Yield();
            Assert.Equal(Seen[^1], batch.HeaderAt(0).Position);
            Interlocked.Decrement(ref _within);
        }
    }
}

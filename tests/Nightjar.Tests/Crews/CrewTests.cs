using Nightjar.Crews;
using Xunit;

namespace Nightjar.Tests.Crews;

public class CrewTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Whatever_is_posted_is_done_once_and_no_call_is_lost(int threads)
    {
        using var crew = new Crew(threads);
        for (var round = 0; round < 2_000; round++)
        {
            var left = round % 7;
            for (var i = round % 7; i > 0; i--)
            {
                crew.Post(() =>
                {
                    if (Interlocked.Decrement(ref left) == 0) crew.Tell();
                });
            }
            crew.Await(() => Volatile.Read(ref left) == 0);
            Assert.Equal(0, left);
        }
    }

    [Fact]
    public void Jobs_may_post_jobs()
    {
        using var crew = new Crew(3);
        var done = 0;
        void Job(int depth)
        {
            if (depth > 0)
            {
                crew.Post(() => Job(depth - 1));
                crew.Post(() => Job(depth - 1));
            }
            Interlocked.Increment(ref done);
            crew.Tell();
        }

        crew.Post(() => Job(9));
        crew.Await(() => Volatile.Read(ref done) == 1023);
    }

    [Fact]
    public void Who_waits_does_meanwhile_what_is_ready_and_takes_first_what_comes_first()
    {
        using var crew = new Crew(2);
        using var holdUp = new ManualResetEventSlim();
        using var isHeldUp = new ManualResetEventSlim();
        var order = new List<(string Job, bool IsMine)>();
        var caller = Environment.CurrentManagedThreadId;
        crew.Post(() =>
        {
            isHeldUp.Set();
            holdUp.Wait();
        });
        isHeldUp.Wait(TestContext.Current.CancellationToken);
        foreach (var (name, isFirst) in new[] { ("rest 1", false), ("rest 2", false), ("first 1", true), ("first 2", true) })
            crew.Post(() => order.Add((name, Environment.CurrentManagedThreadId == caller)), isFirst);

        crew.Await(() => order.Count == 4);
        holdUp.Set();

        Assert.Equal([("first 1", true), ("first 2", true), ("rest 1", true), ("rest 2", true)], order);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Jobs_side_by_side_are_all_done_before_the_error_of_the_first_in_the_list_is_thrown(int threads)
    {
        using var crew = new Crew(threads);
        var done = 0;
        var jobs = Enumerable.Range(0, 20).Select(i => (Action)(() =>
        {
            Interlocked.Increment(ref done);
            if (i is 13 or 17) throw new InvalidOperationException($"job {i}");
        })).ToList();

        Assert.Equal("job 13", Assert.Throws<InvalidOperationException>(() => crew.Together(jobs)).Message);
        Assert.Equal(threads == 1 ? 14 : 20, done);
    }

    [Fact]
    public void A_crew_of_one_does_everything_on_the_callers_thread_in_turn()
    {
        using var crew = new Crew(1);
        var caller = Environment.CurrentManagedThreadId;
        var order = new List<int>();

        crew.Together([.. Enumerable.Range(0, 5).Select(i => (Action)(() => order.Add(Environment.CurrentManagedThreadId == caller ? i : -1)))]);

        Assert.Equal([0, 1, 2, 3, 4], order);
        Assert.True(crew.IsAlone);
    }

    [Fact]
    public void When_it_is_ended_what_is_under_way_is_finished_and_the_rest_is_dropped()
    {
        using var begun = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var (isFinished, isDropped) = (false, true);
        var crew = new Crew(2);
        crew.Post(() =>
        {
            begun.Set();
            goOn.Wait();
            isFinished = true;
        });
        begun.Wait(TestContext.Current.CancellationToken);
        crew.Post(() => isDropped = false);
        var end = new Thread(crew.Dispose);
        end.Start();
        // Nothing is taken any more once this returns: the end was begun.
        while (end.ThreadState != ThreadState.WaitSleepJoin) Thread.Yield();
        goOn.Set();
        end.Join();

        Assert.Equal((true, true), (isFinished, isDropped));
        crew.Post(() => isDropped = false);
        Assert.True(isDropped);
    }

    [Fact]
    public void A_crew_has_somebody() => Assert.Throws<ArgumentOutOfRangeException>(() => new Crew(0));
}

using System.Runtime.ExceptionServices;

namespace Nightjar.Crews;

/// <summary>The threads of a run. What is ready is done by whoever is free, and whoever waits for something does meanwhile what is ready.</summary>
/// <remarks>So as many threads work as were asked for, however the work falls into reading, judging and keeping account, and none waits while there is
/// something to do. A crew of one starts no thread: there, whoever has work does it where it comes up.</remarks>
public sealed class Crew : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<Action> _first = new();
    private readonly Queue<Action> _others = new();
    private readonly List<Seat> _idle = [];
    private readonly List<Thread> _threads = [];
    private bool _isClosed;

    /// <param name="threads">How many threads work, the caller's included; at least 1.</param>
    public Crew(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Threads = threads;
    }

    /// <summary>How many threads work, the caller's included.</summary>
    public int Threads { get; }

    /// <summary>True when there is only the caller.</summary>
    public bool IsAlone => Threads == 1;

    /// <summary>Leaves a job to whoever is free.</summary>
    /// <param name="job">Throws nothing, and waits for no other job.</param>
    /// <param name="isFirst">True for what others wait for: it is taken before the rest.</param>
    public void Post(Action job, bool isFirst = false)
    {
        lock (_gate)
        {
            if (_isClosed) return;
            Gather();
            (isFirst ? _first : _others).Enqueue(job);
            CallOne();
        }
    }

    /// <summary>Does what is ready until something has come true.</summary>
    /// <param name="isDone">Asked by one thread at a time; takes no lock and throws nothing. Whoever makes it true says so with <see cref="Tell"/>.</param>
    public void Await(Func<bool> isDone)
    {
        ArgumentNullException.ThrowIfNull(isDone);
        while (Next(isDone) is { } job) job();
    }

    /// <summary>Something came true that somebody may wait for.</summary>
    public void Tell()
    {
        lock (_gate)
        {
            for (var i = _idle.Count - 1; i >= 0; i--)
            {
                if (_idle[i].IsDone()) Call(i);
            }
        }
    }

    /// <summary>Does several jobs side by side and returns when all are done. Throws what one of them threw; of several, that of the first in the list.</summary>
    public void Together(IReadOnlyList<Action> jobs)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        if (IsAlone || jobs.Count < 2)
        {
            foreach (var job in jobs) job();
            return;
        }
        var side = jobs.Select(job => new SideJob(this, job)).ToList();
        foreach (var job in side.Skip(1)) Post(job.Do);
        side[0].Do();
        Await(() => side.TrueForAll(job => job.IsDone));
        foreach (var job in side) job.Error?.Throw();
    }

    /// <summary>Ends the threads. What was posted and not begun is dropped: nobody may wait for it any more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            while (_idle.Count > 0) Call(_idle.Count - 1);
        }
        foreach (var thread in _threads) thread.Join();
    }

    // The next job; null when there is nothing to wait for any more.
    private Action? Next(Func<bool> isDone)
    {
        while (true)
        {
            Seat seat;
            lock (_gate)
            {
                if (isDone())
                {
                    // Who was called for a job and leaves it passes the call on.
                    if (_first.Count + _others.Count > 0) CallOne();
                    return null;
                }
                if (_first.TryDequeue(out var job) || _others.TryDequeue(out job)) return job;
                _idle.Add(seat = new Seat(isDone));
            }
            seat.Wait();
        }
    }

    // The latest to sit down is called first: what it needs is nearest to it.
    private void CallOne()
    {
        if (_idle.Count > 0) Call(_idle.Count - 1);
    }

    private void Call(int index)
    {
        _idle[index].Call();
        _idle.RemoveAt(index);
    }

    // Threads begin when there is something to do for them.
    private void Gather()
    {
        while (_threads.Count < Threads - 1)
        {
            var thread = new Thread(() => Await(() => _isClosed)) { IsBackground = true, Name = $"Crew {_threads.Count + 2}" };
            _threads.Add(thread);
            thread.Start();
        }
    }

    /// <summary>One of several that somebody waits for.</summary>
    private sealed class SideJob(Crew crew, Action job)
    {
        private volatile bool _isDone;

        public bool IsDone => _isDone;

        public ExceptionDispatchInfo? Error { get; private set; }

        public void Do()
        {
            try
            {
                job();
            }
            catch (Exception e)
            {
                Error = ExceptionDispatchInfo.Capture(e);
            }
            _isDone = true;
            crew.Tell();
        }
    }

    /// <summary>Where a thread waits until it is called.</summary>
    private sealed class Seat(Func<bool> isDone)
    {
        private readonly object _bell = new();
        private bool _isCalled;

        public Func<bool> IsDone => isDone;

        public void Call()
        {
            lock (_bell)
            {
                _isCalled = true;
                Monitor.Pulse(_bell);
            }
        }

        public void Wait()
        {
            lock (_bell)
            {
                while (!_isCalled) Monitor.Wait(_bell);
            }
        }
    }
}

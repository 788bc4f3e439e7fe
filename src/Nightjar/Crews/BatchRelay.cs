using System.Runtime.ExceptionServices;
using Nightjar.Events;

namespace Nightjar.Crews;

/// <summary>Hands batches to several takers. Each takes all of them in their order, one at a time, on whichever thread of the crew is free, and waits for no other.</summary>
/// <remarks>Only a few batches are under way: who hands on waits for the slowest taker, and does meanwhile what is ready. One thread hands on.
/// With a crew of one each taker is called at once, in turn.</remarks>
public sealed class BatchRelay : IDisposable
{
    // Enough that all find work while one is slow; a batch takes about a megabyte.
    private const int Most = 4;

    private readonly Crew _crew;
    private readonly Taker[] _takers;
    private readonly EventBatch[] _batches;
    private readonly int _most;
    private readonly Func<bool> _hasRoom;
    private long _handed;
    private volatile ExceptionDispatchInfo? _error;
    private volatile bool _isClosed;

    /// <param name="crew">Who works.</param>
    /// <param name="takers">Given every batch, on any thread, each batch after the one before.</param>
    public BatchRelay(Crew crew, IReadOnlyList<Action<EventBatch>> takers)
    {
        ArgumentNullException.ThrowIfNull(crew);
        ArgumentNullException.ThrowIfNull(takers);
        (_crew, _most) = (crew, MostUnderWay(crew));
        _batches = new EventBatch[_most + 1];
        _takers = [.. takers.Select(take => new Taker(this, take))];
        _hasRoom = () => _error is not null || AreTaken(_handed - _most);
    }

    /// <summary>How many batches may still be in use when <see cref="Hand"/> returns: the latest ones. None with a crew of one.</summary>
    public static int MostUnderWay(Crew crew)
    {
        ArgumentNullException.ThrowIfNull(crew);
        return crew.IsAlone ? 0 : Most;
    }

    /// <summary>Hands a batch on. Throws what a taker threw, at this batch or at one before.</summary>
    public void Hand(EventBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (_crew.IsAlone)
        {
            foreach (var taker in _takers) taker.Take(batch);
            return;
        }
        _batches[_handed++ % _batches.Length] = batch;
        foreach (var taker in _takers) taker.Call();
        Await(_hasRoom);
    }

    /// <summary>Returns when all have taken everything. Throws what a taker threw.</summary>
    public void Finish()
    {
        if (!_crew.IsAlone) Await(() => _error is not null || AreTaken(_handed));
    }

    /// <summary>Returns when nobody is at a batch any more; what has not been taken is dropped.</summary>
    public void Dispose()
    {
        _isClosed = true;
        _crew.Await(() => !Array.Exists(_takers, taker => taker.IsCalled));
    }

    private void Await(Func<bool> isDone)
    {
        _crew.Await(isDone);
        _error?.Throw();
    }

    private bool AreTaken(long count)
    {
        foreach (var taker in _takers)
        {
            if (taker.Taken < count) return false;
        }
        return true;
    }

    /// <summary>One who takes the batches, and how far it is.</summary>
    private sealed class Taker
    {
        private readonly BatchRelay _relay;
        private readonly Action<EventBatch> _take;
        private readonly Action _takeNext;
        private long _taken;
        private int _calls;

        public Taker(BatchRelay relay, Action<EventBatch> take) => (_relay, _take, _takeNext) = (relay, take, TakeNext);

        /// <summary>Batches done with.</summary>
        public long Taken => Volatile.Read(ref _taken);

        /// <summary>True while it is at a batch or about to be.</summary>
        public bool IsCalled => Volatile.Read(ref _calls) > 0;

        private bool IsStopped => _relay._isClosed || _relay._error is not null;

        public void Take(EventBatch batch) => _take(batch);

        /// <summary>There is a batch more. Whoever makes the first of the calls that are open posts the job, and the job that closes one posts the next, so there is never a second one.</summary>
        public void Call()
        {
            if (Interlocked.Increment(ref _calls) == 1) _relay._crew.Post(_takeNext);
        }

        // One batch for each job, so that all takers keep abreast and the batch that is to be used again is done with first.
        private void TakeNext()
        {
            if (!IsStopped) TryTake(_relay._batches[_taken % _relay._batches.Length]);
            Volatile.Write(ref _taken, _taken + 1);
            if (Interlocked.Decrement(ref _calls) > 0) _relay._crew.Post(_takeNext);
            _relay._crew.Tell();
        }

        private void TryTake(EventBatch batch)
        {
            try
            {
                _take(batch);
            }
            catch (Exception e)
            {
                _relay._error ??= ExceptionDispatchInfo.Capture(e);
            }
        }
    }
}

using System.Runtime.ExceptionServices;
using Nightjar.Events;
using Nightjar.Sources.Intake.Ordering;

namespace Nightjar.Sources.Intake.Reading;

/// <summary>Gives a file's events block by block, read on demand or ahead on other threads. The blocks are the same either way.</summary>
internal sealed class BlockReader(LeafReading reading, SymbolTable symbols, ReadAhead? ahead, CancellationToken cancellation) : IDisposable
{
    // Enough that the reading goes on while the others work on a batch, and that they find work while a long block is read.
    private const int BlocksAhead = 4;

    private readonly Queue<EventBlock> _ready = new();
    private readonly Stack<EventBlock> _free = new();
    private readonly object _gate = new();
    private ExceptionDispatchInfo? _error;
    private bool _isPosted;
    private bool _isEnded;
    private bool _isClosed;

    /// <summary>The next block, lent until it is given back; false at the end of the file.</summary>
    public bool TryTake(out EventBlock block)
    {
        if (ahead is null)
        {
            block = null!;
            if (!_isEnded) (block, _isEnded) = Read();
            return block is not null;
        }
        lock (_gate)
        {
            while (_ready.Count == 0 && !_isEnded && _error is null)
            {
                Post();
                Monitor.Wait(_gate);
            }
            block = null!;
            if (_ready.TryDequeue(out var ready)) block = ready;
            else _error?.Throw();
            Post();
            return block is not null;
        }
    }

    /// <summary>Gives a block back.</summary>
    public void GiveBack(EventBlock block)
    {
        lock (_gate) _free.Push(block);
    }

    /// <summary>Reads one block ahead. Called by <see cref="ReadAhead"/>, by one thread at a time.</summary>
    public void ReadOne()
    {
        EventBlock? block = null;
        var ended = false;
        ExceptionDispatchInfo? error = null;
        try
        {
            (block, ended) = Volatile.Read(ref _isClosed) ? (null!, true) : Read();
        }
        catch (Exception e)
        {
            error = ExceptionDispatchInfo.Capture(e);
        }
        lock (_gate)
        {
            if (block is not null) _ready.Enqueue(block);
            _error = error;
            _isEnded = ended;
            _isPosted = false;
            Post();
            Monitor.PulseAll(_gate);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            while (_isPosted) Monitor.Wait(_gate);
        }
        reading.Dispose();
    }

    private void Post()
    {
        if (ahead is null || _isPosted || _isEnded || _isClosed || _error is not null || _ready.Count >= BlocksAhead) return;
        _isPosted = true;
        ahead.Post(this);
    }

    // The block is null when the file ended with nothing more to give.
    private (EventBlock Block, bool Ended) Read()
    {
        var block = Borrow();
        var more = reading.Read(block.Batch, cancellation);
        return (more || block.Batch.Count > 0 ? block : null!, !more);
    }

    private EventBlock Borrow()
    {
        lock (_gate)
        {
            if (!_free.TryPop(out var block)) return new EventBlock(symbols);
            block.Clear();
            return block;
        }
    }
}

using System.Runtime.ExceptionServices;
using Nightjar.Crews;
using Nightjar.Events;
using Nightjar.Sources.Intake.Ordering;

namespace Nightjar.Sources.Intake.Reading;

/// <summary>Gives a file's events block by block, read on demand or, by a crew of several, ahead. The blocks are the same either way.</summary>
internal sealed class BlockReader : IDisposable
{
    // Enough that the reading goes on while the others work on a batch, and that they find work while a long block is read.
    private const int BlocksAhead = 4;

    private readonly LeafReading _reading;
    private readonly SymbolTable _symbols;
    private readonly Crew _crew;
    private readonly CancellationToken _cancellation;
    private readonly Action _readOne;
    private readonly Func<bool> _hasCome;
    private readonly Queue<EventBlock> _ready = new();
    private readonly Stack<EventBlock> _free = new();
    private readonly Lock _gate = new();
    private ExceptionDispatchInfo? _error;
    private bool _isEnded;
    private bool _isClosed;
    private volatile bool _isPosted;
    private volatile bool _isWorthALook;

    /// <param name="reading">The file; disposed with this.</param>
    /// <param name="symbols">The table of the events.</param>
    /// <param name="crew">Who reads.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public BlockReader(LeafReading reading, SymbolTable symbols, Crew crew, CancellationToken cancellation)
    {
        (_reading, _symbols, _crew, _cancellation) = (reading, symbols, crew, cancellation);
        (_readOne, _hasCome) = (ReadOne, () => _isWorthALook);
    }

    /// <summary>The next block, lent until it is given back; false at the end of the file.</summary>
    public bool TryTake(out EventBlock block)
    {
        block = null!;
        if (_crew.IsAlone)
        {
            if (!_isEnded) (block, _isEnded) = Read();
            return block is not null;
        }
        lock (_gate) Post();
        _crew.Await(_hasCome);
        lock (_gate)
        {
            if (_ready.TryDequeue(out var ready)) block = ready;
            else _error?.Throw();
            Look();
            Post();
            return block is not null;
        }
    }

    /// <summary>Gives a block back.</summary>
    public void GiveBack(EventBlock block)
    {
        lock (_gate) _free.Push(block);
    }

    public void Dispose()
    {
        lock (_gate) _isClosed = true;
        _crew.Await(() => !_isPosted);
        _reading.Dispose();
    }

    // One job at a time.
    private void ReadOne()
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
            (_error, _isEnded) = (error, ended);
            _isPosted = false;
            Look();
            Post();
        }
        _crew.Tell();
    }

    private void Look() => _isWorthALook = _ready.Count > 0 || _isEnded || _error is not null;

    // Before all others: without what is read they soon have nothing to do, and a file is read by one thread at a time.
    private void Post()
    {
        if (_isPosted || _isEnded || _isClosed || _error is not null || _ready.Count >= BlocksAhead) return;
        _isPosted = true;
        _crew.Post(_readOne, isFirst: true);
    }

    // The block is null when the file ended with nothing more to give.
    private (EventBlock Block, bool Ended) Read()
    {
        var block = Borrow();
        var more = _reading.Read(block.Batch, _cancellation);
        return (more || block.Batch.Count > 0 ? block : null!, !more);
    }

    private EventBlock Borrow()
    {
        lock (_gate)
        {
            if (!_free.TryPop(out var block)) return new EventBlock(_symbols);
            block.Clear();
            return block;
        }
    }
}

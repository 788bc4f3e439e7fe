using Nightjar.Events;
using Nightjar.Sources.Intake.Inputs;
using Nightjar.Sources.Intake.Ordering;

namespace Nightjar.Sources.Intake.Reading;

/// <summary>What the loaders of a run share.</summary>
internal sealed record LoadContext(
    IntakeOptions Options, SymbolTable Symbols, FileTable Files, AccountBook Accounts, TemporaryFolder Folder, RunStore Runs, LargeFiles Large);

/// <summary>Reads contents into memory and, when that is full, into sorted temporary files. Large ones that can be read again are set
/// aside to be streamed. One thread each.</summary>
internal sealed class Loader : ILeafVisitor
{
    private readonly LoadContext _context;
    private readonly RecordArena _arena;
    private readonly RecordOrder _order;
    private readonly EventBatch _batch;
    private readonly long _budget;

    /// <param name="context">What the loaders share.</param>
    /// <param name="index">Its number, from 0.</param>
    /// <param name="budget">Bytes of memory it may fill before it writes a temporary file.</param>
    public Loader(LoadContext context, int index, long budget)
    {
        _context = context;
        _arena = context.Runs.Arenas[index];
        _order = new RecordOrder(context.Symbols, context.Files.PathOf);
        _batch = new EventBatch(context.Symbols);
        _budget = budget;
    }

    public void Visit(InputNode node, LeafContent content, CancellationToken cancellation)
    {
        var account = _context.Accounts.Open(node.Path);
        if (Recognise(account, content) is not { } reader) return;
        var leaf = new LeafSource(node, reader, _context.Files.Add(node.Path, reader.Format), account);
        if (node.Reopen is not null && node.RoughSize >= _context.Options.LargeFile) _context.Large.Add(leaf);
        else Load(leaf.TryRead(content, _context.Options), cancellation);
    }

    public void Refuse(string path, FileState state, InputFailure failure) => _context.Accounts.Refuse(path, state, failure.Kind, failure.Reason);

    public void CutShort(string path, InputFailure failure) => _context.Accounts.CutShort(path, failure.Kind, failure.Reason);

    /// <summary>Loads a content that had been set aside.</summary>
    public void Load(LeafSource leaf, CancellationToken cancellation) =>
        Load(leaf.TryReopen(_context.Options, cancellation), cancellation);

    /// <summary>Puts what is in memory in order; done before it is read.</summary>
    public void Finish() => _arena.Sort(_order);

    private ISourceReader? Recognise(LeafAccount account, LeafContent content)
    {
        lock (account.Gate)
        {
            account.Bytes = content.BytesRead;
            try
            {
                var head = content.Head;
                var reader = head.Bytes.IsEmpty ? null : _context.Options.Recognise(head);
                account.Reader = reader?.Format.Id;
                if (reader is not null) return reader;
                if (content.Failure is { } failure) account.Refuse(FileState.Unreadable, failure.Kind, failure.Reason);
                else account.Refuse(FileState.Unrecognised, AnomalyKind.Unrecognised, ContentKinds.WhyUnrecognised(head.Bytes.Span));
            }
            catch (Exception e) when (InputFailure.Covers(e))
            {
                account.Refuse(FileState.Unrecognised, AnomalyKind.Unrecognised, $"A reader failed to look at it: {e.Message}");
            }
            return null;
        }
    }

    private void Load(LeafReading? opened, CancellationToken cancellation)
    {
        if (opened is null) return;
        using var reading = opened;
        bool more;
        do
        {
            more = reading.Read(_batch, cancellation);
            for (var i = 0; i < _batch.Count; i++) _arena.Add(_batch[i]);
            if (_arena.Size >= _budget) Spill(cancellation);
        }
        while (more);
    }

    private void Spill(CancellationToken cancellation)
    {
        _arena.Sort(_order);
        _context.Runs.Add(SpilledRun.Write(_arena, _context.Folder, cancellation));
        _arena.Clear();
    }
}

using Nightjar.Crews;
using Nightjar.Events;
using Nightjar.Sources.Intake.Inputs;
using Nightjar.Sources.Intake.Ordering;
using Nightjar.Sources.Intake.Reading;

namespace Nightjar.Sources.Intake;

/// <summary>Reads files, folders, archives and the standard input, and gives all their events in one order of event time.</summary>
/// <remarks>The order is that of <see cref="EventOrder"/>: the names, number and order of the files, the order of their lines and the
/// number of threads do not change it. Small files are loaded; large ones are streamed while they prove to be in order within the
/// lateness, and sorted in temporary files when they do not. Used by one thread.</remarks>
public sealed class EventIntake : IDisposable
{
    private const int SmallestBudget = 1 << 20;
    private const int MostThreads = 64;

    // What a streamed file needs at least: a session, a batch and the blocks under way.
    private const int BytesPerStream = 8 << 20;

    private readonly IntakeOptions _options;
    private readonly SymbolTable _symbols;
    private readonly Crew _crew;
    private readonly long _budget;
    private readonly FileTable _files = new();
    private readonly AccountBook _accounts = new();
    private readonly LargeFiles _large = new();
    private readonly ProgressMeter _progress;
    private readonly TemporaryFolder _folder;
    private readonly RunStore _runs;
    private readonly Loader[] _loaders;
    private IReadOnlyList<InputFile> _inputs = [];
    private MergePass? _pass;
    private bool _begun;

    /// <param name="options">What to read and how.</param>
    /// <param name="symbols">Where texts are interned.</param>
    /// <exception cref="ArgumentOutOfRangeException">Lateness, threads or batches kept are out of their range.</exception>
    public EventIntake(IntakeOptions options, SymbolTable symbols)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Lateness, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchesKept, 1);
        _options = options;
        _symbols = symbols;
        _crew = options.Crew ?? new Crew(Math.Min(options.Threads, MostThreads));
        _budget = Math.Max(options.MemoryBudget, SmallestBudget);
        _progress = new ProgressMeter(options.Progress);
        _folder = new TemporaryFolder(options.TempFolder);
        _runs = new RunStore(_crew.Threads);
        var context = new LoadContext(options, symbols, _files, _accounts, _folder, _runs, _large);
        _loaders = [.. Enumerable.Range(0, _crew.Threads).Select(index => new Loader(context, index, _budget / 2 / _crew.Threads))];
    }

    /// <summary>The account of every file that was offered, in path order. Complete once the reading has ended.</summary>
    public IReadOnlyList<FileAccount> Accounts => _accounts.ToFileAccounts();

    /// <summary>Events that were left out because they lie outside the time asked for.</summary>
    public long EventsOutsideRange => _accounts.OutsideRange;

    /// <summary>Runs of records that had to be put into temporary files.</summary>
    internal int SpilledRuns => _runs.SpilledCount;

    /// <summary>The path of the file with a number, as the user would find it.</summary>
    public string PathOf(int fileNumber) => _files.PathOf(fileNumber);

    /// <summary>The file with a number.</summary>
    public SourceFile FileOf(int fileNumber) => _files[fileNumber];

    /// <summary>Reads everything, once. A batch is valid until as many further steps as <see cref="IntakeOptions.BatchesKept"/> says.</summary>
    /// <exception cref="InvalidOperationException">It has been read before.</exception>
    /// <exception cref="IOException">Temporary files could not be written. No input makes it throw.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IEnumerable<IntakeStep> Read(CancellationToken cancellation)
    {
        if (_begun) throw new InvalidOperationException("The inputs have been read already.");
        _begun = true;
        return Steps(cancellation);
    }

    /// <summary>Closes all files and removes the temporary ones.</summary>
    public void Dispose()
    {
        _pass?.Dispose();
        _runs.Dispose();
        foreach (var input in _inputs) input.Dispose();
        _inputs = [];
        _folder.Dispose();
        if (_options.Crew is null) _crew.Dispose();
    }

    private IEnumerable<IntakeStep> Steps(CancellationToken cancellation)
    {
        Load(cancellation);
        var batches = new EventBatch?[_options.BatchesKept];
        var next = 0;
        var isFirst = true;
        while (true)
        {
            using var pass = _pass = new MergePass(this);
            pass.Begin(cancellation);
            Advance advance;
            do
            {
                var batch = batches[next] ??= new EventBatch(_symbols);
                batch.Clear();
                advance = pass.Merge.Fill(batch, cancellation);
                if (advance == Advance.Disorder || batch.Count == 0) continue;
                isFirst = false;
                next = (next + 1) % batches.Length;
                _progress.AddEvents(batch.Count);
                yield return IntakeStep.Of(batch);
            }
            while (advance == Advance.Event);
            if (advance == Advance.End) yield break;
            LoadInstead(pass, cancellation);
            if (!isFirst) yield return IntakeStep.Restart;
            isFirst = true;
            _progress.ForgetEvents();
        }
    }

    private void Load(CancellationToken cancellation)
    {
        _folder.Sweep();
        _inputs = new InputWalk(_options, _accounts, _progress, cancellation).Find();
        foreach (var pipe in _inputs.OfType<PipeFile>()) PipeKeeper.Prepare(pipe, _options, _folder, _accounts, cancellation);
        _progress.BytesInAll = _inputs.Sum(input => input.Length);
        if (_options.Identities is not null) FindIdentities(cancellation);
        _progress.Enter(IntakePhase.Loading, counting: true);
        InParallel(_inputs, (input, loader) => new Explorer(_options.Limits, _folder, loader, _options.Dissector, cancellation).Explore(input));
        InParallel(_large.Limit(MostStreams), (leaf, loader) => loader.Load(leaf, cancellation));
        _crew.Together([.. _loaders.Select(loader => (Action)loader.Finish)]);
        _progress.Enter(IntakePhase.HandingOn, counting: false);
    }

    private int MostStreams => (int)Math.Clamp(_budget / 2 / BytesPerStream, 1, 64);

    private void FindIdentities(CancellationToken cancellation)
    {
        _progress.Enter(IntakePhase.Identities, counting: true);
        var explorer = new Explorer(_options.Limits, _folder, new IdentityPass(_options, new EventBatch(_symbols)), dissector: null, cancellation);
        foreach (var input in _inputs.Where(input => input.CanReopen)) explorer.Explore(input);
    }

    // What is known to be in order goes on being streamed; what is not is sorted, so that there is hardly ever a second restart.
    private void LoadInstead(MergePass pass, CancellationToken cancellation)
    {
        var unproven = pass.Streams.Where(stream => !stream.IsProven).Select(stream => stream.Leaf).ToList();
        pass.Dispose();
        _large.Remove(unproven);
        InParallel(unproven, (leaf, loader) => loader.Load(leaf, cancellation));
        _crew.Together([.. _loaders.Select(loader => (Action)loader.Finish)]);
    }

    // Each loader takes the next as it becomes free; which of them loads what makes no difference to the order of events.
    private void InParallel<T>(IReadOnlyList<T> items, Action<T, Loader> load)
    {
        var next = -1;
        void Work(Loader loader)
        {
            try
            {
                for (int i; (i = Interlocked.Increment(ref next)) < items.Count;) load(items[i], loader);
            }
            catch
            {
                // The others go no further than the end of what they are at.
                Interlocked.Add(ref next, items.Count);
                throw;
            }
        }

        _crew.Together([.. _loaders.Take(items.Count).Select(loader => (Action)(() => Work(loader)))]);
    }

    /// <summary>One reading of everything in order, from its beginning.</summary>
    private sealed class MergePass(EventIntake intake) : IDisposable
    {
        private readonly List<StreamedFile> _streams = [];
        private EventMerge? _merge;
        private bool _isDisposed;

        public EventMerge Merge => _merge!;

        public IReadOnlyList<StreamedFile> Streams => _streams;

        public void Begin(CancellationToken cancellation)
        {
            var order = new RecordOrder(intake._symbols, intake._files.PathOf);
            var memory = new HeldMemory(intake._budget / 2);
            foreach (var leaf in intake._large.All) Open(leaf, order, memory, cancellation);
            _merge = new EventMerge([.. _streams, .. intake._runs.Open(intake._budget / 8, intake._symbols)], order);
        }

        public void Dispose()
        {
            if (_isDisposed) return;
            _isDisposed = true;
            foreach (var stream in _streams) stream.Dispose();
        }

        private void Open(LeafSource leaf, RecordOrder order, HeldMemory memory, CancellationToken cancellation)
        {
            if (leaf.TryReopen(intake._options, cancellation) is not { } reading) return;
            var lateness = intake._options.Lateness.Ticks / TimeSpan.TicksPerMicrosecond;
            _streams.Add(new StreamedFile(leaf, new BlockReader(reading, intake._symbols, intake._crew, cancellation), new ReorderBuffer(lateness, order), memory));
        }
    }
}

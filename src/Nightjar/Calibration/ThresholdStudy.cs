using Nightjar.Analytics;
using Nightjar.Analytics.Tuning;
using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Inquiry;

namespace Nightjar.Calibration;

/// <summary>
/// Studies tunables over telemetry that is read several times: first what is compared with them, then, a number of values at a time, what the
/// engine finds at each. The same events give the same study in any order, split and number of threads.
/// </summary>
/// <remarks>
/// Begin a pass with <see cref="Next"/>, give it all events in their total order, end it with <see cref="Complete"/>; when <see cref="Next"/> says
/// no, <see cref="Results"/> are there. One thread calls; several work. Memory is bounded by device, and by the number of variants in one pass.
/// </remarks>
public sealed class ThresholdStudy
{
    private readonly StudyOptions _options;
    private readonly SymbolTable _symbols;
    private readonly IReadOnlyList<Studied> _studied;
    private readonly VariantCompiler _compiler;
    private readonly Queue<IReadOnlyList<CompiledVariant>> _passes = new();
    private readonly Dictionary<Variant, CompiledVariant> _variants = [];
    private readonly Dictionary<(bool IsVariant, string Uid), FindingCount> _counts = [];
    private readonly Dictionary<(string Analytic, string Tunable), IReadOnlyList<TunableValue>> _values = [];
    private Tally[] _tallies = [];
    private Observer[] _observers = [];
    private VariantRun? _run;
    private bool _isBegun;

    /// <param name="analytics">As they are in force; compiled against <paramref name="symbols"/>.</param>
    /// <param name="compile">Compiles the same analytics with other values, against the same table.</param>
    /// <param name="symbols">The table of the events.</param>
    /// <param name="options">What is asked.</param>
    public ThresholdStudy(IReadOnlyList<Analytic> analytics, Func<ITuning, AnalyticSet> compile, SymbolTable symbols, StudyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.VariantsPerPass, 1);
        (_options, _symbols) = (options, symbols);
        _studied = [.. analytics.Select(analytic => new Studied(analytic, TunablePlaces.Of(analytic, IsWanted), WidestAsked(analytic))).Where(item => Wanted(item.Analytic).Any())];
        _compiler = new VariantCompiler(analytics, compile);
    }

    /// <summary>Events of busy devices that were asked about before all was there that may belong to them, for want of room; 0 when all is exact.</summary>
    public long Cut { get; private set; }

    /// <summary>Begins the next pass over all events; false when none is needed.</summary>
    public bool Next()
    {
        if (_isBegun && _passes.Count == 0) return false;
        Begin();
        return true;
    }

    /// <summary>Begins the pass anew: what it was given did not count.</summary>
    public void Begin()
    {
        _observers = _isBegun ? [] : [.. Enumerable.Range(0, _options.Threads).Select(shard => new Observer(_studied, Inquiry(_options.Engine), _symbols, _options.Threads, shard))];
        var analytics = _isBegun ? _passes.Peek().Select(item => item.Analytic!).ToList() : [.. _studied.Select(item => item.Analytic)];
        _run = new VariantRun(analytics, _symbols, _options.Engine, _options.Threads);
    }

    /// <summary>What must be given every batch of the pass, in order, each by one thread at a time; different ones may be at different batches.</summary>
    public IReadOnlyList<Action<EventBatch>> Takers => [.. Enumerable.Range(0, _options.Threads).Select(shard => (Action<EventBatch>)(batch => Process(batch, shard)))];

    /// <summary>Takes a batch of events; returns when it is done with. The plain form of giving it to all <see cref="Takers"/>.</summary>
    public void Process(EventBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        for (var shard = 0; shard < _options.Threads; shard++) Process(batch, shard);
    }

    /// <summary>All events of the pass were given.</summary>
    public void Complete()
    {
        foreach (var (uid, count) in Run.Complete()) _counts[(_isBegun, uid)] = count;
        _run = null;
        if (_isBegun) _passes.Dequeue();
        else Plan();
        _isBegun = true;
    }

    /// <summary>The studies, in order of analytic and as the analytic lists its tunables. Only after the last pass.</summary>
    public IReadOnlyList<TunableStudy> Results() =>
        [.. _studied.SelectMany((studied, index) => Wanted(studied.Analytic).Select(tunable => Result(studied, _tallies[index], tunable)))];

    private VariantRun Run => _run ?? throw new InvalidOperationException("No pass has begun.");

    private void Process(EventBatch batch, int shard)
    {
        if (_observers.Length > 0) _observers[shard].Process(batch);
        Run.Process(batch, shard);
    }

    private static InquiryOptions Inquiry(EngineOptions engine) => new()
    {
        ClockSkew = engine.ClockSkew, Lateness = engine.Lateness, ObservationWindow = engine.ObservationWindow, MaxEvidence = engine.MaxEvidence, MaxSteps = engine.MaxSearchSteps,
    };

    private IEnumerable<Tunable> Wanted(Analytic analytic) =>
        analytic.Tunables.Where(tunable => (TunablePlaces.IsNumeric(tunable.Kind) || tunable.Kind == TunableKind.Boolean) && IsWanted(tunable));

    private TimeSpan WidestAsked(Analytic analytic) =>
        analytic.Tunables.FirstOrDefault(item => item.Name == analytic.WindowTunable && IsWanted(item)) is { } tunable && _options.Values is { } values
            ? Asked(tunable, values).Max(value => value.Duration)
            : TimeSpan.Zero;

    private bool IsWanted(Tunable tunable) => _options.Tunable is not { } name || tunable.Name == name;

    private void Plan()
    {
        _tallies = [.. _studied.Select(item => new Tally(item.Places.Count))];
        foreach (var shard in _observers.Select(observer => observer.Complete()))
        {
            for (var i = 0; i < shard.Count; i++) _tallies[i].Add(shard[i]);
        }
        Cut = _observers.Sum(observer => observer.Cut);
        _observers = [];
        var variants = new List<Variant>();
        for (var i = 0; i < _studied.Count; i++) variants.AddRange(VariantsOf(_studied[i], _tallies[i]));
        foreach (var compiled in _compiler.Compile(variants)) _variants[compiled.Variant] = compiled;
        foreach (var pass in _variants.Values.Where(item => item.Analytic is not null).Chunk(_options.VariantsPerPass)) _passes.Enqueue(pass);
    }

    private IEnumerable<Variant> VariantsOf(Studied studied, Tally tally)
    {
        foreach (var tunable in Wanted(studied.Analytic))
        {
            var observed = tally.Places.Where((_, place) => studied.Places[place].Tunable == tunable.Name).Select(place => place.Values);
            var values = _options.Values is { } asked ? Asked(tunable, asked) : CandidateValues.Of(tunable, observed);
            _values[(studied.Analytic.Uid, tunable.Name)] = values;
            foreach (var value in values.Where(value => value.Number != tunable.Value.Number)) yield return new Variant(studied.Analytic.Uid, tunable.Name, value);
        }
    }

    // What is in force and the default stand beside what was asked for.
    private static TunableValue[] Asked(Tunable tunable, IReadOnlyList<string> texts) =>
        [.. texts.Select(text => TunableValue.Parse(tunable.Kind, [text], out _)).OfType<TunableValue>().Where(tunable.Allows)
            .Append(tunable.Default).Append(tunable.Value).DistinctBy(value => value.Number).OrderBy(value => value.Number)];

    private TunableStudy Result(Studied studied, Tally tally, Tunable tunable)
    {
        List<PlaceStudy> places = [.. studied.Places.Zip(tally.Places).Where(item => item.First.Tunable == tunable.Name).Select(item => PlaceTelling.Tell(studied.Analytic, item.First, tally, item.Second))];
        return new TunableStudy
        {
            Analytic = studied.Analytic.Uid,
            Title = studied.Analytic.Title,
            Tunable = tunable,
            Places = places,
            WhyNowhere = places.Count > 0 ? "" : PlaceTelling.WhyNowhere(studied.Analytic, tunable.Name, TunablePlaces.IsNumeric(tunable.Kind)),
            Values = [.. _values[(studied.Analytic.Uid, tunable.Name)].Select(value => Count(studied.Analytic, tunable, value))],
        };
    }

    private ValueCount Count(Analytic analytic, Tunable tunable, TunableValue value)
    {
        var isInForce = value.Number == tunable.Value.Number;
        var compiled = isInForce ? null : _variants[new Variant(analytic.Uid, tunable.Name, value)];
        var count = compiled is null ? _counts[(false, analytic.Uid)] : compiled.Analytic is { } variant ? _counts[(true, variant.Uid)] : null;
        return new ValueCount(value, value.Number == tunable.Default.Number, isInForce, count, compiled?.Refusal ?? "");
    }
}

/// <summary>What a study is asked.</summary>
public sealed record StudyOptions
{
    /// <summary>How the engine treats time and room.</summary>
    public EngineOptions Engine { get; init; } = new();

    /// <summary>Threads, at least 1. The result is the same.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Variants that are run beside each other in one pass, at least 1: more take memory, fewer take passes. Default 64.</summary>
    public int VariantsPerPass { get; init; } = 64;

    /// <summary>The tunable that is studied; null for all that are numbers or switches.</summary>
    public string? Tunable { get; init; }

    /// <summary>The values to try, as written; null for some that are chosen from the data. Those that a tunable cannot have are left out.</summary>
    public IReadOnlyList<string>? Values { get; init; }
}

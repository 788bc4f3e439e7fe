using System.Globalization;
using System.Text;
using Nightjar.Analytics;
using Nightjar.Analytics.InForce;
using Nightjar.Analytics.Tuning;
using Nightjar.Context;
using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Inquiry;
using Nightjar.Knowledge;
using Nightjar.Policies;
using Nightjar.Sources.Intake.Ordering;

namespace Nightjar.Tests.Inquiry;

/// <summary>Runs a case through the engine and through the evaluator, and writes down what each says. One thread.</summary>
internal sealed class Bench
{
    private readonly SymbolTable _symbols = new();
    private readonly EventBatch _ordered;
    private readonly EventBatch _rest;
    private readonly EventBlock _arrivals;

    public Bench() => (_arrivals, _ordered, _rest) = (new EventBlock(_symbols), new EventBatch(_symbols), new EventBatch(_symbols));

    public EngineOptions Options { get; init; } = new();

    /// <summary>The policy in force; null without one.</summary>
    public IPolicyInForce? Policy { get; set; }

    /// <summary>The analytic; null, with the mistakes, when the loader refuses it.</summary>
    public Analytic? Load(AnalyticModel model, out string mistakes) => Load(model.ToYaml(), out mistakes);

    /// <summary>The analytic of a text; null, with the mistakes, when the loader refuses it.</summary>
    public Analytic? Load(string yaml, out string mistakes)
    {
        var set = AnalyticLoader.Load([new AnalyticSource("drawn.yml", yaml)], _symbols, ReferenceData.Shipped, DefaultTuning.Instance);
        mistakes = string.Join('\n', set.Diagnostics);
        return set.HasErrors ? null : set.Analytics[0];
    }

    /// <summary>The analytic with a policy in force from now on; null, with the mistakes, when either is refused.</summary>
    public Analytic? Load(AnalyticModel model, string policy, out string mistakes)
    {
        var reading = PolicyReader.Read(new PolicySource("policy.yml", Encoding.UTF8.GetBytes(policy)), ReferenceData.Shipped);
        mistakes = string.Join('\n', reading.Diagnostics);
        if (reading.Policy is null) return null;
        var load = PolicyLoader.Load(reading.Policy, [new AnalyticSource("drawn.yml", model.ToYaml())], _symbols, ReferenceData.Shipped);
        mistakes = string.Join('\n', load.Analytics.Diagnostics.Concat(load.Diagnostics));
        Policy = load.InForce;
        return load.InForce is null ? null : load.Analytics.Analytics[0];
    }

    public string ByEngine(Analytic analytic, StreamModel stream)
    {
        Order(stream);
        var findings = new List<Finding>();
        var options = Options with { MaxEvidence = stream.MaxEvidence, Shards = stream.Shards };
        for (var shard = 0; shard < stream.Shards; shard++) findings.AddRange(OneShard(analytic, stream, options with { Shard = shard }));
        return string.Join('\n', findings.Select(Text).Order(StringComparer.Ordinal));
    }

    /// <summary>What one engine finds with several analytics.</summary>
    public string ByEngine(IReadOnlyList<Analytic> analytics, StreamModel stream)
    {
        Order(stream);
        var engine = new DetectionEngine(Options, analytics, _symbols, (_, position) => position.ToString(CultureInfo.InvariantCulture));
        engine.Process(_ordered);
        engine.Complete();
        return string.Join('\n', engine.TakeFindings().Select(Text).Order(StringComparer.Ordinal));
    }

    public string ByEvaluator(Analytic analytic, StreamModel stream) => string.Join('\n', Rulings(analytic, stream).Select(Text).Order(StringComparer.Ordinal));

    public IReadOnlyList<Ruling> Rulings(Analytic analytic, StreamModel stream)
    {
        var rulings = new List<Ruling>();
        foreach (var (device, evaluator) in Evaluators(analytic, stream)) rulings.AddRange(evaluator.Rulings());
        return rulings;
    }

    public IReadOnlyList<(string Device, Evaluator Evaluator)> Evaluators(Analytic analytic, StreamModel stream)
    {
        Order(stream);
        var options = Like(Options with { MaxEvidence = stream.MaxEvidence });
        var histories = new Dictionary<string, History>(StringComparer.Ordinal);
        for (var i = 0; i < _ordered.Count; i++)
        {
            var view = _ordered[i];
            var device = _symbols.Text(view.Header.Device);
            if (!histories.TryGetValue(device, out var history)) histories[device] = history = new History(options, _symbols, DriftRules.Shipped(_symbols), Policy ?? new NoPolicy([analytic]), (_, _, _) => true);
            history.Add(in view);
        }
        return [.. histories.Select(pair => (pair.Key, new Evaluator(analytic, pair.Value, pair.Key, _symbols, options, Policy ?? new NoPolicy([analytic]))))];
    }

    /// <summary>Every device and app of a case: what an inquiry answers, and the uids of what the evaluator finds.</summary>
    public IEnumerable<(WhyNot Answer, IReadOnlyList<string> Uids)> Answers(Analytic analytic, StreamModel stream)
    {
        foreach (var (device, evaluator) in Evaluators(analytic, stream))
        {
            var inquiry = new DeviceInquiry(analytic, _symbols, Like(Options with { MaxEvidence = stream.MaxEvidence }), (_, position) => position.ToString(CultureInfo.InvariantCulture));
            for (var i = 0; i < _ordered.Count; i++)
            {
                if (_symbols.Text(_ordered[i].Header.Device) == device) inquiry.Add(_ordered[i]);
            }
            var rulings = evaluator.Rulings();
            foreach (var app in evaluator.Apps.Select(_symbols.Text)) yield return (inquiry.Ask(app), [.. rulings.Where(item => (item.App ?? "") == app).Select(item => item.Uid)]);
        }
    }

    /// <summary>The options with which an inquiry asks what an engine with these answers.</summary>
    public static InquiryOptions Like(EngineOptions engine) =>
        new() { ClockSkew = engine.ClockSkew, Lateness = engine.Lateness, ObservationWindow = engine.ObservationWindow, MaxEvidence = engine.MaxEvidence };

    private List<Finding> OneShard(Analytic analytic, StreamModel stream, EngineOptions options)
    {
        var engine = Engine(analytic, options);
        var findings = new List<Finding>();
        if (stream.SaveAt >= 0)
        {
            Split(stream.SaveAt);
            engine.Process(_rest);
            findings.AddRange([.. engine.TakeFindings(), .. engine.TakeHidden()]);
            using var saved = new MemoryStream();
            engine.Save(saved);
            saved.Position = 0;
            engine = Engine(analytic, options);
            engine.Restore(saved);
            SplitFrom(stream.SaveAt);
            engine.Process(_rest);
        }
        else
        {
            engine.Process(_ordered);
        }
        engine.Complete();
        findings.AddRange([.. engine.TakeFindings(), .. engine.TakeHidden()]);
        return findings;
    }

    private DetectionEngine Engine(Analytic analytic, EngineOptions options) => new(options, [analytic], _symbols, (_, position) => position.ToString(CultureInfo.InvariantCulture), Policy);

    private void Split(int at)
    {
        _rest.Clear();
        for (var i = 0; i < Math.Min(at, _ordered.Count); i++) _rest.CopyFrom(_ordered[i]);
    }

    private void SplitFrom(int at)
    {
        _rest.Clear();
        for (var i = at; i < _ordered.Count; i++) _rest.CopyFrom(_ordered[i]);
    }

    // The events arrive out of order within the lateness and are put in order as the intake does it.
    private void Order(StreamModel stream)
    {
        _arrivals.Clear();
        _ordered.Clear();
        foreach (var item in stream.Events.OrderBy(item => item.At + item.Delay)) item.AddTo(_arrivals.Batch);
        var buffer = new ReorderBuffer((long)Options.Lateness.TotalMicroseconds, new RecordOrder(_symbols, _ => ""));
        if (!buffer.TryAdd(_arrivals)) throw new InvalidOperationException("An event was drawn later than allowed.");
        Drain(buffer, ended: false);
        Drain(buffer, ended: true);
    }

    private void Drain(ReorderBuffer buffer, bool ended)
    {
        while (buffer.HasRipe(ended)) buffer.Give(_ordered, ended, long.MaxValue);
    }

    private static string Text(Finding item) => Text(
        $"{item.Uid} {item.Analytic.Uid} {item.Device.Uid} {item.App} {item.Score} {item.Start}..{item.End} {item.Count} hidden by [{string.Join(',', item.HiddenBy)}], expired [{string.Join(',', item.ExpiredExceptions)}]", item.Stages, item.Contributions,
        item.Evidence.Select(one => (one.Stage, one.Event.Uid)));

    private static string Text(Ruling item) => Text(
        $"{item.Uid} {item.Analytic} {item.Device} {item.App} {item.Score} {item.Start}..{item.End} {item.Count} hidden by [{string.Join(',', item.HiddenBy)}], expired [{string.Join(',', item.Expired)}]", item.Stages, item.Contributions, item.Evidence);

    private static string Text(string head, IEnumerable<StageOutcome> stages, IEnumerable<Contribution> contributions, IEnumerable<(string Stage, string Event)> evidence)
    {
        var text = new StringBuilder(head).Append('\n');
        foreach (var stage in stages) text.Append(CultureInfo.InvariantCulture, $"  {stage.Id} {stage.State} {stage.IsRequired} {stage.MissingTelemetry} {string.Join(',', stage.EventUids)}\n");
        foreach (var line in contributions) text.Append(CultureInfo.InvariantCulture, $"  {line.Name} {line.Points} {line.State} {line.Reason}\n");
        foreach (var (stage, id) in evidence) text.Append(CultureInfo.InvariantCulture, $"  {stage} = {id}\n");
        return text.ToString();
    }
}

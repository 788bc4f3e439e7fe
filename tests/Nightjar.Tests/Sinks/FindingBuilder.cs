using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Playbooks;

namespace Nightjar.Tests.Sinks;

/// <summary>Builds findings of an invented fleet, one event and one fact at a time.</summary>
internal sealed class FindingBuilder(string uid, AnalyticReference analytic, DeviceReference device, string? app)
{
    public static readonly Instant Noon = Instant.From(new DateTimeOffset(2026, 3, 14, 12, 0, 0, TimeSpan.Zero));

    private readonly List<Evidence> _evidence = [];
    private readonly List<StageOutcome> _stages = [];
    private readonly List<Contribution> _contributions = [];
    private readonly List<ContextFact> _context = [];
    private readonly List<TunableInForce> _tunables = [];
    private readonly List<string> _notes = [];
    private string _title = "An app did something.";
    private string _description = "It may mean something.";

    public Severity Severity { get; set; } = Severity.Medium;

    public Confidence Confidence { get; set; } = Confidence.Medium;

    public Instant Begin { get; set; } = Noon;

    public IReadOnlyList<string> FalsePositives { get; set; } = [];

    public IReadOnlyList<string> NextSteps { get; set; } = [];

    public IReadOnlyList<string> Related { get; set; } = [];

    public Playbook? Playbook { get; set; }

    public int Omitted { get; set; }

    public int Count { get; set; } = 1;

    public FindingBuilder Says(string title, string description)
    {
        (_title, _description) = (title, description);
        return this;
    }

    public FindingBuilder Event(
        string stage, EventClass kind, int activity, double at, double lasts = 0, StateBits state = default, string log = "MobileEDR:telemetry",
        params (FieldId Field, object Value)[] fields)
    {
        var time = Begin + TimeSpan.FromSeconds(at);
        var number = _evidence.Count + 1;
        _evidence.Add(new Evidence(stage, new EvidenceEvent
        {
            Uid = $"{uid}-e{number}",
            Time = time,
            End = time + TimeSpan.FromSeconds(lasts),
            Class = kind,
            ClassUid = kind.Uid(),
            Activity = activity,
            Device = device.Uid,
            Platform = device.Platform,
            App = app,
            LogName = log,
            State = state,
            Fields = [.. fields.OrderBy(field => field.Field).Select(field => new EvidenceField(field.Field, field.Value))],
            Provenance = $"logs/{device.Uid}.ndjson line {number * 7}",
        }));
        return this;
    }

    public FindingBuilder Stage(string id, string title, StageState state, bool required = true, DataComponents missing = DataComponents.None)
    {
        _stages.Add(new StageOutcome(id, title, state, required, missing, []));
        return this;
    }

    public FindingBuilder Adds(string name, int points, Tri state, string reason)
    {
        _contributions.Add(new Contribution(name, points, state, reason));
        return this;
    }

    public FindingBuilder Fact(string name, string value, string source, double? told = null, double? asked = null)
    {
        _context.Add(new ContextFact(name, value, source) { Told = At(told), Asked = At(asked) });
        return this;
    }

    private Instant? At(double? seconds) => seconds is { } known ? Begin + TimeSpan.FromSeconds(known) : null;

    public FindingBuilder Tunable(string name, string value, string origin = "default")
    {
        _tunables.Add(new TunableInForce(name, value, origin));
        return this;
    }

    public FindingBuilder Note(string note)
    {
        _notes.Add(note);
        return this;
    }

    public Finding Build()
    {
        var evidence = _evidence.OrderBy(item => item.Event.Time).ToList();
        return new Finding
        {
            Uid = uid,
            Analytic = analytic,
            Device = device,
            App = app,
            Title = _title,
            Description = _description,
            Severity = Severity,
            Score = (int)Math.Clamp(_contributions.Where(item => item.State == Tri.True).Sum(item => (long)item.Points), 0, 100),
            Confidence = Confidence,
            Start = evidence.Count == 0 ? Begin : evidence.Min(item => item.Event.Time),
            End = evidence.Count == 0 ? Begin : evidence.Max(item => item.Event.End),
            Count = Count,
            Stages = [.. _stages.Select(stage => stage with { EventUids = [.. evidence.Where(item => item.Stage == stage.Id).Select(item => item.Event.Uid)] })],
            Contributions = [.. _contributions],
            Context = [.. _context],
            Tunables = [.. _tunables],
            Evidence = evidence,
            EvidenceOmitted = Omitted,
            Notes = [.. _notes],
            FalsePositives = FalsePositives,
            NextSteps = NextSteps,
            RelatedFindings = Related,
            Playbook = Playbook,
        };
    }
}

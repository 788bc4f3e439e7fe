using System.Globalization;
using System.Text;

namespace Nightjar.Tests.Inquiry;

/// <summary>A stage that was drawn: what it is of, what it asks, how it is joined.</summary>
internal sealed record StageModel(string Id, string Detection)
{
    public string[] Where { get; init; } = [];

    /// <summary>A condition that looks at another stage, and that stage.</summary>
    public (string Text, string Other)? Join { get; init; }

    public string App { get; init; } = "same";

    /// <summary>The measure of an optional stage; null for one that is not.</summary>
    public MeasureModel? Optional { get; init; }

    /// <summary>Stages after and before which it must be absent; null for one that is not.</summary>
    public (string? After, string? Before)? Absent { get; init; }
}

/// <summary>A measure that was drawn.</summary>
internal sealed record MeasureModel(string Stage)
{
    public string? After { get; init; }

    public string? Before { get; init; }

    /// <summary>Further keys, each a line of YAML in flow form.</summary>
    public string[] Keys { get; init; } = [];
}

/// <summary>A chain that was drawn.</summary>
internal sealed record ChainModel(string Name, string[] Stages, bool Ordered, int Score)
{
    public string[] Blind { get; init; } = [];

    public string[] Unless { get; init; } = [];

    public MeasureModel[] Require { get; init; } = [];
}

/// <summary>A whole analytic that was drawn. What names a stage that is not there is left out when it is written.</summary>
internal sealed record AnalyticModel
{
    public bool PerApp { get; init; } = true;

    /// <summary>Records that name no app stand for themselves.</summary>
    public bool CountsUnnamed { get; init; }

    /// <summary>Windows that do not overlap.</summary>
    public bool IsTumbling { get; init; }

    /// <summary>A field that all events of a match have in common; null: none.</summary>
    public string? Group { get; init; }

    public string Within { get; init; } = "20s";

    public string Suppress { get; init; } = "1m";

    public int Partials { get; init; } = 64;

    /// <summary>Score from which it reports.</summary>
    public int Low { get; init; } = 20;

    public StageModel[] Stages { get; init; } = [];

    /// <summary>None: the required stages are the one chain.</summary>
    public ChainModel[] Chains { get; init; } = [];

    public string Select { get; init; } = "first";

    public bool OrderedByDefault { get; init; } = true;

    /// <summary>Each a line of YAML in flow form, with the stages that it names.</summary>
    public (string Text, string[] Stages)[] Allow { get; init; } = [];

    public MeasureModel[] Additions { get; init; } = [];

    /// <summary>Conditions that add points, with the stage at which they are asked.</summary>
    public (string When, string? At)[] Conditions { get; init; } = [];

    /// <summary>The file that the loader reads.</summary>
    public string ToYaml() => new Writer(this).Write();

    private sealed class Writer(AnalyticModel model)
    {
        private readonly StringBuilder _text = new();
        private readonly HashSet<string> _ids = [.. model.Stages.Select(stage => stage.Id)];
        private readonly HashSet<string> _used = [];

        public string Write()
        {
            foreach (var stage in model.Stages) Stage(stage);
            if (model.Stages.Any(stage => stage.Absent is null && stage.Optional is null) || model.Chains.Length > 0) Chains();
            List("allow", model.Allow.Where(item => item.Stages.All(_ids.Contains)).Select((item, i) => $"{{name: allow{i}, reason: known, {item.Text}}}"));
            _text.Append(CultureInfo.InvariantCulture, $"  score:\n    base: 40\n    low: {model.Low}\n");
            Additions();
            return Head() + _text;
        }

        private string Head()
        {
            var body = _text.ToString();
            var head = new StringBuilder("title: Drawn\nstatus: test\nlevel: high\nlogsource: {product: android}\nanalytic:\n  uid: D1\n  version: 1.0.0\n");
            head.Append(CultureInfo.InvariantCulture, $"  key: {(model.CountsUnnamed ? "[device, app_or_none]" : model.PerApp ? "[device, app]" : "[device]")}\n  within: Window\n  suppress: {model.Suppress}\n");
            if (!model.OrderedByDefault && model.Chains.Length == 0) head.Append("  order: any\n");
            if (model.IsTumbling) head.Append("  windows: tumbling\n");
            if (model.Group is { } group) head.Append(CultureInfo.InvariantCulture, $"  group: [{group}]\n");
            if (model.Select != "first") head.Append(CultureInfo.InvariantCulture, $"  select: {model.Select}\n");
            head.Append(CultureInfo.InvariantCulture, $"  limits: {{partials_per_key: {model.Partials}}}\n");
            head.Append(CultureInfo.InvariantCulture, $"  finding: {{title: \"{{app}}\", description: \"{{state}}\"}}\n  tunables:\n");
            head.Append(CultureInfo.InvariantCulture, $"    Window: {{type: duration, default: {model.Within}, description: How long.}}\n");
            if (body.Contains("Least", StringComparison.Ordinal)) head.Append("    Least: {type: bytes, default: 1KiB, description: How much.}\n");
            if (body.Contains("Known", StringComparison.Ordinal)) head.Append("    Known: {type: hosts, default: [known.example], description: Which.}\n");
            return head.ToString();
        }

        private void Stage(StageModel stage)
        {
            if (_text.Length == 0) _text.Append("  stages:\n");
            _text.Append(CultureInfo.InvariantCulture, $"    - id: {stage.Id}\n      detection: {{s: {{{stage.Detection}}}, condition: s}}\n");
            string[] where = [.. stage.Where, .. stage.Join is { } join && _ids.Contains(join.Other) ? [join.Text] : Array.Empty<string>()];
            if (where.Length > 0) _text.Append(CultureInfo.InvariantCulture, $"      where: [{string.Join(", ", where.Select(text => $"\"{text}\""))}]\n");
            if (model.PerApp && stage.App != "same") _text.Append(CultureInfo.InvariantCulture, $"      app: {stage.App}\n");
            if (stage.Optional is { } measure)
            {
                _used.Add(stage.Id);
                _text.Append(CultureInfo.InvariantCulture, $"      optional: true\n      score: 7\n      reason: optional\n");
                foreach (var key in Keys(measure)) _text.Append(CultureInfo.InvariantCulture, $"      {key}\n");
            }
            if (stage.Absent is not { } absent) return;
            _used.Add(stage.Id);
            string[] bounds = [.. Bound("after", absent.After), .. Bound("before", absent.Before)];
            _text.Append(CultureInfo.InvariantCulture, $"      absent: {{{string.Join(", ", bounds)}}}\n");
        }

        private IEnumerable<string> Bound(string key, string? stage) => stage is not null && _ids.Contains(stage) ? [$"{key}: {stage}"] : [];

        private IEnumerable<string> Keys(MeasureModel measure) => [.. Bound("after", measure.After), .. Bound("before", measure.Before), .. measure.Keys];

        private string Measure(MeasureModel measure)
        {
            _used.Add(measure.Stage);
            return string.Join(", ", [$"stage: {measure.Stage}", .. Keys(measure)]);
        }

        private string Names(IEnumerable<string> stages)
        {
            string[] names = [.. stages.Where(_ids.Contains)];
            foreach (var name in names) _used.Add(name);
            return $"[{string.Join(", ", names)}]";
        }

        private void Chains()
        {
            foreach (var stage in model.Stages.Where(stage => model.Chains.Length == 0 && stage.Absent is null && stage.Optional is null)) _used.Add(stage.Id);
            List("chains", model.Chains.Where(chain => chain.Stages.Any(_ids.Contains)).Select(chain =>
                $"{{name: {chain.Name}, stages: {Names(chain.Stages)}, score: {chain.Score}, order: {(chain.Ordered ? "sequence" : "any")}"
                + $", when_blind: {Names(chain.Blind)}, unless: {Names(chain.Unless)}"
                + $", require: [{string.Join(", ", chain.Require.Where(item => _ids.Contains(item.Stage)).Select(item => $"{{{Measure(item)}}}"))}]}}"));
        }

        private void Additions()
        {
            var lines = new List<string>();
            foreach (var (measure, i) in model.Additions.Where(item => _ids.Contains(item.Stage)).Select((item, i) => (item, i)))
                lines.Add($"{{name: m{i}, points: {3 + i}, reason: measured, {Measure(measure)}}}");
            foreach (var ((when, at), i) in model.Conditions.Select((item, i) => (item, i)))
                lines.Add($"{{name: c{i}, points: {11 + i}, reason: asked, when: \"{when}\"{(at is not null && _ids.Contains(at) ? $", at: {at}" : "")}}}");
            // A stage that does nothing is a mistake.
            foreach (var idle in _ids.Except(_used)) lines.Add($"{{name: seen_{idle}, points: 1, reason: seen, stage: {idle}}}");
            if (lines.Count > 0) _text.Append("    add:\n");
            foreach (var line in lines) _text.Append(CultureInfo.InvariantCulture, $"      - {line}\n");
        }

        private void List(string key, IEnumerable<string> items)
        {
            string[] all = [.. items];
            if (all.Length == 0) return;
            _text.Append(CultureInfo.InvariantCulture, $"  {key}:\n");
            foreach (var item in all) _text.Append(CultureInfo.InvariantCulture, $"    - {item}\n");
        }
    }
}

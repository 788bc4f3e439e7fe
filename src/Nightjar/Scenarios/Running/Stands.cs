using Nightjar.Analytics;
using Nightjar.Analytics.Tuning;
using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Scenarios.Reading;

namespace Nightjar.Scenarios.Running;

/// <summary>Compiles analytics once for each distinct set of values that scenarios ask for.</summary>
internal sealed class Stands(IReadOnlyList<AnalyticSource> sources, ReferenceData reference, EngineOptions options)
{
    private readonly Dictionary<(string Folder, string Tuning), Stand> _known = [];
    private readonly Dictionary<(string Folder, string Tuning), Stand> _twins = [];

    public IReadOnlyList<AnalyticSource> Sources => sources;

    /// <summary>All analytics with their defaults, and every mistake of theirs.</summary>
    public AnalyticSet Defaults { get; } = AnalyticLoader.Load(sources, new SymbolTable(), reference, DefaultTuning.Instance);

    /// <summary>The analytic of a folder with the values of a scenario; null when it has a mistake.</summary>
    /// <param name="folder">The folder of the analytic.</param>
    /// <param name="tunables">Values laid over the defaults.</param>
    public Stand? For(string folder, IReadOnlyList<ScenarioTunable> tunables)
    {
        var key = Key(folder, tunables);
        if (!_known.TryGetValue(key, out var stand)) _known[key] = stand = New(folder, tunables);
        return stand.Of(folder) is null ? null : stand;
    }

    /// <summary>The same compiled against a table in which every text has another number.</summary>
    public Stand Twin(string folder, IReadOnlyList<ScenarioTunable> tunables)
    {
        var key = Key(folder, tunables);
        if (!_twins.TryGetValue(key, out var stand)) _twins[key] = stand = New(folder, tunables, "a text that was there before all others");
        return stand;
    }

    /// <summary>The analytic of a folder compiled anew.</summary>
    public Stand New(string folder, IReadOnlyList<ScenarioTunable> tunables, params ReadOnlySpan<string> firstSymbols)
    {
        var symbols = new SymbolTable();
        foreach (var text in firstSymbols) symbols.Intern(text.AsSpan());
        var normal = new ScenarioNormal(symbols, reference);
        var own = sources.Where(source => ScenarioPaths.FolderOf(source.Path) == folder);
        return new Stand(AnalyticLoader.Load(own, symbols, reference, new ScenarioTuning(tunables), normal, normal), symbols, normal, options);
    }

    /// <summary>All analytics with their defaults, compiled against a table of their own.</summary>
    public Stand Everything()
    {
        var symbols = new SymbolTable();
        var normal = new ScenarioNormal(symbols, reference);
        return new Stand(AnalyticLoader.Load(sources, symbols, reference, DefaultTuning.Instance, normal, normal), symbols, normal, options);
    }

    /// <summary>Reports what a scenario sets and its analytic does not have or allow.</summary>
    public bool Check(Scenario scenario, ICollection<Diagnostic> diagnostics)
    {
        var analytic = Defaults.Analytics.FirstOrDefault(item => ScenarioPaths.FolderOf(item.File) == scenario.Folder);
        if (analytic is null) return false;
        var before = diagnostics.Count;
        foreach (var set in scenario.Tunables)
        {
            if (Problem(analytic, set) is { } problem) diagnostics.Add(ScenarioRules.BadTunable.At(scenario.File, set.Line, set.Column, problem));
        }
        foreach (var reason in scenario.Because)
        {
            if (QuietCheck.Unknown(analytic, scenario, reason) is { } problem) diagnostics.Add(ScenarioRules.BadReason.At(scenario.File, reason.Line, reason.Column, problem));
        }
        foreach (var stage in (scenario.Expected?.Stages ?? []).Where(stage => analytic.Stages.All(item => item.Id != stage)))
            diagnostics.Add(ScenarioRules.BadReason.At(scenario.File, scenario.Expected!.Line, scenario.Expected.Column, $"`{scenario.Name}` expects `{stage}`, which is no stage of {analytic.Uid}."));
        foreach (var name in (scenario.Expected?.Adds ?? []).Where(name => analytic.Additions.All(item => item.Name != name)))
            diagnostics.Add(ScenarioRules.BadReason.At(scenario.File, scenario.Expected!.Line, scenario.Expected.Column, $"`{scenario.Name}` expects `{name}`, which adds nothing to the score of {analytic.Uid}."));
        if (diagnostics.Count == before && scenario.Tunables.Count > 0 && For(scenario.Folder, scenario.Tunables) is null)
        {
            var why = _known[Key(scenario.Folder, scenario.Tunables)].Set.Diagnostics.First(item => item.Severity == DiagnosticSeverity.Error).Reason;
            diagnostics.Add(ScenarioRules.BadTunable.At(scenario.File, scenario.Tunables[0].Line, scenario.Tunables[0].Column, $"With these values {analytic.Uid} is refused. {why}"));
        }
        return diagnostics.Count == before;
    }

    private static (string, string) Key(string folder, IEnumerable<ScenarioTunable> tunables) =>
        (folder, string.Join('\n', tunables.OrderBy(item => item.Name, StringComparer.Ordinal).Select(item => $"{item.Name}={string.Join('\t', item.Texts)}")));

    private static string? Problem(Analytic analytic, ScenarioTunable set)
    {
        if (analytic.Tunables.FirstOrDefault(item => item.Name == set.Name) is not { } tunable) return $"{analytic.Uid} has no tunable `{set.Name}`.";
        if (TunableValue.Parse(tunable.Kind, set.Texts, out var reason) is not { } value) return $"`{set.Name}` cannot be this. {reason}";
        return tunable.Allows(value) ? null : $"`{set.Name}` lies outside its range.";
    }

    private sealed class ScenarioTuning(IReadOnlyList<ScenarioTunable> tunables) : ITuning
    {
        public TunableSetting? Find(string analytic, string name) =>
            tunables.FirstOrDefault(item => item.Name == name) is { } set ? new TunableSetting(set.Texts, "scenario") : null;
    }
}

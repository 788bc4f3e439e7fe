using Nightjar.Analytics;
using Nightjar.Analytics.InForce;
using Nightjar.Analytics.Reading;
using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Knowledge;
using Nightjar.Scenarios.Mutating;
using Nightjar.Scenarios.Reading;
using Nightjar.Scenarios.Running;

namespace Nightjar.Scenarios;

/// <summary>How scenarios are run.</summary>
public sealed record ScenarioOptions
{
    /// <summary>Runs every analytic on every scenario and lists what others than its own found. They do not decide.</summary>
    public bool AllAnalytics { get; init; }

    /// <summary>How the engine treats time and room.</summary>
    public EngineOptions Engine { get; init; } = new();
}

/// <summary>Runs the scenarios of analytics through the real engine, with near misses and equivalences derived from each that fires.</summary>
public static class ScenarioSuite
{
    private const int EnoughFires = 3;
    private const int EnoughQuiet = 5;

    /// <summary>Runs all scenarios. Deterministic: the same texts give the same report.</summary>
    /// <param name="files">Every file below the folders <c>scenarios/</c>: scenarios and golden texts.</param>
    /// <param name="analytics">The analytics, named by paths of the same root.</param>
    /// <param name="reference">The facts that analytics ask for.</param>
    /// <param name="options">How to run; null for the defaults.</param>
    public static ScenarioReport Run(IEnumerable<ScenarioSource> files, IEnumerable<AnalyticSource> analytics, ReferenceData reference, ScenarioOptions? options = null)
    {
        options ??= new ScenarioOptions();
        var stands = new Stands([.. analytics], reference, options.Engine);
        var diagnostics = stands.Defaults.Diagnostics.ToList();
        var (scenarios, goldens) = Read(files, stands, diagnostics);
        Count(stands.Defaults.Analytics, scenarios, diagnostics);
        var everything = options.AllAnalytics ? stands.Everything() : null;
        var results = new List<ScenarioResult>();
        foreach (var scenario in scenarios)
        {
            if (stands.For(scenario.Folder, scenario.Tunables) is not { } stand) continue;
            var twin = stands.Twin(scenario.Folder, scenario.Tunables);
            var golden = scenario.IsInline ? null : goldens.GetValueOrDefault(ScenarioPaths.GoldenOf(scenario.File));
            var result = new Examination(stand, twin, scenario).Run(golden, Others(everything, scenario));
            results.Add(result with { Failures = [.. result.Failures, .. new QuietCheck(stands, scenario).Failures()] });
        }
        return new ScenarioReport(results, [.. diagnostics.Order()]);
    }

    /// <summary>Reports every mistake in analytics and scenarios, and runs none.</summary>
    /// <param name="files">Every file below the folders <c>scenarios/</c>.</param>
    /// <param name="analytics">The analytics.</param>
    /// <param name="reference">The facts that analytics ask for.</param>
    public static IReadOnlyList<Diagnostic> Check(IEnumerable<ScenarioSource> files, IEnumerable<AnalyticSource> analytics, ReferenceData reference)
    {
        var stands = new Stands([.. analytics], reference, new EngineOptions());
        var diagnostics = stands.Defaults.Diagnostics.ToList();
        var (scenarios, _) = Read(files, stands, diagnostics);
        Count(stands.Defaults.Analytics, scenarios, diagnostics);
        return [.. diagnostics.Order()];
    }

    /// <summary>Changes analytics piece by piece and asks which changes no scenario notices.</summary>
    /// <param name="files">Every file below the folders <c>scenarios/</c>.</param>
    /// <param name="analytics">The analytics; only those that have scenarios are changed.</param>
    /// <param name="reference">The facts that analytics ask for.</param>
    /// <param name="options">How to run; null for the defaults.</param>
    public static MutationReport Mutate(IEnumerable<ScenarioSource> files, IEnumerable<AnalyticSource> analytics, ReferenceData reference, ScenarioOptions? options = null)
    {
        var (results, diagnostics) = OfEach(files, analytics, reference, options, (stands, folder, own, compiled) => new MutationRun(stands, folder, own).Run(compiled));
        return new MutationReport(results, diagnostics);
    }

    /// <summary>Sets each tunable otherwise and asks which scenario's verdict or score changes.</summary>
    /// <param name="files">Every file below the folders <c>scenarios/</c>.</param>
    /// <param name="analytics">The analytics; only those that have scenarios are changed.</param>
    /// <param name="reference">The facts that analytics ask for.</param>
    /// <param name="options">How to run; null for the defaults.</param>
    public static IReadOnlyList<TunableEffect> Tune(IEnumerable<ScenarioSource> files, IEnumerable<AnalyticSource> analytics, ReferenceData reference, ScenarioOptions? options = null) =>
        OfEach(files, analytics, reference, options, (stands, folder, own, compiled) => new TunableRun(stands, folder, own).Run(compiled)).Results;

    /// <summary>Runs the scenarios of one analytic that must fire, each with a policy of the caller's. Those with mistakes are left out; they are told elsewhere.</summary>
    internal static void Fire(
        IEnumerable<ScenarioSource> files, AnalyticSource source, ReferenceData reference,
        Action<Scenario, Analytic, SymbolTable, Func<IPolicyInForce, IReadOnlyList<Finding>>> each)
    {
        var folder = ScenarioPaths.FolderOf(source.Path);
        var stands = new Stands([source], reference, new EngineOptions());
        var (scenarios, _) = Read(files.Where(file => ScenarioPaths.FolderOf(file.Path) == folder), stands, []);
        foreach (var scenario in scenarios.Where(item => item.Kind == ScenarioKind.Fires))
        {
            if (stands.For(scenario.Folder, scenario.Tunables) is not { } stand || stand.Of(folder) is not { } analytic) continue;
            each(scenario, analytic, stand.Symbols, policy => stand.Run(Trial.Of(scenario), analytic, policy));
        }
    }

    private static (List<T> Results, IReadOnlyList<Diagnostic> Diagnostics) OfEach<T>(
        IEnumerable<ScenarioSource> files, IEnumerable<AnalyticSource> analytics, ReferenceData reference, ScenarioOptions? options,
        Func<Stands, string, List<Scenario>, Analytic, IEnumerable<T>> run)
    {
        var stands = new Stands([.. analytics], reference, (options ?? new ScenarioOptions()).Engine);
        var diagnostics = stands.Defaults.Diagnostics.ToList();
        var (scenarios, _) = Read(files, stands, diagnostics);
        var results = new List<T>();
        foreach (var analytic in stands.Defaults.Analytics)
        {
            var folder = ScenarioPaths.FolderOf(analytic.File);
            var own = scenarios.Where(item => item.Folder == folder).ToList();
            if (own.Count > 0 && stands.For(folder, [])?.Of(folder) is { } compiled) results.AddRange(run(stands, folder, own, compiled));
        }
        return (results, [.. diagnostics.Order()]);
    }

    /// <summary>The scenarios without a mistake, and the golden texts by path.</summary>
    internal static (List<Scenario> Scenarios, Dictionary<string, string> Goldens) Read(IEnumerable<ScenarioSource> files, Stands stands, List<Diagnostic> diagnostics)
    {
        var scenarios = new List<Scenario>();
        var goldens = new Dictionary<string, string>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            if (file.Path.EndsWith(ScenarioPaths.Golden, StringComparison.Ordinal))
            {
                goldens[file.Path] = file.Text;
                continue;
            }
            names.Add(file.Path);
            if (!file.Path.EndsWith(".yml", StringComparison.Ordinal))
                diagnostics.Add(ScenarioRules.BadFileName.At(file.Path, 1, 1, $"`{ScenarioPaths.NameOf(file.Path)}` is neither a scenario nor a golden text."));
            else if (ScenarioReading.Read(file, diagnostics) is { } scenario && Belongs(scenario, stands, diagnostics)) scenarios.Add(scenario);
        }
        foreach (var source in stands.Sources)
            scenarios.AddRange(ScenarioReading.ReadInline(source.Path, source.Text, diagnostics).Where(scenario => Belongs(scenario, stands, diagnostics)));
        foreach (var twice in scenarios.GroupBy(item => (item.Folder, item.Name)).Where(group => group.Count() > 1).Select(group => group.Last()))
            diagnostics.Add(ScenarioRules.NameTwice.At(twice.File, 1, 1, $"`{twice.Name}` is the name of another scenario too."));
        foreach (var golden in goldens.Keys.Where(golden => !names.Contains(ScenarioPaths.ScenarioOf(golden))))
            diagnostics.Add(ScenarioRules.OrphanGolden.At(golden, 1, 1, "There is no scenario of this name."));
        return ([.. scenarios.OrderBy(item => item.File, StringComparer.Ordinal).ThenBy(item => item.Name, StringComparer.Ordinal)], goldens);
    }

    private static bool Belongs(Scenario scenario, Stands stands, List<Diagnostic> diagnostics)
    {
        if (stands.Defaults.Analytics.Any(item => ScenarioPaths.FolderOf(item.File) == scenario.Folder)) return stands.Check(scenario, diagnostics);
        // The mistakes of the analytic around it are told already.
        if (scenario.IsInline) return false;
        diagnostics.Add(ScenarioRules.NoAnalytic.At(scenario.File, 1, 1, $"There is no analytic without mistakes in `{scenario.Folder}`."));
        return false;
    }

    private static void Count(IEnumerable<Analytic> analytics, List<Scenario> scenarios, List<Diagnostic> diagnostics)
    {
        foreach (var analytic in analytics)
        {
            var own = scenarios.Where(item => item.Folder == ScenarioPaths.FolderOf(analytic.File)).ToList();
            var fires = own.Count(item => item.Kind == ScenarioKind.Fires);
            if (fires >= EnoughFires && own.Count - fires >= EnoughQuiet) continue;
            diagnostics.Add(Rules.MissingScenario.At(analytic.File, 1, 1, $"It has {fires} that fire and {own.Count - fires} that are quiet.",
                $"At least {EnoughFires} should fire and {EnoughQuiet} be quiet."));
        }
    }

    private static IReadOnlyList<Finding> Others(Stand? everything, Scenario scenario)
    {
        if (everything?.Of(scenario.Folder) is not { } own) return [];
        var others = everything.Analytics.Where(item => item.Uid != own.Uid).ToList();
        return others.Count == 0 ? [] : everything.Run(Trial.Of(scenario), others);
    }
}

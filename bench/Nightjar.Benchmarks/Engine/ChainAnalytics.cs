using System.Globalization;
using Nightjar.Analytics;
using Nightjar.Analytics.Tuning;
using Nightjar.Events;
using Nightjar.Knowledge;

namespace Nightjar.Benchmarks.Engine;

/// <summary>The analytics that are measured over a <see cref="ChainStream"/>: download, write, load within a window.</summary>
internal static class ChainAnalytics
{
    public static readonly TimeSpan Suppress = TimeSpan.FromSeconds(10);

    /// <summary>The one of every kind of chain: what the hand-coded loop answers too.</summary>
    public static Analytic One(SymbolTable symbols) => Load(symbols, [Text("ONE", TimeSpan.FromSeconds(60), "", "", "")])[0];

    /// <summary>A hundred, each for a kind of chain of its own, with conditions of four forms and windows of their own.</summary>
    public static IReadOnlyList<Analytic> Hundred(SymbolTable symbols) => Load(symbols, Enumerable.Range(0, ChainStream.Kinds).Select(OfKind));

    /// <summary>How long a chain of a kind may take for its analytic among the hundred.</summary>
    public static TimeSpan WindowOf(int kind) => TimeSpan.FromSeconds(40 + kind % 5 * 10);

    /// <summary>The shape of an inner value_count: at least so many different hosts within the window.</summary>
    public static Analytic Distinct(SymbolTable symbols, int atLeast, TimeSpan window) => Load(symbols, [string.Create(CultureInfo.InvariantCulture, $$"""
        title: Many hosts
        status: test
        level: high
        logsource: {product: android}
        analytic:
          uid: MANY
          version: 1.0.0
          within: {{window.TotalSeconds}}s
          suppress: 10s
          stages:
            - id: flow
              detection: {s: {class_uid: 4001}, condition: s}
          require:
            - {stage: flow, distinct: {of: dst_endpoint.hostname, at_least: {{atLeast}} } }
          limits: {partials_per_key: 10000}
          score: {base: 60}
          finding: {title: "{app}", description: "{state}"}
        """)])[0];

    public static IReadOnlyList<Analytic> Shipped(SymbolTable symbols, string repository) =>
        Loaded(symbols, Directory.EnumerateFiles(Path.Combine(repository, "analytics"), "analytic.yml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(file => new AnalyticSource(file, File.ReadAllText(file))));

    private static IReadOnlyList<Analytic> Load(SymbolTable symbols, IEnumerable<string> texts) =>
        Loaded(symbols, texts.Select((text, number) => new AnalyticSource($"bench/{number}.yml", text)));

    private static IReadOnlyList<Analytic> Loaded(SymbolTable symbols, IEnumerable<AnalyticSource> sources)
    {
        var set = AnalyticLoader.Load(sources, symbols, ReferenceData.Shipped, DefaultTuning.Instance);
        return set.HasErrors ? throw new InvalidOperationException(string.Join('\n', set.Diagnostics)) : set.Analytics;
    }

    private static string OfKind(int kind)
    {
        var number = kind.ToString("d2", CultureInfo.InvariantCulture);
        var (download, write, load) = (kind % 4) switch
        {
            0 => ($", dst_endpoint.hostname|endswith: .cdn{number}.example", $", file.path|contains: /stage{number}/", $", module.file.path|contains: /stage{number}/"),
            1 => ($", dst_endpoint.hostname|re: '[.]cdn{number}[.]example$'", $", file.path|re: '/stage{number}/f[0-9]+[.]dex$'", $", module.file.path|contains: /stage{number}/"),
            2 => ($", dst_endpoint.hostname|contains: .cdn{number}.", $", file.path|contains: files/stage{number}/", $", module.file.path|re: '^/data/.*/stage{number}/'"),
            _ => ($", dst_endpoint.hostname|re: '^h[0-9]+[.]cdn{number}[.]'", $", file.path|contains: /stage{number}/, file.size|gte: 0", $", module.file.path|endswith: .dex, module.file.path|contains: /stage{number}/"),
        };
        return Text($"K{number}", WindowOf(kind), download, write, load);
    }

    private static string Text(string uid, TimeSpan window, string download, string write, string load) => string.Create(CultureInfo.InvariantCulture, $$"""
        title: Download, write, load {{uid}}
        status: test
        level: high
        logsource: {product: android}
        analytic:
          uid: {{uid}}
          version: 1.0.0
          within: {{window.TotalSeconds}}s
          suppress: {{Suppress.TotalSeconds}}s
          stages:
            - id: download
              detection: {s: {class_uid: 4001{{download}} }, condition: s}
              where: traffic.bytes_in >= 4096
            - id: write
              detection: {s: {class_uid: 1001, activity_id: 1{{write}} }, condition: s}
            - id: load
              detection: {s: {class_uid: 1005, activity_id: 1{{load}} }, condition: s}
          score: {base: 60}
          finding: {title: "{app}", description: "{state}"}
        """);
}

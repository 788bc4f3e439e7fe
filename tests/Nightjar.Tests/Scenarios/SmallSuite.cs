using Nightjar.Analytics;
using Nightjar.Knowledge;
using Nightjar.Scenarios;

namespace Nightjar.Tests.Scenarios;

/// <summary>An analytic of two stages, and suites of a few scenarios for it.</summary>
internal static class SmallSuite
{
    public const string Head = "title: What happens\nreason: Because.\ndefaults: {app: com.example.torch}\n";

    public const string WriteThenLoad = Head + """
        events: |
          +0 file_create file.path=/data/user/0/com.example.torch/files/a.dex
          +1 load module.file.path=/data/data/com.example.torch/files/a.dex module.type=dex
        """;

    /// <param name="where">A condition of the load.</param>
    /// <param name="rest">Further keys of <c>analytic:</c>, indented by two.</param>
    public static AnalyticSource Analytic(string where = "module.file.path == write.file.path", string rest = "") => new("small/analytic.yml", $$"""
        title: Small
        status: test
        level: high
        logsource: {product: android}
        analytic:
          uid: T1
          version: 1.0.0
          within: Window
          tunables:
            Window: {type: duration, default: 60s, max: 1h, description: How long.}
          stages:
            - id: write
              detection: {s: {class_uid: 1001, activity_id: 1}, condition: s}
            - id: load
              detection: {s: {class_uid: 1005, activity_id: 1}, condition: s}
              where: {{where}}
        {{rest}}
          score: {base: 60}
          finding: {title: "{app} loaded {load.module.file.path}", description: "{state}"}
        """);

    public static ScenarioReport Run(AnalyticSource analytic, params (string Name, string Text)[] files) =>
        ScenarioSuite.Run(files.Select(Source), [analytic], ReferenceData.Shipped);

    public static MutationReport Mutate(AnalyticSource analytic, params (string Name, string Text)[] files) =>
        ScenarioSuite.Mutate(files.Select(Source), [analytic], ReferenceData.Shipped);

    /// <summary>The one result of one scenario.</summary>
    public static ScenarioResult One(string name, string text, AnalyticSource? analytic = null) => Run(analytic ?? Analytic(), (name, text)).Results.Single();

    /// <summary>Errors as <c>line:column code reason</c>.</summary>
    public static IReadOnlyList<string> Mistakes(string text, string name = "quiet-a.yml") =>
        [.. Run(Analytic(), (name, text)).Diagnostics.Where(item => item.Severity == DiagnosticSeverity.Error).Select(item => $"{item.Line}:{item.Column} {item.Code} {item.Reason}")];

    private static ScenarioSource Source((string Name, string Text) file) => new("small/scenarios/" + file.Name, file.Text);
}

using System.Text;
using Nightjar.Analytics;
using Nightjar.Analytics.Tuning;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Policies;
using Nightjar.Tests.House;

namespace Nightjar.Tests.Policies;

/// <summary>A policy without mistakes, and the ways to read one.</summary>
internal static class SomePolicy
{
    public const string Good =
        """
        policy: acme
        groups:
          lab: {telemetry_groups: [lab]}
          phones: {platforms: [android]}
        apps:
        - app: com.acme.sync
          roles: [file_sync]
          approved: true
        allow:
        - roles: [file_sync]
          service_classes: [cloud_storage]
        tunables:
        - analytics: [AN1848]
          groups: [lab]
          set:
            TimeWindow: 10m
        - analytics: AN1848
          groups: [phones]
          apps: [com.acme.sync]
          set: {IngressBytesThreshold: 64KiB}
        baseline: {half_life: 20d}
        exceptions:
        - id: sync-1
          analytics: [AN1848]
          apps: [com.acme.sync]
          destinations: [acme.example]
          reason: It brings its own updates.
          owner: mobile@acme.example
          created: 2026-01-01
          expires: 2027-01-01
        """;

    private static readonly IReadOnlyList<AnalyticSource> Sources =
        [.. Repository.FilesUnder("analytics", "/analytic.yml").Select(path => new AnalyticSource(path, Repository.Read(path)))];

    /// <summary>The analytics of the repository, with their defaults.</summary>
    public static IReadOnlyList<Analytic> Analytics { get; } = AnalyticLoader.Load(Sources, new SymbolTable(), ReferenceData.Shipped, DefaultTuning.Instance).Analytics;

    public static PolicyReading Read(string text) => PolicyReader.Read(new PolicySource("policy.yml", Encoding.UTF8.GetBytes(text)), ReferenceData.Shipped);

    /// <summary>Every mistake, those against the analytics among them.</summary>
    public static IReadOnlyList<Diagnostic> Mistakes(string text)
    {
        var reading = Read(text);
        return reading.Policy is null ? reading.Diagnostics : [.. reading.Diagnostics, .. PolicyBinding.Bind(reading.Policy, Analytics, [], ReferenceData.Shipped).Diagnostics];
    }

    public static BoundPolicy Bind(string text) => PolicyBinding.Bind(Read(text).Policy!, Analytics, [], ReferenceData.Shipped).Bound;
}

using System.Text;
using Nightjar.Analytics;
using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Knowledge;
using Nightjar.Policies;
using Nightjar.Tests.Engine;
using Xunit;

namespace Nightjar.Tests.Policies;

/// <summary>What a policy does to the findings of an engine.</summary>
public sealed class PolicyEngineTests
{
    private const string A = "com.example.a";
    private const string B = "com.example.b";
    private const string Signer = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b";

    private const string Analytic =
        """
        title: Much comes in
        status: test
        level: high
        logsource: {product: android}
        analytic:
          uid: P1
          version: 1.0.0
          key: [device, app]
          within: Window
          suppress: 1m
          tunables:
            Window: {type: duration, default: 10s, description: How long.}
            Least: {type: bytes, default: 10KiB, description: How much.}
          stages:
            - id: flow
              detection: {s: {class_uid: 4001}, condition: s}
              where: [traffic.bytes_in >= Least, maybe(not permitted(destination))]
          score:
            base: 60
            add:
              - {name: unmanaged, points: 5, reason: it is not managed, when: not is_managed_app}
              - {name: browser, points: 7, reason: it is a browser, when: "roles(app) in [browser]"}
              - {name: refused, points: 11, reason: nobody approved it, when: not approved()}
          finding: {title: "{app}", description: "{state}"}
        """;

    private readonly SymbolTable _symbols = new();
    private readonly EventLine _line;
    private PolicyInForce? _policy;

    public PolicyEngineTests() => _line = new EventLine(_symbols);

    [Fact]
    public void A_value_for_an_app_holds_for_that_app_and_the_finding_names_the_entry()
    {
        Flow(0, A, 5000).Flow(0, B, 5000);
        var (reported, _) = Run($"tunables:\n- analytics: [P1]\n  apps: [{A}]\n  set: {{Least: 1KiB}}");
        var finding = Assert.Single(reported);
        Assert.Equal(A, finding.App);
        Assert.Equal(new TunableInForce("Least", "1KiB", $"policy.yml:5 (app {A})"), finding.Tunables.Single(item => item.Name == "Least"));
        Assert.Equal("default", finding.Tunables.Single(item => item.Name == "Window").Origin);
    }

    [Fact]
    public void A_value_for_everything_is_told_with_its_line()
    {
        Flow(0, A, 5000);
        Assert.Equal("policy.yml:2", Assert.Single(Run("tunables: [{analytics: all, set: {least: 1KiB}}]").Reported).Tunables.Single(item => item.Name == "Least").Origin);
    }

    [Fact]
    public void A_value_for_a_group_holds_from_the_event_on_that_tells_of_the_group()
    {
        Flow(0, A, 5000).Flow(100, A, 5000, (FieldId.DeviceGroups, new[] { "lab-3" })).Flow(300, A, 5000);
        var (reported, _) = Run("groups: {lab: {telemetry_groups: ['lab-*']}}\ntunables: [{analytics: [P1], groups: [lab], set: {Least: 1KiB}}]");
        Assert.Equal([100.0, 300.0], reported.Select(Seconds));
    }

    [Fact]
    public void A_wider_window_of_one_app_delays_no_other()
    {
        Flow(0, A, 20_000).Flow(0, B, 20_000);
        var engine = Engine($"tunables: [{{analytics: [P1], apps: [{A}], set: {{Window: 5m}}}}]");
        engine.Process(_line.Batch());
        engine.Advance(EventLine.Start + TimeSpan.FromSeconds(120));
        Assert.Equal(B, Assert.Single(engine.TakeFindings()).App);
        engine.Complete();
        Assert.Equal(A, Assert.Single(engine.TakeFindings()).App);
    }

    [Fact]
    public void What_an_exception_covers_is_hidden_and_kept()
    {
        Flow(0, A, 20_000).Flow(0, B, 20_000);
        var (reported, hidden) = Run(Exceptions($"apps: [{A}]", $"apps: ['com.example.*'], destinations: [host.example]"));
        Assert.Empty(reported);
        Assert.Equal([(A, "x1 x2"), (B, "x2")], hidden.Select(item => (item.App!, string.Join(' ', item.HiddenBy))).Order());
        var account = PolicyAccounts.Of(_policy!.Policy, reported, hidden);
        Assert.Equal(2, account.Hidden);
        Assert.Equal([("x1", 1, 0), ("x2", 2, 1)], account.Exceptions.Select(item => (item.Id, item.Hidden, item.HiddenAlone)));
    }

    [Fact]
    public void An_expired_exception_stops_hiding_at_its_time()
    {
        Flow(3599, A, 20_000).Flow(3600, A, 20_000).Flow(3700, A, 20_000);
        var (reported, hidden) = Run(Exceptions($"apps: [{A}]").Replace("2027-01-01", "2026-03-02T11:00:00Z", StringComparison.Ordinal));
        Assert.Equal([3599.0], hidden.Select(Seconds));
        Assert.Equal([3600.0, 3700.0], reported.Select(Seconds));
        Assert.All(reported, item => Assert.Equal(["x1"], item.ExpiredExceptions));
        Assert.Contains("The exception 'x1' would have hidden this and had expired.", reported[0].Notes);
        var told = Assert.Single(PolicyAccounts.Of(_policy!.Policy, reported, hidden).Exceptions);
        Assert.Equal((1, 2, reported[1].End), (told.Hidden, told.MissedAfterExpiry, told.LastMissed));
    }

    [Fact]
    public void What_is_covered_swallows_nothing_that_is_not()
    {
        Flow(0, A, 20_000).Flow(1, A, 20_000, (FieldId.DstHostname, "other.test")).Flow(2, A, 20_000);
        var (reported, hidden) = Run(Exceptions("destinations: [host.example]"));
        Assert.Equal([1.0], reported.Select(Seconds));
        Assert.Equal(2, Assert.Single(hidden).Count);
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(Signer, 1)]
    [InlineData("d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35", 0)]
    public void A_signer_that_nobody_told_is_not_the_one(string? told, int hidden)
    {
        if (told is not null) _line.Add(-60, EventClass.ApplicationLifecycle, 1, A, "android:MDMLog", (FieldId.AppSigner, told));
        Flow(0, A, 20_000);
        Assert.Equal(hidden, Run(Exceptions($"apps: [{A}], signer: {Signer}")).Hidden.Count);
    }

    [Theory]
    [InlineData("- {apps: [com.example.a], destinations: [host.example]}", 1)]
    [InlineData("- {groups: [lab], destinations: [host.example]}", 2)]
    [InlineData("- {groups: [here], destinations: [host.example]}", 0)]
    [InlineData("- {roles: [file_sync], destinations: [host.example]}", 1)]
    [InlineData("- {roles: [browser], destinations: [host.example]}", 2)]
    [InlineData("- {apps: [com.example.a], destinations: [ost.example]}", 2)]
    public void An_allowance_is_for_those_that_it_names(string entry, int findings)
    {
        Flow(0, A, 20_000).Flow(0, B, 20_000);
        Assert.Equal(findings, Run($"groups: {{lab: {{devices: [phone-2]}}, here: {{devices: ['phone-*'], platforms: [android]}}}}\napps: [{{app: {A}, roles: [file_sync]}}]\nallow:\n{entry}").Reported.Count);
    }

    [Fact]
    public void Roles_management_and_approval_come_from_the_policy_where_telemetry_is_silent()
    {
        Flow(0, A, 20_000).Flow(0, B, 20_000);
        var (reported, _) = Run($"apps: [{{app: {A}, roles: [browser], managed: false, approved: true}}]\nunlisted_apps: {{approved: false}}");
        Assert.Equal(60 + 5 + 7, reported.Single(item => item.App == A).Score);
        Assert.Equal(60 + 11, reported.Single(item => item.App == B).Score);
        Assert.Equal(new ContextFact("is_managed_app", "false", "the policy"), reported.Single(item => item.App == A).Context.Single(fact => fact.Name == "is_managed_app"));
    }

    [Fact]
    public void The_store_category_gives_a_role_where_nobody_wrote_one_down()
    {
        _line.Add(-60, EventClass.ApplicationLifecycle, 1, A, "android:MDMLog", (FieldId.AppCategory, "COMMUNICATION"));
        Flow(0, A, 20_000);
        Assert.Empty(Run("allow: [{roles: [messaging], destinations: [host.example]}]").Reported);
    }

    private PolicyEngineTests Flow(double at, string app, long bytes, params (FieldId, object)[] more)
    {
        (FieldId, object)[] own = more.Any(item => item.Item1 == FieldId.DstHostname) ? [] : [(FieldId.DstHostname, "files.host.example")];
        _line.Add(at, EventClass.NetworkActivity, 6, app, "NSM:Flow", [(FieldId.BytesIn, bytes), .. own, .. more]);
        return this;
    }

    private static string Exceptions(params string[] scopes) => "exceptions:\n" + string.Join('\n', scopes.Select((scope, index) =>
        $"- {{id: x{index + 1}, analytics: [P1], {scope}, reason: known, owner: us, created: 2026-01-01, expires: 2027-01-01}}"));

    private static double Seconds(Finding finding) => (finding.Start - EventLine.Start).TotalSeconds;

    private (IReadOnlyList<Finding> Reported, IReadOnlyList<Finding> Hidden) Run(string policy)
    {
        var engine = Engine(policy);
        engine.Process(_line.Batch());
        engine.Complete();
        return (engine.TakeFindings(), engine.TakeHidden());
    }

    private DetectionEngine Engine(string policy)
    {
        var reading = PolicyReader.Read(new PolicySource("policy.yml", Encoding.UTF8.GetBytes("policy: test\n" + policy)), ReferenceData.Shipped);
        Assert.True(reading.Policy is not null, string.Join('\n', reading.Diagnostics));
        var load = PolicyLoader.Load(reading.Policy, [new AnalyticSource("p1.yml", Analytic)], _symbols, ReferenceData.Shipped);
        Assert.True(load.InForce is not null, string.Join('\n', load.Diagnostics.Concat(load.Analytics.Diagnostics)));
        _policy = load.InForce;
        return new DetectionEngine(new EngineOptions(), load.Analytics.Analytics, _symbols, (file, position) => $"{file}:{position}", load.InForce);
    }
}

using System.Reflection;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Policies;
using Nightjar.Policies.Reading;
using Xunit;

namespace Nightjar.Tests.Policies;

/// <summary>Each mistake of a policy has its number, its place and its words.</summary>
public sealed class PolicyDiagnosticsTests
{
    private const string Exception = "- id: sync-1\n  analytics: [AN1848]\n  apps: [com.acme.sync]\n  destinations: [acme.example]\n  reason: It brings its own updates.\n";

    /// <summary>What is written instead of what, and which mistake that is at which line.</summary>
    public static TheoryData<string, string, string, int> Mistakes => new()
    {
        { "policy: acme", "policy: a: b", "NJ5002", 1 },
        { "policy: acme", "policy: &a acme", "NJ5003", 1 },
        { "baseline: {half_life: 20d}", "policy: again", "NJ5004", 21 },
        { "policy: acme", "policy: [acme]", "NJ5005", 1 },
        { "policy: acme\n", "", "NJ5006", 1 },
        { "  owner: mobile@acme.example\n", "", "NJ5006", 23 },
        { "  reason: It brings its own updates.\n", "", "NJ5006", 23 },
        { "  expires: 2027-01-01", "", "NJ5006", 23 },
        { "policy: acme", "policy: acme\nexeptions: []", "NJ5007", 2 },
        { "  destinations: [acme.example]\n", "  destinaton: [acme.example]\n", "NJ5007", 26 },
        { "expires: 2027-01-01", "expires: next year", "NJ5008", 30 },
        { "half_life: 20d", "half_life: 20", "NJ5008", 21 },
        { "half_life: 20d", "fleet_devices: 40", "NJ5008", 21 },
        { "platforms: [android]", "platforms: [symbian]", "NJ5008", 4 },
        { "app: com.acme.sync", "app: com.acme.sync\n  signer: abc", "NJ5008", 7 },
        { "destinations: [acme.example]", "destinations: ['https://acme.example/']", "NJ5008", 26 },
        { "destinations: [acme.example]", "paths: [cache/]", "NJ5008", 26 },
        { Exception, Exception + "  owner: me\n  created: 2026-01-01\n  expires: 2027-01-01\n" + Exception.Replace("acme.example", "b.example", StringComparison.Ordinal), "NJ5009", 31 },
        { "- analytics: [AN1848]", "- analytics: [AN1884]", "NJ5010", 13 },
        { "  analytics: [AN1848]\n  apps", "  analytics: [AN0001]\n  apps", "NJ5010", 23 },
        { "TimeWindow: 10m", "TimeWindw: 10m", "NJ5011", 16 },
        { "roles: [file_sync]\n  approved", "roles: [file_synch]\n  approved", "NJ5012", 7 },
        { "service_classes: [cloud_storage]", "service_classes: [cloud_store]", "NJ5013", 11 },
        { "groups: [lab]", "groups: [labs]", "NJ5014", 14 },
        { "TimeWindow: 10m", "TimeWindow: 10", "NJ5015", 16 },
        { "TimeWindow: 10m", "TimeWindow: 90d", "NJ5016", 16 },
        { "lab: {telemetry_groups: [lab]}", "lab: {}", "NJ5020", 3 },
        { "  roles: [file_sync]\n  approved: true\n", "", "NJ5020", 6 },
        { "  service_classes: [cloud_storage]\n", "", "NJ5020", 10 },
        { "    TimeWindow: 10m", "    TimeWindow: 10m\n- {analytics: [AN1848], groups: [lab], set: {TimeWindowSeconds: 2m}}", "NJ5021", 17 },
        { "  approved: true", "  approved: true\n- {app: com.acme.sync, approved: false}", "NJ5021", 9 },
        { "    TimeWindow: 10m", "    TimeWindow: 10m\n- {analytics: [AN1848], groups: [phones], set: {TimeWindow: 2m}}", "NJ5022", 17 },
        { "    TimeWindow: 10m", "    TimeWindow: 10m\n- {analytics: [AN1848], groups: [lab], set: {TimeWindow: 10m}}", "NJ5023", 17 },
        { "  service_classes: [cloud_storage]", "  service_classes: [cloud_storage]\n- {apps: [com.acme.sync], roles: [file_sync], service_classes: [cloud_storage]}", "NJ5023", 12 },
        { "analytics: AN1848\n  groups: [phones]", "analytics: AN1771\n  groups: [phones]", "NJ5024", 17 },
        { "- roles: [file_sync]\n", "- {apps: [com.acme.sync], roles: [browser], service_classes: [paste]}\n- roles: [file_sync]\n", "NJ5024", 10 },
        { "policy: acme\ngroups:", "policy: acme\ngroups:\n  spare: {managed: true}", "NJ5025", 3 },
        { "  apps: [com.acme.sync]\n  destinations: [acme.example]\n", "", "NJ5030", 23 },
        { "  apps: [com.acme.sync]\n  destinations: [acme.example]\n", "  destinations: ['*']\n", "NJ5030", 23 },
        { "destinations: [acme.example]", "destinations: [amazonaws.com]", "NJ5031", 23 },
        { "destinations: [acme.example]", "destinations: [googleapis.com]", "NJ5031", 23 },
        { "destinations: [acme.example]", "destinations: [co.uk]", "NJ5031", 23 },
        { "apps: [com.acme.sync]\n  destinations", "apps: ['com.*']\n  destinations", "NJ5031", 23 },
        { "created: 2026-01-01", "created: 2028-01-01", "NJ5032", 23 },
    };

    [Fact]
    public void A_good_policy_has_none() => Assert.Empty(SomePolicy.Mistakes(SomePolicy.Good));

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_told_with_its_place(string what, string instead, string code, int line)
    {
        Assert.Contains(what, SomePolicy.Good, StringComparison.Ordinal);
        var diagnostics = SomePolicy.Mistakes(SomePolicy.Good.Replace(what, instead, StringComparison.Ordinal));
        Assert.Contains(diagnostics, item => item.Code == code && item.Line == line && item.File == "policy.yml");
    }

    [Fact]
    public void Several_are_told_at_once()
    {
        var text = SomePolicy.Good.Replace("[cloud_storage]", "[cloud]", StringComparison.Ordinal).Replace("platforms: [android]", "platforms: [x]", StringComparison.Ordinal).Replace("half_life", "halflife", StringComparison.Ordinal);
        Assert.Equal(["NJ5008", "NJ5013", "NJ5007"], SomePolicy.Mistakes(text).Where(item => item.Severity == DiagnosticSeverity.Error).Select(item => item.Code));
    }

    [Fact]
    public void A_name_that_is_nearly_right_is_guessed() =>
        Assert.Contains(SomePolicy.Mistakes(SomePolicy.Good.Replace("TimeWindow: 10m", "TimeWindw: 10m", StringComparison.Ordinal)), item => item.Hint == "Did you mean `TimeWindow`?");

    [Theory]
    [InlineData("2026-12-31", "NJ5034")]
    [InlineData("2027-01-01", "NJ5033")]
    [InlineData("2026-06-01", "")]
    public void The_day_decides_what_has_expired(string at, string code)
    {
        var told = PolicyDates.At(SomePolicy.Read(SomePolicy.Good).Policy!, DateText.Parse(at)!.Value);
        Assert.Equal(code.Length == 0 ? [] : [code], told.Select(item => item.Code));
    }

    [Fact]
    public void Every_number_is_tested()
    {
        var numbers = typeof(PolicyRules).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<DiagnosticRule>().Select(rule => rule.Code);
        // Too large a text, and the days, have tests of their own.
        Assert.Empty(numbers.Except(Mistakes.Select(row => row.Data.Item3)).Except(["NJ5001", "NJ5033", "NJ5034"]));
    }

    [Fact]
    public void A_text_that_is_too_large_is_not_read() => Assert.Equal("NJ5001", Assert.Single(SomePolicy.Mistakes(new string('#', (4 << 20) + 1))).Code);

    /// <summary>Whatever is cut out of a policy or put into it, reading returns.</summary>
    [Fact]
    public void No_content_makes_it_throw()
    {
        var random = new Random(5);
        for (var i = 0; i < 300; i++)
        {
            var (from, length) = (random.Next(SomePolicy.Good.Length), random.Next(60));
            var text = SomePolicy.Good.Remove(from, Math.Min(length, SomePolicy.Good.Length - from)).Insert(from, i % 2 == 0 ? "" : new string("[]{}:*-\n x"[random.Next(10)], random.Next(4)));
            SomePolicy.Mistakes(text);
        }
    }
}

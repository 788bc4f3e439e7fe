using System.Globalization;
using System.Text;
using Nightjar.Events;
using Xunit;

namespace Nightjar.Tests.Inquiry;

/// <summary>Engine and evaluator agree under drawn policies too: values for some apps and devices, exceptions that hold, end and overlap.</summary>
public sealed class PolicyAgreementTests
{
    private const int Cases = 1500;

    private readonly Bench _bench = new();

    [Fact]
    public void The_engine_and_the_evaluator_say_the_same_under_a_policy()
    {
        var (loaded, hidden, expired, changed) = (0, 0, 0, 0);
        for (var seed = 0; seed < Cases; seed++)
        {
            var item = new Drawing(seed).Case();
            var drawing = new PolicyDrawing(seed);
            var stream = drawing.Told(item.Stream);
            var policy = drawing.Policy(item.Analytic.ToYaml());
            if (_bench.Load(item.Analytic, policy, out _) is not { } analytic) continue;
            loaded++;
            var engine = _bench.ByEngine(analytic, stream);
            var evaluator = _bench.ByEvaluator(analytic, stream);
            Assert.True(engine == evaluator, $"seed {seed}\n{policy}\n{item with { Stream = stream }}\nThe engine says:\n{engine}\nThe evaluator says:\n{evaluator}");
            if (engine.Contains("hidden by [x", StringComparison.Ordinal)) hidden++;
            if (engine.Contains("expired [x", StringComparison.Ordinal)) expired++;
            _bench.Policy = null;
            if (_bench.Load(item.Analytic, out _) is { } plain && _bench.ByEngine(plain, stream) != engine) changed++;
        }
        Assert.True(loaded > Cases / 2 && hidden > 60 && expired > 40 && changed > 150, $"{loaded} loaded, {hidden} hide, {expired} expired, {changed} changed");
    }
}

/// <summary>Draws policies, and events that tell of groups and management, from a seed of its own.</summary>
internal sealed class PolicyDrawing(int seed)
{
    private static readonly string[] Scopes = ["apps: [com.a]", "apps: ['com.*']", "groups: [lab]", "groups: [second]", "groups: [managed]", "apps: [com.a], groups: [lab]", "apps: [com.b], groups: [managed]", ""];

    private readonly Random _random = new(seed * 31 + 7);

    /// <summary>The stream with a word on groups and management here and there.</summary>
    public StreamModel Told(StreamModel stream) => stream with
    {
        Events = [.. stream.Events.Select(item => item with
        {
            DeviceGroup = Chance(15) ? Of("lab", "office") : "", IsManagedDevice = Chance(20) ? Of(Tri.True, Tri.False) : Tri.Unknown,
        })],
    };

    public string Policy(string analytic)
    {
        var text = new StringBuilder("policy: drawn\ngroups:\n  lab: {telemetry_groups: [lab]}\n  second: {devices: [d2]}\n  managed: {managed: true}\ntunables:\n");
        foreach (var scope in Scopes.OrderBy(_ => _random.Next()).Take(1 + _random.Next(4))) text.Append(CultureInfo.InvariantCulture, $"- {{analytics: [D1], {Ended(scope)}set: {{{Values(analytic)}}}}}\n");
        text.Append("exceptions:\n");
        for (var i = 1 + _random.Next(3); i > 0; i--) text.Append(CultureInfo.InvariantCulture, $"- {{id: x{i}, analytics: {Of("all", "[D1]")}, {Exception()}, reason: known, owner: us, created: 2025-01-01, expires: {Expires()}}}\n");
        return text.ToString();
    }

    private static string Ended(string scope) => scope.Length == 0 ? "" : scope + ", ";

    private string Values(string analytic)
    {
        List<string> values = [$"Window: {Of("1s", "4s", "20s", "60s", "3m")}"];
        if (analytic.Contains("Least:", StringComparison.Ordinal)) values.Add($"Least: {Of("0", "1KiB", "2KiB")}");
        if (analytic.Contains("Known:", StringComparison.Ordinal)) values.Add($"Known: {Of("[]", "[x.example]", "[known.example]")}");
        return string.Join(", ", values);
    }

    private string Exception() => Of(
        "apps: [com.a]", "apps: ['com.a*'], groups: [lab]", "apps: [com.b], devices: [d1]", "destinations: [known.example]", "paths: ['/x/*.dex']", "paths: [/x/]", "apps: [com.a], paths: [/x/a.dex]",
        "destinations: [a.dex], groups: [managed]");

    private string Expires()
    {
        var after = Of(3600L, 20, 45, 90, 3600);
        return (EventModel.Start + TimeSpan.FromSeconds(after)).ToString();
    }

    private bool Chance(int percent) => _random.Next(100) < percent;

    private T Of<T>(params T[] items) => items[_random.Next(items.Length)];
}

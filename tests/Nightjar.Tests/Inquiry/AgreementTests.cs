using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;
using Nightjar.Analytics;
using Nightjar.Engine;
using Nightjar.Events;
using Xunit;

namespace Nightjar.Tests.Inquiry;

/// <summary>Engine and evaluator agree on every analytic and every stream that is drawn: the same findings, word for word.</summary>
/// <remarks><c>NIGHTJAR_CASES</c> sets how many are drawn, <c>NIGHTJAR_SEED</c> others than usual.</remarks>
public sealed class AgreementTests
{
    private static readonly int Cases = Number("NIGHTJAR_CASES", 20_000);
    private static readonly ulong Seed = (ulong)Number("NIGHTJAR_SEED", 20_261_121);

    private readonly Bench _bench = new();

    [Fact]
    public void The_engine_and_the_evaluator_say_the_same()
    {
        Prop.ForAll(Drawn, Agree).Check(Config.Quick.WithMaxTest(Cases).WithReplay(new Replay(new Rnd(Seed, 7), null)).WithRunner(new Silent()));
    }

    /// <summary>What is seen alone waits beside; the same as if all were under way from the first. Where telemetry counts for half a minute only, a stage is observable now and blind soon.</summary>
    [Theory]
    [InlineData(86_400)]
    [InlineData(30)]
    public void Letting_alone_what_no_match_can_come_of_changes_nothing(int observable)
    {
        var options = new EngineOptions { ObservationWindow = TimeSpan.FromSeconds(observable) };
        var (plain, alone) = (new Bench { Options = options with { LetsAlone = false } }, new Bench { Options = options });
        var found = 0;
        for (var seed = 0; seed < 2000; seed++)
        {
            var item = new Drawing(seed + 500_000).Case();
            if (alone.Load(item.Analytic, out _) is not { } analytic || plain.Load(item.Analytic, out _) is not { } same) continue;
            var expected = plain.ByEngine(same, item.Stream);
            if (expected.Length > 0) found++;
            Assert.Equal(expected, alone.ByEngine(analytic, item.Stream));
        }
        Assert.True(found > 300, $"only {found} of them found anything");
    }

    /// <summary>
    /// Streams so long and close that for want of room what waits is asked and what is alone joins, and with forty analytics, of which several share a bit. Events are apart by so many microseconds.
    /// </summary>
    [Theory]
    [InlineData(100_000, UnaskedEvents.Most)]
    [InlineData(100_000, 20)]
    [InlineData(2_000_000, UnaskedEvents.Most)]
    [InlineData(30_000_000, UnaskedEvents.Most)]
    public void Letting_wait_what_nobody_need_ask_changes_nothing_of_a_long_stream(int apart, int most)
    {
        var options = new EngineOptions { MostUnasked = most };
        var (plain, waiting) = (new Bench { Options = options with { LetsAlone = false } }, new Bench { Options = options });
        var found = 0;
        for (var seed = 0; seed < 6; seed++)
        {
            CaseModel[] items = [.. Enumerable.Range(0, 40).Select(number => new Drawing(seed * 40 + number + 700_000).Case())];
            items = [.. items.Where(item => plain.Load(item.Analytic, out _) is not null)];
            var stream = Long([.. items.SelectMany(item => item.Stream.Events)], rounds: 4, apart);
            var expected = plain.ByEngine([.. items.Select(item => plain.Load(item.Analytic, out _)!)], stream);
            if (expected.Length > 0) found++;
            Assert.Equal(expected, waiting.ByEngine([.. items.Select(item => waiting.Load(item.Analytic, out _)!)], stream));
        }
        Assert.True(found > 3, $"only {found} of them found anything");
    }

    /// <summary>Reads of several other apps, which waited, stand as evidence in the order in which they came.</summary>
    [Fact]
    public void What_waited_of_several_apps_keeps_its_order()
    {
        const string Yaml = """
            title: Drawn
            status: test
            level: high
            logsource: {product: android}
            analytic:
              uid: D1
              version: 1.0.0
              key: [device, app]
              within: 4s
              suppress: 1m
              finding: {title: "{app}", description: "{state}"}
              stages:
                - id: s0
                  detection: {s: {class_uid: 99901001}, condition: s}
                  app: other
                  optional: true
                  score: 7
                  reason: optional
                - id: s1
                  detection: {s: {class_uid: 1001, activity_id: [2, 4]}, condition: s}
              score: {base: 40, low: 20, add: [{name: m0, points: 3, reason: measured, stage: s0, before: s1}]}
            """;
        EventModel read = new() { Device = "d1", Class = EventClass.SensorUse, Text = "/x/a.dex" };
        StreamModel stream = new([
            read with { Id = 1, App = "com.b", At = 20_000_000 }, read with { Id = 2, App = "com.c", At = 20_100_000 }, read with { Id = 3, App = "com.b", At = 20_200_000 },
            read with { Id = 4, App = "com.c", At = 20_300_000 }, read with { Id = 5, App = "com.a", At = 21_000_000, Class = EventClass.FileActivity, Activity = 4 }]);
        var (plain, waiting) = (new Bench { Options = new EngineOptions { LetsAlone = false } }, new Bench());
        var expected = plain.ByEngine([plain.Load(Yaml, out var mistakes)!], stream);
        Assert.Empty(mistakes);
        Assert.Contains("s0 Matched", expected, StringComparison.Ordinal);
        Assert.Equal(expected, waiting.ByEngine([waiting.Load(Yaml, out _)!], stream));
    }

    private static StreamModel Long(EventModel[] events, int rounds, int apart) => new([.. Enumerable.Range(0, rounds).SelectMany(round => events.Select((item, place) => item with
    {
        Id = round * events.Length + place, At = (round * events.Length + place) * (long)apart + item.At % 4_000_000, Delay = 0,
    }))]);

    /// <summary>Rules broken by the least that there is, and larger pieces left out: each must show as a disagreement.</summary>
    [Theory]
    [InlineData("window")]
    [InlineData("suppression")]
    [InlineData("skew")]
    [InlineData("limit")]
    [InlineData("score")]
    [InlineData("absence")]
    [InlineData("order")]
    [InlineData("join")]
    public void A_broken_rule_is_caught(string rule)
    {
        var broken = new Bench { Options = rule == "skew" ? new EngineOptions { ClockSkew = TimeSpan.FromSeconds(5) + OneMicrosecond } : new EngineOptions() };
        Assert.Contains(Enumerable.Range(0, 3000).Select(seed => new Drawing(seed).Case()), item =>
            broken.Load(item.Analytic, out _) is { } analytic && _bench.Load(item.Analytic, out _) is { } whole
            && _bench.ByEngine(whole, item.Stream) != broken.ByEvaluator(Break(analytic, rule), item.Stream));
    }

    private static TimeSpan OneMicrosecond => TimeSpan.FromMicroseconds(1);

    private static Analytic Break(Analytic analytic, string rule) => rule switch
    {
        "window" => analytic with { Window = analytic.Window - OneMicrosecond },
        "suppression" => analytic with { Suppress = analytic.Suppress + OneMicrosecond },
        "limit" => analytic with { PartialsPerKey = analytic.PartialsPerKey + 1 },
        "score" => analytic with { Additions = [.. analytic.Additions.Select(item => item with { Points = item.Points + 1 })] },
        "absence" => analytic with { Absences = [] },
        "order" => analytic with { Chains = [.. analytic.Chains.Select(chain => chain with { IsOrdered = false })] },
        "join" => analytic with { Stages = [.. analytic.Stages.Select(stage => stage with { Parts = [.. stage.Parts.Where(part => part.Node.Looks == 0)] })] },
        _ => analytic,
    };

    private static Arbitrary<CaseModel> Drawn => Arb.From(Gen.Choose(0, int.MaxValue).Select(seed => new Drawing(seed).Case()), Shrinking.Of);

    private FsCheck.Property Agree(CaseModel item)
    {
        if (_bench.Load(item.Analytic, out var mistakes) is not { } analytic) return (mistakes.Contains("NJ2040", StringComparison.Ordinal) || mistakes.Contains("NJ2046", StringComparison.Ordinal)).Label(mistakes);
        var engine = _bench.ByEngine(analytic, item.Stream);
        var evaluator = _bench.ByEvaluator(analytic, item.Stream);
        return (engine == evaluator).Label($"The engine says:\n{engine}\nThe evaluator says:\n{evaluator}");
    }

    private static int Number(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : usual;

    // FsCheck's own runners write to the console, which other tests take for themselves.
    private sealed class Silent : IRunner
    {
        public void OnStartFixture(Type t)
        {
        }

        public void OnArguments(int ntest, FSharpList<object> args, FSharpFunc<int, FSharpFunc<FSharpList<object>, string>> every)
        {
        }

        public void OnShrink(FSharpList<object> args, FSharpFunc<FSharpList<object>, string> everyShrink)
        {
        }

        public void OnFinished(string name, FsCheck.TestResult result) =>
            Assert.True(result.IsPassed, $"NIGHTJAR_SEED={Seed}: {(result.IsPassed ? "" : Runner.onFinishedToString(name, result))}");
    }
}

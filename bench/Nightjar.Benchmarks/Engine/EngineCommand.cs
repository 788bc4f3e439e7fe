using System.Globalization;
using Nightjar.Analytics;
using Nightjar.Engine;
using Nightjar.Events;

namespace Nightjar.Benchmarks.Engine;

/// <summary>Measures the engine over events in memory beside a hand-coded loop and beside itself. Every answer is checked before a time is told.</summary>
internal static class EngineCommand
{
    private const string Usage = """
        engine
          --events N   events in memory: 5000000
          --runs N     of each, in turn: 5
          --only NAME  one of chain, hundred, shipped, hot, count
        """;

    /// <summary>Exit code 1 when an answer is wrong, 3 when the options are not understood.</summary>
    public static int Measure(string[] args, string repository, TextWriter output, TextWriter errors)
    {
        var (events, runs, only) = (5_000_000, 5, "");
        for (var i = 0; i < args.Length; i += 2)
        {
            var isNumber = int.TryParse(i + 1 < args.Length ? args[i + 1] : "", NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;
            if (args[i] == "--events" && isNumber) events = number;
            else if (args[i] == "--runs" && isNumber) runs = number;
            else if (args[i] == "--only" && i + 1 < args.Length) only = args[i + 1];
            else
            {
                errors.WriteLine($"Not understood: {args[i]}\n\n{Usage}");
                return 3;
            }
        }
        var race = new Race(runs, output);
        var wholes = new (string Name, Func<bool> Run)[]
        {
            ("chain", () => Chains(race, events, output, hundred: false)),
            ("hundred", () => Chains(race, events, output, hundred: true)),
            ("shipped", () => ShippedWhole.Measure(race, repository, output)),
            ("hot", () => HotKey.Measure(race, output)),
            ("count", () => HotKey.Count(race, output)),
        };
        var chosen = wholes.Where(whole => only.Length == 0 || whole.Name == only).ToArray();
        return chosen.Length == 0 || !chosen.Select(whole => whole.Run()).ToArray().All(right => right) ? 1 : 0;
    }

    /// <summary>Runs analytics over a stream and answers with what they found.</summary>
    public static Answer Run(IReadOnlyList<EventBatch> batches, IReadOnlyList<Analytic> analytics, SymbolTable symbols, Action<DetectionEngine>? after = null)
    {
        var engine = new DetectionEngine(new EngineOptions(), analytics, symbols, (_, position) => position.ToString(CultureInfo.InvariantCulture));
        foreach (var batch in batches) engine.Process(batch);
        engine.Complete();
        after?.Invoke(engine);
        return Answer.Of(engine.TakeFindings());
    }

    private static bool Chains(Race race, int events, TextWriter output, bool hundred)
    {
        var symbols = new SymbolTable();
        var stream = new ChainStream(new StreamSpec(events, 5_000, 20, TimeSpan.FromHours(1) * (events / 5e6)), symbols);
        var one = ChainAnalytics.One(symbols);
        var expected = new HandLoop(stream, _ => one.Window).Run();
        var title = $"{events} events in memory, {stream.Spec.Keys} apps of devices, {expected}";
        var engine = new Contestant("Nightjar, one analytic", events, () => Run(stream.Batches, [one], symbols), expected);
        if (!hundred)
        {
            var times = race.Run(title, new Contestant("hand-coded loop", events, () => new HandLoop(stream, _ => one.Window).Run(), expected), engine);
            return Tell(times, output, "engine to hand-coded loop", (0, 1), 0.5);
        }
        var all = ChainAnalytics.Hundred(symbols);
        var expectedOfAll = new HandLoop(stream, ChainAnalytics.WindowOf).Run();
        var both = race.Run($"{title}; 100 analytics {expectedOfAll}", engine, new Contestant("Nightjar, 100 analytics", events, () => Run(stream.Batches, all, symbols), expectedOfAll));
        return Tell(both, output, "100 analytics to one", (0, 1), 0.5);
    }

    /// <summary>Tells how fast one is beside another, as a ratio of rates; false when there are no times because an answer was wrong.</summary>
    public static bool Tell(IReadOnlyList<double> times, TextWriter output, string what, (int Yardstick, int Measured) pair, double target)
    {
        if (times.Count == 0) return false;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what}: {times[pair.Yardstick] / times[pair.Measured]:f2} (target {target:f2})"));
        return true;
    }
}

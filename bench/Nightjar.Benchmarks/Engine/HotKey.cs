using System.Globalization;
using Nightjar.Analytics;
using Nightjar.Events;
using Nightjar.Inquiry;

namespace Nightjar.Benchmarks.Engine;

/// <summary>One app of one device that does within one window what others do over a fleet. Its answer is checked against the second evaluation.</summary>
internal static class HotKey
{
    private const int Events = 100_000;

    public static bool Measure(Race race, TextWriter output)
    {
        var hot = Stream(1, 1);
        var spread = Stream(5_000, 20);
        var (one, many) = (ChainAnalytics.One(hot.Symbols), ChainAnalytics.One(spread.Symbols));
        var times = race.Run($"{Events} events within 50 s",
            new Contestant("spread over 100000 apps of devices", Events, () => EngineCommand.Run(spread.Batches, [many], spread.Symbols), new HandLoop(spread, _ => many.Window).Run()),
            new Contestant("all of one app", Events, () => EngineCommand.Run(hot.Batches, [one], hot.Symbols), ByInquiry(hot, one)));
        return EngineCommand.Tell(times, output, "one app to spread", (0, 1), 0.5);
    }

    /// <summary>How many different hosts within the window: 40,000 flows of one app, and half as many.</summary>
    public static bool Count(Race race, TextWriter output)
    {
        var symbols = new SymbolTable();
        var analytic = ChainAnalytics.Distinct(symbols, 250, TimeSpan.FromSeconds(60));
        var small = new ChainStream(new StreamSpec(2_000, 1, 1, TimeSpan.FromMinutes(2)), symbols);
        var half = new ChainStream(new StreamSpec(57_000, 1, 1, TimeSpan.FromMinutes(30)), symbols);
        var whole = new ChainStream(new StreamSpec(114_000, 1, 1, TimeSpan.FromMinutes(60)), symbols);
        var times = race.Run("40000 flows of one app, 250 different hosts within a minute asked for",
            new Contestant("2000 events, against the second evaluation", 2_000, () => EngineCommand.Run(small.Batches, [analytic], symbols), ByInquiry(small, analytic)),
            new Contestant("57000 events", 57_000, () => EngineCommand.Run(half.Batches, [analytic], symbols), null),
            new Contestant("114000 events", 114_000, () => EngineCommand.Run(whole.Batches, [analytic], symbols), null));
        return EngineCommand.Tell(times, output, "twice as many to once", (1, 2), 0.8);
    }

    private static ChainStream Stream(int devices, int apps) => new(new StreamSpec(Events, devices, apps, TimeSpan.FromSeconds(50)), new SymbolTable());

    /// <summary>What the second evaluation says of the only app of the only device.</summary>
    private static Answer ByInquiry(ChainStream stream, Analytic analytic)
    {
        var options = new InquiryOptions { ClockSkew = TimeSpan.FromSeconds(5), Lateness = TimeSpan.FromMinutes(2), ObservationWindow = TimeSpan.FromHours(24), MaxEvidence = 100 };
        var inquiry = new DeviceInquiry(analytic, stream.Symbols, options, (_, position) => position.ToString(CultureInfo.InvariantCulture));
        foreach (var batch in stream.Batches)
        {
            for (var i = 0; i < batch.Count; i++) inquiry.Add(batch[i]);
        }
        var answer = new Answer();
        foreach (var finding in inquiry.Ask("com.example.app00").Reported) answer.Add(0, 0, finding.Start, finding.End, finding.Count);
        return answer;
    }
}

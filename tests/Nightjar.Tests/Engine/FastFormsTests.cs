using Nightjar.Analytics;
using Nightjar.Analytics.InForce;
using Nightjar.Analytics.Plan;
using Nightjar.Analytics.Tuning;
using Nightjar.Context;
using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Tests.Engine;

/// <summary>Each fast form of the engine says the same as the plain form of it.</summary>
public sealed class FastFormsTests
{
    private static readonly TimeSpan Lateness = TimeSpan.FromSeconds(120);

    private readonly SymbolTable _symbols = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void One_table_of_recent_events_says_what_a_set_for_each_device_says(int seed)
    {
        var random = new Random(seed);
        var table = new RecentEvents();
        var sets = Enumerable.Range(0, 5).Select(_ => new RecentIds()).ToArray();
        var time = EventLine.Start;
        for (var i = 0; i < 60_000; i++)
        {
            time += TimeSpan.FromMilliseconds(random.Next(100) == 0 ? random.Next(400_000) : random.Next(60));
            var device = random.Next(sets.Length);
            var id = (UInt128)(uint)random.Next(900) << random.Next(2) * 64;
            var header = new EventHeader { Device = new Symbol(device + 1), Id = id, Time = time };
            Assert.Equal(sets[device].Add(id, time, Lateness), table.Add(in header, Lateness));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_queue_with_rows_gives_out_in_the_order_of_time_and_number(int seed)
    {
        var random = new Random(seed);
        var queue = new TimeQueue<int>(3);
        var plain = new PriorityQueue<int, (long, long)>();
        for (var i = 0; i < 20_000; i++)
        {
            if (random.Next(5) < 3)
            {
                var lane = random.Next(3);
                var time = new Instant(i + lane * 50 + (random.Next(4) == 0 ? random.Next(500) : 0));
                queue.Add(lane, i, time, i);
                plain.Enqueue(i, (time.Micros, i));
            }
            else if (plain.TryDequeue(out var item, out var priority))
            {
                Assert.Equal(priority.Item1, queue.Next.Micros);
                Assert.Equal(item, queue.Take(out _));
            }
            Assert.Equal(plain.Count, queue.Count);
        }
    }

    [Fact]
    public void Every_app_of_every_device_is_found_and_no_other()
    {
        var index = new AppIndex();
        var devices = Enumerable.Range(1, 300).Select(number => new DeviceTrack(new Symbol(number * 7), index)).ToArray();
        foreach (var device in devices)
        {
            for (var app = 1; app <= 30; app++) Assert.Same(device.App(new Symbol(app)), device.App(new Symbol(app)));
        }
        Assert.All(devices, device => Assert.Equal(Enumerable.Range(1, 30), device.Tracks.Select(app => app.App.Id).Order()));
        Assert.Null(index.Find(new Symbol(7), new Symbol(31)));
        Assert.Null(index.Find(new Symbol(8), new Symbol(1)));
    }

    /// <summary>Over random events, with the analytics that are shipped and many that ask about one text: where nothing is known of apps, and where something is.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public void The_plan_leaves_exactly_the_stages_whose_whole_condition_holds(int seed, bool isMuchKnown)
    {
        var analytics = isMuchKnown ? Analytics(new Hearsay()) : Analytics();
        var dispatch = new Dispatch(analytics);
        var plan = Plan(dispatch, analytics);
        var (random, held) = (new Random(seed), 0);
        for (var i = 0; i < 4000; i++)
        {
            var view = Draw(random)[0];
            var moment = Moments.Of(in view, new DeviceContext(), null);
            var scope = new MatchScope(view, in moment, default);
            var platform = (Platform)random.Next(4);
            var expected = new List<(int, int)>();
            foreach (var (index, stage, _) in dispatch.Of(in view.Header))
            {
                if ((platform == Platform.Unknown || analytics[index].Platforms.Contains(platform)) && stage.Own.Eval(in scope) == Tri.True) expected.Add((index, stage.Index));
            }
            var left = Left(plan.Of(in view.Header, platform), in scope);
            held += left.Count;
            Assert.Equal(expected, left);
        }
        Assert.True(held > 1000, $"only {held} hold");
    }

    [Fact]
    public void What_is_of_no_use_any_more_is_given_back_though_its_app_is_silent()
    {
        var engine = new DetectionEngine(new EngineOptions(), Analytics(), _symbols, (_, _) => "");
        var line = new DetectionEngineTests.ChainLine(_symbols);
        for (var i = 0; i < 50; i++) line.Write(i, $"com.example.app{i}", "a.dex").Load(i + 0.5, $"com.example.app{i}", "b.dex");
        engine.Process(line.Batch());
        Assert.NotEqual(0, engine.Devices[0].ActiveCount);
        engine.Advance(EventLine.Start + TimeSpan.FromHours(80));
        Assert.Equal(0, engine.Devices[0].ActiveCount);
        Assert.All(engine.Devices[0].Tracks, app => Assert.Null(app.Activity));
    }

    private static DispatchPlan Plan(Dispatch dispatch, IReadOnlyList<Analytic> analytics)
    {
        var times = new AloneTimes(new EngineOptions(), analytics, [.. analytics.Select(analytic => Reaches.Of([analytic]))], isScoped: false);
        return new DispatchPlan(dispatch, new ValuesInForce(analytics, Tri.Unknown), times, new ChainsInSightMemo(analytics, times));
    }

    private static List<(int, int)> Left(PlanRow row, in MatchScope scope)
    {
        var result = new List<(int, int)>();
        var left = row.Left(in scope);
        for (var i = 0; i < row.Stages.Length; i++)
        {
            var stage = row.Stages[i];
            if ((left.Bits[i >> 6] >> i & 1) != 0 && left.Holds(stage, in scope)) result.Add((stage.Index, stage.Stage.Index));
        }
        return result;
    }

    private IReadOnlyList<Analytic> Analytics(Hearsay? known = null)
    {
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "analytics"), "analytic.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        var many = Enumerable.Range(0, 70).Select(number => new AnalyticSource($"many/{number}.yml", Many(number)));
        var set = AnalyticLoader.Load([.. files.Select(file => new AnalyticSource(file, File.ReadAllText(file))), .. many], _symbols, ReferenceData.Shipped, DefaultTuning.Instance, known, known);
        Assert.False(set.HasErrors, string.Join('\n', set.Diagnostics));
        return set.Analytics;
    }

    private static string Many(int number) => $$"""
        title: Many {{number}}
        status: test
        level: high
        logsource: {product: {{(number % 2 == 0 ? "android" : "ios")}}}
        analytic:
          uid: M{{number}}
          version: 1.0.0
          within: 60s
          stages:
            - id: flow
              detection: {s: {class_uid: [4001, 4002], dst_endpoint.hostname|contains: h{{number % 9}} }, t: {traffic.bytes_in|gte: 1000}, condition: {{(number % 3 == 0 ? "s or t" : "s and not t")}} }
            - id: seen
              detection: {s: {class_uid: 1001, activity_id: [1, 3], file.path|endswith: f{{number % 7}} }, condition: s}
              where: not (class_uid == 1001 and file.path endswith 'f3')
          score: {base: 60}
          finding: {title: "{app}", description: "{state}"}
        """;

    private EventBatch Draw(Random random)
    {
        var batch = new EventBatch(_symbols);
        var eventClass = (EventClass)random.Next(EventClasses.Count);
        batch.Begin(eventClass, random.Next(8) == 0 ? 14 + random.Next(4) : random.Next(7), EventLine.Start, 1, 1);
        batch.Current.Device = _symbols.Intern("d"u8);
        batch.Current.App = random.Next(4) == 0 ? Symbol.None : _symbols.Intern($"com.example.app{random.Next(5)}".AsSpan());
        if (random.Next(2) == 0) batch.Current.State.AppState = (AppState)random.Next(6);
        if (random.Next(3) > 0) batch.Set(FieldId.DstHostname, $"h{random.Next(12)}.example");
        if (random.Next(3) > 0) batch.SetInteger(FieldId.BytesIn, random.Next(3000));
        if (random.Next(3) > 0) batch.Set(FieldId.FilePath, $"/data/data/com.example.app1/f{random.Next(9)}");
        if (random.Next(3) == 0) batch.Set(FieldId.FileMagic, random.Next(2) == 0 ? "dex" : "png");
        if (random.Next(3) == 0) batch.Set(FieldId.ModulePath, "/data/data/com.example.app1/f1");
        if (random.Next(3) == 0) batch.Set(FieldId.Sensor, "microphone");
        batch.Commit();
        return batch;
    }

    /// <summary>Says something of every app, host and file, of no meaning and always the same.</summary>
    private sealed class Hearsay : INormal, IReviews, IAppPolicy
    {
        public bool HasBaselines => true;

        public bool HasPackages => true;

        public bool IsFixed => true;

        public IReviews Reviews => this;

        public Tri HasBeenTo(in EventHeader who, Symbol host) => (Tri)((who.App.Id + host.Id) % 3);

        public Tri HasUsed(in EventHeader who, Symbol serviceClass) => (Tri)((who.App.Id + serviceClass.Id) % 3);

        public Tri Holds(InstalledApp app, Symbol sha256) => (Tri)((app.App.Id + sha256.Id) % 3);

        public ReviewedPackage Compared(InstalledApp app) => new(null, "");

        public IReadOnlyCollection<string>? RolesOf(string app, string? signer) => app.EndsWith('1') ? ["browser"] : app.EndsWith('2') ? ["messaging"] : null;

        public bool Permits(string app, string? signer, IReadOnlyCollection<string> roles, string host, string? serviceClass) => (app.Length > 0 ? app[^1] + host[1] : 0) % 3 == 1;

        public Tri IsApproved(string app, string? signer) => (Tri)(app.Length == 0 ? 0 : app[^1] % 3);
    }
}

using System.Globalization;
using Nightjar.Calibration;
using Nightjar.Events;
using Nightjar.Tests.Engine;
using Xunit;

namespace Nightjar.Tests.Calibration;

/// <summary>What is observed of a small telemetry is exactly what is in it, and what is counted is what a scan would find.</summary>
public sealed class ThresholdStudyTests
{
    private readonly StudyBench _bench = new();

    [Fact]
    public void A_stage_is_observed_wherever_nothing_else_decides()
    {
        var line = Flow(Flow(Flow(_bench.Line(), 0, 500), 10, 1500), 20, 4000);
        Flow(line, 30, 99_999, host: "good.example");
        line.Add(40, EventClass.NetworkActivity, 6, "app", "net", (FieldId.DstHostname, "a.example"));
        Assert.Equal("flow, traffic.bytes_in: 3 in 1/1: 500 500 1500 4000 4000 4000 4000, 1 without", Told("Least", line));
    }

    [Fact]
    public void A_threshold_that_is_reached_only_sometimes_is_observed_only_then()
    {
        var line = File(File(File(File(_bench.Line(), 0, "a", 6.5), 1, "b", 7.5), 2, "c.dex", 7.9), 3, "d", null);
        Assert.Equal("write, file.entropy: 2 in 1/1: 6.5 6.5 6.5 7.5 7.5 7.5 7.5, 2 without", Told("Opaque", line));
    }

    [Fact]
    public void The_window_is_held_against_the_time_that_chains_take_and_signs_lie_away()
    {
        var line = File(Flow(_bench.Line(), 0, 2000), 30, "a.dex", null);
        line.Add(95, EventClass.ModuleActivity, 1, "app", "edr", (FieldId.ModulePath, "/data/data/app/files/a.dex"));
        File(Flow(line, 4000, 2000), 4300, "a.dex", null);
        Assert.Equal(
            """
            flow to write, time from the first stage to the last: 2 in 1/1: 30 30 30 300 300 300 300, 0 without
            load, time from the first stage to what counts beside: 1 in 1/1: 95 95 95 95 95 95 95, 0 without
            many, time from the first stage to what counts beside: 2 chains came together and nothing of the kind lay beside them.
            even, time from the first stage to what counts beside: 2 chains came together and nothing of the kind lay beside them.
            """, Told("Window", line));
    }

    [Fact]
    public void Figures_of_measures_are_observed_at_matches()
    {
        var line = File(Flow(Flow(Flow(_bench.Line(), 0, 2000), 5, 2000), 10, 5000), 30, "a.dex", null);
        Assert.Equal("many, number of events: 3 in 1/1: 1 1 2 3 3 3 3, 0 without", Told("Many", line));
        Assert.Equal("even, coefficient of variation: 2 in 1/1: 0.429 0.429 0.429 0.471 0.471 0.471 0.471, 1 without", Told("Even", line));
    }

    [Fact]
    public void A_moment_is_observed_at_matches_whether_it_is_above_or_below()
    {
        var line = _bench.Line().Add(-100, EventClass.MobileState, 4, "app", "");
        File(Flow(line, 0, 2000), 30, "a.dex", null);
        Assert.Equal("idle, time since the last interaction: 1 in 1/1: 100 100 100 100 100 100 100, 0 without", Told("Idle", line));
    }

    [Fact]
    public void Silence_has_its_reason()
    {
        var nothing = _bench.Line().Add(0, EventClass.MobileState, 4, "app", "");
        Assert.Contains("No device delivered what would show flow", Told("Least", nothing), StringComparison.Ordinal);
        Assert.Contains("No chain came together.", Told("Idle", nothing), StringComparison.Ordinal);
        Assert.Contains("1 came by and none depended on it", Told("Least", Flow(_bench.Line(), 0, 5000, host: "good.example")), StringComparison.Ordinal);
        Assert.Contains("Of 1 for which it could have decided none had such a number", Told("Least", _bench.Line().Add(0, EventClass.NetworkActivity, 6, "app", "net", (FieldId.DstHostname, "a.example"))), StringComparison.Ordinal);
        Assert.Contains("No device of the platform was read: Android", Told("Least", new EventLine(_bench.Symbols)), StringComparison.Ordinal);
        Assert.Contains("No number of one event", Told("Quiet", nothing), StringComparison.Ordinal);
        Assert.Contains("It is a switch", Told("Strict", nothing), StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_and_what_is_in_force_are_among_the_values()
    {
        var set = _bench.Load("Least=3000");
        var values = Assert.Single(_bench.Study(new StudyOptions { Tunable = "Least", Values = ["500", "9999"] }, set, Flow(_bench.Line(), 0, 2000).Batch())).Values;
        Assert.Equal(["500", "1KB", "3KB", "9999"], values.Select(value => value.Value.ToString()));
        Assert.Equal([false, true, false, false], values.Select(value => value.IsDefault));
        Assert.Equal([false, false, true, false], values.Select(value => value.IsInForce));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void What_is_counted_is_what_a_run_with_that_value_finds(int seed)
    {
        var batch = Drawn(seed);
        var studies = _bench.Study(new StudyOptions { VariantsPerPass = 7 }, _bench.Load("Many=3"), batch);
        Assert.Equal(8, studies.Count);
        foreach (var (study, value) in studies.SelectMany(study => study.Values, (study, value) => (study, value)))
        {
            var alone = study.Tunable.Name == "Many" ? _bench.Counted(batch, $"Many={value.Value}") : _bench.Counted(batch, "Many=3", $"{study.Tunable.Name}={value.Value}");
            Assert.Equal($"{study.Tunable.Name}={value.Value}: {alone}", $"{study.Tunable.Name}={value.Value}: {StudyBench.Told(value)}");
        }
        Assert.All(studies.Where(study => study.Tunable.Name is "Least" or "Window" or "Many"), study => Assert.True(study.Values.Select(StudyBench.Told).Distinct().Count() > 2, study.Tunable.Name));
    }

    [Theory]
    [InlineData(1, 64)]
    [InlineData(2, 64)]
    [InlineData(5, 3)]
    public void Threads_passes_batches_and_numbers_of_texts_make_no_difference(int threads, int variants)
    {
        var expected = Whole(_bench.Study(new StudyOptions(), null, Drawn(3)));
        var other = new StudyBench();
        foreach (var text in new[] { "app-7", "phone-2", "a text that was there before" }) other.Symbols.Intern(text.AsSpan());
        var whole = Drawn(3, other);
        EventBatch[] parts = [.. Enumerable.Range(0, whole.Count).Chunk(37).Select(indexes =>
        {
            var part = new EventBatch(other.Symbols);
            foreach (var index in indexes) part.CopyFrom(whole[index]);
            return part;
        })];
        Assert.Equal(expected, Whole(other.Study(new StudyOptions { Threads = threads, VariantsPerPass = variants }, null, parts)));
    }

    // Room for some thousand events and matches looked for a thousand at a time: none is counted twice and none is left out.
    [Fact]
    public void Nothing_is_lost_where_memory_is_given_back()
    {
        var line = _bench.Line();
        for (var i = 0; i < 6000; i++) File(Flow(line, i * 200, 2000 + i), i * 200 + i % 50, "a.dex", null);
        Assert.StartsWith("flow to write, time from the first stage to the last: 6000 in 1/1: 0 12 24 37 44 49 49, 0 without", Told("Window", line), StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_too_busy_is_told()
    {
        var line = _bench.Line();
        for (var i = 0; i < 5000; i++) Flow(line, i * 0.001, 2000);
        var study = new ThresholdStudy(_bench.Load().Analytics, _ => _bench.Load(), _bench.Symbols, new StudyOptions { Tunable = "Window", Values = [] });
        Assert.True(study.Next());
        study.Process(line.Batch());
        study.Complete();
        Assert.True(study.Cut > 0);
        Assert.False(study.Next());
    }

    [Fact]
    public void A_pass_that_begins_anew_counts_once()
    {
        var batch = File(Flow(_bench.Line(), 0, 2000), 30, "a.dex", null).Batch();
        var study = new ThresholdStudy(_bench.Load().Analytics, _ => _bench.Load(), _bench.Symbols, new StudyOptions { Tunable = "Least", Values = [] });
        study.Next();
        study.Process(batch);
        study.Begin();
        study.Process(batch);
        study.Complete();
        var result = Assert.Single(study.Results());
        Assert.Equal((1, 1L), (result.Places[0].Numbers!.Count, result.Values.Single().Count!.Findings));
    }

    private string Told(string tunable, EventLine line) => Told(Assert.Single(_bench.Study(new StudyOptions { Tunable = tunable, Values = [] }, null, line.Batch())));

    private static string Whole(IReadOnlyList<TunableStudy> studies) =>
        string.Join('\n', studies.Select(study => $"{study.Tunable.Name}\n{Told(study)}\n{string.Join('\n', study.Values.Select(value => $"{value.Value} {StudyBench.Told(value)}"))}"));

    private static string Told(TunableStudy study) => study.Places.Count == 0 ? study.WhyNowhere : string.Join('\n', study.Places.Select(Told));

    private static string Told(PlaceStudy place)
    {
        if (place.Numbers is not { } n) return $"{place.Where}, {place.What}: {place.Why}";
        var numbers = string.Join(' ', new[] { n.Minimum, n.Lower, n.Median, n.Upper, n.Percentile90, n.Percentile99, n.Maximum }.Select(number => number.ToString("0.###", CultureInfo.InvariantCulture)));
        return $"{place.Where}, {place.What}: {n.Count} in {n.Devices}/{n.Apps}: {numbers}, {place.Without} without";
    }

    private static EventLine Flow(EventLine line, double at, double bytes, string app = "app", string host = "a.example", string device = "phone-1") =>
        line.Add(device, at, EventClass.NetworkActivity, 6, app, "net", (FieldId.BytesIn, bytes), (FieldId.DstHostname, host));

    private static EventLine File(EventLine line, double at, string name, double? entropy, string app = "app", string device = "phone-1")
    {
        var path = (FieldId.FilePath, (object)$"/data/data/app/files/{name}");
        return entropy is { } bits ? line.Add(device, at, EventClass.FileActivity, 1, app, "edr", path, (FieldId.FileEntropy, bits)) : line.Add(device, at, EventClass.FileActivity, 1, app, "edr", path);
    }

    private EventBatch Drawn(int seed, StudyBench? bench = null)
    {
        var random = new Random(seed);
        var line = (bench ?? _bench).Line();
        for (var i = 0; i < 400; i++)
        {
            var (at, app, device) = (Math.Round(random.NextDouble() * 40_000, 3), $"app-{random.Next(4)}", $"phone-{random.Next(3)}");
            if (random.Next(3) == 0) line.Add(device, at - 200 * random.NextDouble(), EventClass.MobileState, 4, app, "");
            for (var more = random.Next(4); more >= 0; more--) Flow(line, at + more, Math.Floor(Math.Exp(5 + random.NextDouble() * 5)), app, random.Next(9) == 0 ? "good.example" : "a.example", device);
            if (random.Next(2) == 0) File(line, at + random.NextDouble() * 200, random.Next(3) == 0 ? "a.dex" : "a", 6 + random.NextDouble() * 2, app, device);
        }
        return line.Batch();
    }
}

using Nightjar.Baselines;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Knowledge;
using Nightjar.Tests.Engine;
using Nightjar.Tests.Sinks;
using Xunit;

namespace Nightjar.Tests.Baselines;

/// <summary>What events teach, and what of it is taken back because it proves a finding.</summary>
public sealed class BaselineLearningTests
{
    private const string App = "com.example.torch";
    private const string Bucket = "torch.s3.amazonaws.com";
    private const double Day = 86_400;

    private readonly SymbolTable _symbols = new();
    private readonly EventLine _line;

    public BaselineLearningTests() => _line = new EventLine(_symbols);

    [Fact]
    public void An_event_that_proves_a_finding_does_not_count_and_another_of_the_same_day_does()
    {
        Flow(0, Bucket, 100).Flow(60, Bucket, 7).Flow(Day, Bucket, 50);
        var learned = Learn(all => [Proof(all[0]), Proof(all[2])]);
        var service = ReferenceData.Shipped.ServiceClasses.ClassOf(Bucket)!.Name;
        Assert.Equal(
            [(BaselineKind.Destination, "amazonaws.com", 1, 7L), (BaselineKind.ServiceClass, service, 1, 7L)],
            learned.Of(App).Where(cell => cell.Kind != BaselineKind.App).Select(cell => (cell.Kind, Shortened(cell.Value), cell.Days, cell.Counts.BytesIn)));
    }

    [Fact]
    public void That_the_app_was_there_still_counts()
    {
        Flow(0, Bucket, 100).Flow(Day, Bucket, 100);
        var cell = Assert.Single(Learn(all => [Proof([.. all])]).Of(App));
        Assert.Equal((BaselineKind.App, 2, 200L), (cell.Kind, cell.Days, cell.Counts.BytesIn));
    }

    [Fact]
    public void An_event_that_proves_two_findings_is_taken_back_once()
    {
        Flow(0, Bucket, 100).Flow(60, Bucket, 7);
        Assert.Equal(7, Bytes(Learn(all => [Proof(all[0]), Proof(all[0])])));
    }

    [Fact]
    public void Where_evidence_was_left_out_nothing_that_it_names_counts_on_the_days_of_the_finding()
    {
        Flow(0, Bucket, 1).Flow(Day, Bucket, 2).Flow(Day + 60, Bucket, 3).Flow(2 * Day, Bucket, 4).Flow(3 * Day, Bucket, 5).Flow(Day, "other.example", 6);
        Finding Cut(EvidenceEvent[] all) => Proof(all.Single(item => Equals(item[FieldId.BytesIn], 2L))) with { EvidenceOmitted = 1, End = EventLine.Start + TimeSpan.FromDays(2) };
        Assert.Equal(1 + 5, Bytes(Learn(all => [Cut(all)])));
        Assert.Equal(1 + 5, Bytes(Learn(all => [Proof(all[1]), Cut(all), Proof(all[2])])));
    }

    [Fact]
    public void In_whatever_order_findings_come_the_same_is_left()
    {
        for (var i = 0; i < 40; i++) Flow(i * 7_000, i % 3 == 0 ? "a.example" : Bucket, i);
        Finding[] Findings(EvidenceEvent[] all) => [Proof(all[1], all[2]), Proof(all[2], all[9]), Proof(all[3]), Proof(all[14]) with { EvidenceOmitted = 5 }, Proof(all[14], all[15])];
        Assert.Equal(Learn(Findings).Of(App), Learn(all => [.. Findings(all).Reverse()]).Of(App));
    }

    [Fact]
    public void Functions_are_taken_back_as_hosts_are()
    {
        foreach (var at in new[] { 0, 60 }) _line.Add(at, EventClass.ModuleActivity, 1, App, "android:api", (FieldId.FunctionName, "java.security.KeyPairGenerator.generateKeyPair"));
        Assert.All(Families(Learn(_ => [])), cell => Assert.Equal(2, cell.Counts.Times));
        Assert.NotEmpty(Families(Learn(all => [Proof(all[0])])));
        Assert.All(Families(Learn(all => [Proof(all[0])])), cell => Assert.Equal(1, cell.Counts.Times));
        Assert.Empty(Families(Learn(all => [Proof([.. all])])));

        static IEnumerable<BaselineCell> Families(Baseline baseline) => baseline.Of(App).Where(cell => cell.Kind == BaselineKind.ApiFamily);
    }

    [Fact]
    public void What_names_no_app_and_what_another_device_did_takes_nothing_back()
    {
        Flow(0, Bucket, 100);
        Assert.Equal(100, Bytes(Learn(all => [Proof(all[0] with { App = null }), Proof(all[0] with { Device = "phone-2" }), Proof(all[0] with { App = "com.example.other" })])));
    }

    [Fact]
    public void Equal_ids_on_two_devices_are_two_events()
    {
        var batch = new EventBatch(_symbols);
        foreach (var device in new[] { "phone-1", "phone-2", "phone-2" })
        {
            batch.Begin(EventClass.NetworkActivity, 6, EventLine.Start, 1, batch.Count + 1);
            batch.Current.Id = 7;
            batch.Current.Device = _symbols.Intern(device);
            batch.Current.App = _symbols.Intern(App);
            batch.Set(FieldId.DstHostname, "a.example");
            batch.Commit();
        }
        var learning = new BaselineLearning(_symbols, ReferenceData.Shipped);
        learning.Learn(batch);
        Assert.All(learning.ToBaseline().Of(App), cell => Assert.Equal((2L, 2L), (cell.Devices, cell.Counts.Times)));
    }

    [Fact]
    public void The_state_of_an_app_is_known_afterwards_for_each_moment()
    {
        var history = new AppStateHistory();
        AppState[] stated = [AppState.Unknown, AppState.Background, AppState.Unknown, AppState.Suspended, AppState.Foreground, AppState.Unknown, AppState.ForegroundService];
        bool[] expected = [false, true, true, true, false, false, true];
        Assert.Equal(expected, stated.Select((state, second) => history.Next(At(second), state)));
        Assert.Equal(expected, stated.Select((state, second) => history.Was(At(second), state)));
        Assert.Equal(expected, stated.Select((_, second) => history.Was(At(second), AppState.Unknown)));
        Assert.True(history.Was(At(99), AppState.Unknown));

        static Instant At(int second) => EventLine.Start + TimeSpan.FromSeconds(second);
    }

    private BaselineLearningTests Flow(double at, string host, long bytes)
    {
        _line.Add(at, EventClass.NetworkActivity, 6, App, "NSM:Flow", (FieldId.DstHostname, host), (FieldId.BytesIn, bytes));
        return this;
    }

    private Baseline Learn(Func<EvidenceEvent[], Finding[]> findings)
    {
        var batch = _line.Batch();
        var learning = new BaselineLearning(_symbols, ReferenceData.Shipped);
        learning.Learn(batch);
        EvidenceEvent[] all = [.. Enumerable.Range(0, batch.Count).Select(i => EvidenceEvent.From(batch[i], _symbols, ""))];
        foreach (var finding in findings(all)) learning.Forget(finding);
        return learning.ToBaseline();
    }

    private static Finding Proof(params EvidenceEvent[] events) => SampleFindings.All()[0] with
    {
        App = App, Start = events.Min(item => item.Time), End = events.Max(item => item.End), EvidenceOmitted = 0,
        Evidence = [.. events.Select(item => new Evidence("flow", item))],
    };

    private static long Bytes(Baseline baseline) =>
        baseline.Of(App).Single(cell => cell.Kind == BaselineKind.Destination && Shortened(cell.Value) == "amazonaws.com").Counts.BytesIn;

    // Whether a bucket is a domain of its own is up to the list of public suffixes.
    private static string Shortened(string domain) => domain.EndsWith("amazonaws.com", StringComparison.Ordinal) ? "amazonaws.com" : domain;
}

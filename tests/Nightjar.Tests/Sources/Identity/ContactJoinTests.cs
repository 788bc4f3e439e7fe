using Nightjar.Events;
using Nightjar.Sources.Identity.Joining;
using Nightjar.Sources.Intake;
using Nightjar.Tests.Engine;
using Xunit;

namespace Nightjar.Tests.Sources.Identity;

/// <summary>Which app a network record gets that names none.</summary>
public sealed class ContactJoinTests
{
    private const string Torch = "com.example.torch";
    private const string Mail = "com.example.mail";
    private const string Sensor = "NSM:Flow";
    private const string Agent = "android:MDMLog";

    private readonly SymbolTable _symbols = new();

    [Fact]
    public void The_same_connection_names_its_app()
    {
        var joined = Join(
            Contact(0, Torch, Agent, "203.0.113.7", 443, 50123),
            Contact(0.5, Mail, Agent, "203.0.113.7", 443, 50124),
            Contact(2, "", Sensor, "203.0.113.7", 443, 50123));
        Assert.Equal((Torch, AppBasis.Connection), joined[2]);
    }

    [Fact]
    public void A_place_that_one_app_alone_went_to_names_it()
    {
        Assert.Equal((Torch, AppBasis.Destination), Join(Contact(0, Torch, Agent, "203.0.113.7", 443), Contact(2, "", Sensor, "203.0.113.7", 443, 50123))[1]);
        Assert.Equal((Torch, AppBasis.Destination), Join(Contact(2, "", Sensor, "203.0.113.7", 443), Contact(6, Torch, Agent, "203.0.113.7", 443))[0]);
        Assert.Equal((Torch, AppBasis.Destination), Join(Asked(0, Torch, Agent, "files.example"), Asked(1, "", Sensor, "files.example"))[1]);
    }

    [Fact]
    public void Nothing_is_joined_to_two_apps_to_another_place_another_device_or_another_time()
    {
        var unnamed = Contact(2, "", Sensor, "203.0.113.7", 443, 50123);
        Assert.Equal(("", AppBasis.Stated), Join(Contact(0, Torch, Agent, "203.0.113.7", 443), Contact(1, Mail, Agent, "203.0.113.7", 443), unnamed)[2]);
        Assert.Equal(("", AppBasis.Stated), Join(Contact(0, Torch, Agent, "203.0.113.8", 443), unnamed)[1]);
        Assert.Equal(("", AppBasis.Stated), Join(Contact(0, Torch, Agent, "203.0.113.7", 80), unnamed)[1]);
        Assert.Equal(("", AppBasis.Stated), Join(Contact(0, Torch, Agent, "203.0.113.7", 443) with { Device = "phone-2" }, unnamed)[1]);
        Assert.Equal(("", AppBasis.Stated), Join(Contact(-4, Torch, Agent, "203.0.113.7", 443), unnamed)[1]);
        Assert.Equal(("", AppBasis.Stated), Join(unnamed, Contact(8, Torch, Agent, "203.0.113.7", 443))[0]);
    }

    [Fact]
    public void One_connection_with_two_apps_is_given_to_neither()
    {
        var joined = Join(
            Contact(0, Torch, Agent, "203.0.113.7", 443, 50123), Contact(1, Mail, Agent, "203.0.113.7", 443, 50123), Contact(2, "", Sensor, "203.0.113.7", 443, 50123));
        Assert.Equal(("", AppBasis.Stated), joined[2]);
    }

    [Fact]
    public void A_connection_that_lasts_names_what_happens_within_it()
    {
        var lasting = Contact(0, Torch, Agent, "203.0.113.7", 443, 50123) with { Lasts = 600 };
        Assert.Equal((Torch, AppBasis.Connection), Join(lasting, Contact(500, "", Sensor, "203.0.113.7", 443, 50123))[1]);
        Assert.Equal(("", AppBasis.Stated), Join(lasting, Contact(700, "", Sensor, "203.0.113.7", 443, 50123))[1]);
    }

    [Fact]
    public void Records_of_one_connection_id_share_the_app_as_long_as_the_connection_lasts()
    {
        var flow = Contact(1, "", Sensor, "203.0.113.7", 443, 50123) with { Lasts = 300, Connection = "C1" };
        var fetched = new Line(200, "", Sensor) { Host = "other.example", Connection = "C1" };
        var joined = Join(Contact(0, Torch, Agent, "203.0.113.7", 443, 50123), flow, fetched, fetched with { Seconds = 201, Connection = "C2" });
        Assert.Equal((Torch, AppBasis.Connection), joined[1]);
        Assert.Equal((Torch, AppBasis.Connection), joined[2]);
        Assert.Equal(("", AppBasis.Stated), joined[3]);
    }

    [Fact]
    public void What_a_record_states_is_never_replaced() =>
        Assert.Equal((Mail, AppBasis.Stated), Join(Contact(0, Torch, Agent, "203.0.113.7", 443, 50123), Contact(1, Mail, Sensor, "203.0.113.7", 443, 50123))[1]);

    [Fact]
    public void Where_too_many_went_at_once_nobody_is_named()
    {
        var crowd = Enumerable.Range(0, 70).Select(i => Contact(i * 0.01, Torch, Agent, "203.0.113.7", 443, 40000 + i)).ToList();
        var join = new ContactJoin(TimeSpan.FromSeconds(5));
        var joined = Join(join, 1000, [.. crowd, Contact(2, "", Sensor, "203.0.113.7", 443)]);
        Assert.Equal(("", AppBasis.Stated), joined[^1]);
        Assert.Equal(1, join.Counts.Ambiguous);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    public void How_events_are_cut_into_batches_makes_no_difference(int size)
    {
        var random = new Random(3);
        var lines = Enumerable.Range(0, 300).Select(i => Contact(i * 0.9, random.Next(3) switch { 0 => Torch, 1 => Mail, _ => "" }, random.Next(2) == 0 ? Sensor : Agent, $"203.0.113.{random.Next(20)}", 443, random.Next(2) * random.Next(50000, 50003))).ToArray();
        Assert.Equal(Join(new ContactJoin(TimeSpan.FromSeconds(5)), 1000, lines), Join(new ContactJoin(TimeSpan.FromSeconds(5)), size, lines));
    }

    [Fact]
    public void A_restart_forgets_what_came_before()
    {
        var join = new ContactJoin(TimeSpan.FromSeconds(5));
        IntakeStep[] steps = [IntakeStep.Of(Batch([Contact(0, Torch, Agent, "203.0.113.7", 443)])), IntakeStep.Restart, IntakeStep.Of(Batch([Contact(1, "", Sensor, "203.0.113.7", 443)]))];
        var given = join.Join(steps).ToArray();
        Assert.True(given[0].IsRestart);
        Assert.True(Assert.Single(given.Skip(1)).Batch!.HeaderAt(0).App.IsNone);
    }

    private static Line Contact(double seconds, string app, string log, string ip, int port, int ownPort = 0) => new(seconds, app, log) { Ip = ip, Port = port, OwnPort = ownPort };

    private static Line Asked(double seconds, string app, string log, string host) => new(seconds, app, log) { Host = host };

    private (string App, AppBasis Basis)[] Join(params Line[] lines) => Join(new ContactJoin(TimeSpan.FromSeconds(5)), 1, lines);

    // Batches of a few events, so that what is held back matters.
    private (string App, AppBasis Basis)[] Join(ContactJoin join, int size, Line[] lines)
    {
        var result = new List<(string, AppBasis)>();
        foreach (var step in join.Join(lines.Chunk(size).Select(chunk => IntakeStep.Of(Batch(chunk)))))
            for (var i = 0; i < step.Batch!.Count; i++) result.Add((_symbols.Text(step.Batch.HeaderAt(i).App), step.Batch.HeaderAt(i).State.AppBasis));
        return [.. result];
    }

    private EventBatch Batch(IEnumerable<Line> lines)
    {
        var batch = new EventBatch(_symbols);
        foreach (var line in lines) line.Write(batch);
        return batch;
    }

    private sealed record Line(double Seconds, string App, string Log)
    {
        public string Device { get; init; } = "phone-1";

        public string? Ip { get; init; }

        public int Port { get; init; }

        public int OwnPort { get; init; }

        public string? Host { get; init; }

        public double Lasts { get; init; }

        public string? Connection { get; init; }

        public void Write(EventBatch batch)
        {
            batch.Begin(EventClass.NetworkActivity, 6, EventLine.Start + TimeSpan.FromSeconds(Seconds), 1, 1);
            batch.Current.End = batch.Current.Time + TimeSpan.FromSeconds(Lasts);
            batch.Current.Device = batch.Symbols.Intern(Device);
            batch.Current.App = batch.Symbols.Intern(App);
            batch.Current.LogName = batch.Symbols.Intern(Log);
            batch.Set(FieldId.DstIp, Ip);
            batch.Set(FieldId.DstHostname, Host);
            batch.Set(FieldId.ConnectionUid, Connection);
            if (Port > 0) batch.SetInteger(FieldId.DstPort, Port);
            if (OwnPort > 0) batch.SetInteger(FieldId.SrcPort, OwnPort);
            batch.Commit();
        }
    }
}

using Nightjar.Analytics;
using Nightjar.Analytics.Tuning;
using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Knowledge;
using Xunit;

namespace Nightjar.Tests.Engine;

/// <summary>A sensor tells one connection as a connection, as transactions and as files: measures count it once.</summary>
public sealed class ConnectionRecordsTests
{
    private const string Measures = """
        title: Measures over contacts
        status: test
        level: high
        logsource: {product: android}
        analytic:
          uid: T2
          version: 1.0.0
          within: 10m
          stages:
            - id: begin
              detection: {s: {class_uid: 99906001}, condition: s}
            - id: contact
              detection: {s: {class_uid: 4001}, h: {class_uid: 4002}, condition: s or h}
          chains:
            - {name: contacts, stages: [begin, contact], score: 30}
          score:
            add:
              - {name: much, points: 10, reason: much, stage: contact, sum: {of: traffic.bytes_out, at_least: 100KiB}}
              - {name: often, points: 20, reason: often, stage: contact, at_least: 3}
              - {name: again, points: 5, reason: again, stage: contact, after: contact, at_least: 1}
          finding: {title: "{app} talked", description: "{state}"}
        """;

    private const string App = "com.example.torch";

    private readonly SymbolTable _symbols = new();
    private readonly EventLine _line;

    public ConnectionRecordsTests() => _line = new EventLine(_symbols).Add(0, EventClass.MobileState, 1, App, "NSM:Flow");

    [Fact]
    public void The_bytes_of_a_transfer_that_is_told_three_times_count_once()
    {
        Tell(1, EventClass.NetworkActivity, 6, "C1", 60);
        Tell(2, EventClass.HttpActivity, 6, "C1", 59);
        Tell(3, EventClass.NetworkActivity, 6, "C1", 59, (FieldId.FileSize, 59_000));
        Assert.Equal(30, Score());
    }

    [Fact]
    public void Transactions_of_one_connection_add_up_where_they_tell_more_than_it_does()
    {
        Tell(1, EventClass.NetworkActivity, 6, "C1", 10);
        Tell(2, EventClass.HttpActivity, 6, "C1", 60);
        Tell(3, EventClass.HttpActivity, 6, "C1", 60);
        // No "again": the contact that was matched is the connection, and these are parts of it.
        Assert.Equal(40, Score());
    }

    [Fact]
    public void Two_connections_add_up()
    {
        Tell(1, EventClass.NetworkActivity, 6, "C1", 60);
        Tell(2, EventClass.HttpActivity, 6, "C1", 60);
        Tell(3, EventClass.NetworkActivity, 6, "C2", 60);
        Assert.Equal(45, Score());
    }

    [Fact]
    public void Three_records_of_one_connection_are_one_contact_and_three_connections_are_three()
    {
        Tell(1, EventClass.NetworkActivity, 6, "C1", 1);
        Tell(2, EventClass.NetworkActivity, 1, "C1", 0);
        Tell(3, EventClass.HttpActivity, 6, "C1", 1);
        Assert.Equal(30, Score());
        Tell(4, EventClass.NetworkActivity, 6, "C2", 1);
        Tell(5, EventClass.NetworkActivity, 6, "C3", 1);
        Assert.Equal(55, Score());
    }

    [Fact]
    public void Records_that_name_no_connection_count_each()
    {
        for (var i = 1; i <= 3; i++) Tell(i, EventClass.NetworkActivity, 6, "", 40);
        Assert.Equal(65, Score());
    }

    private void Tell(double at, EventClass eventClass, int activity, string connection, int kilobytes, params (FieldId, object)[] more) =>
        _line.Add(at, eventClass, activity, App, "NSM:Flow", [(FieldId.ConnectionUid, connection), (FieldId.BytesOut, kilobytes * 1024), .. more]);

    private int Score()
    {
        var set = AnalyticLoader.Load([new AnalyticSource("t2.yml", Measures)], _symbols, ReferenceData.Shipped, DefaultTuning.Instance);
        Assert.Empty(set.Diagnostics);
        var engine = new DetectionEngine(new EngineOptions(), set.Analytics, _symbols, (file, position) => $"{file}:{position}");
        engine.Process(_line.Batch());
        engine.Complete();
        return Assert.Single(engine.TakeFindings()).Score;
    }
}

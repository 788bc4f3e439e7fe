using Nightjar.Events;
using Nightjar.Sources;
using Nightjar.Sources.DataUsage;
using Nightjar.Tests.Sources.Sqlite;
using Xunit;
using static Nightjar.Tests.Sources.DataUsage.DataUsageText;

namespace Nightjar.Tests.Sources.DataUsage;

public sealed class DataUsageTests
{
    private static readonly Instant Day = Instant.From(new DateTimeOffset(2026, 2, 20, 0, 0, 0, TimeSpan.Zero));

    private static Reading Read(params string[] rows) => Reading.Of(new DataUsageReader(), Database(rows));

    [Fact]
    public void A_row_is_a_sum_without_a_destination_from_the_epoch_of_2001()
    {
        var flow = Assert.Single(Read(Process(1, "com.example.courier", "nsurlsessiond/com.example.courier"), Usage(1, 1, 0)).Events);
        Assert.Equal((EventClass.NetworkActivity, 99, Day, Day + TimeSpan.FromDays(3)), (flow.Class, flow.Activity, flow.Time, flow.End));
        Assert.Equal((1030L, 204L), ((long)flow[FieldId.BytesIn]!, (long)flow[FieldId.BytesOut]!));
        Assert.Equal(("com.example.courier", AppGrade.Package, "nsurlsessiond"), (flow.App, flow.State.AppGrade, (string?)flow[FieldId.ProcessName]));
        Assert.Equal("wifi=1000/200; mobile=30/4", flow[FieldId.Message]);
        Assert.Null(flow[FieldId.DstHostname] ?? flow[FieldId.DstIp]);
        Assert.Equal(DataComponents.None, EventClasses.Components(flow.Class, flow.Activity));
        Assert.Equal(("iOS:unifiedlog", Platform.IOS, TimeBasis.Stated), (flow.LogName, flow.Platform, flow.State.TimeBasis));
    }

    [Fact]
    public void A_day_lasts_until_the_next_of_its_process_begins()
    {
        var flows = Read(Process(1, "com.example.courier", "Courier"), Process(2, "com.example.other", "Other"),
            Usage(1, 1, 1), Usage(2, 1, 0), Usage(3, 2, 0.5), Usage(4, 1, 9)).Events;
        Assert.Equal([0.0, 1, 9, 0.5], flows.Select(flow => (flow.Time - Day).TotalDays));
        Assert.Equal([1.0, 3, 9, 3], flows.Select(flow => (flow.End - Day).TotalDays));
    }

    [Fact]
    public void The_devices_own_total_is_not_counted_again()
    {
        var reading = Read(Process(1, "com.example.courier", "Courier"), Process(2, null, "CumulativeUsageTracker"), Usage(1, 1, 0), Usage(2, 2, 0));
        Assert.Equal("com.example.courier", Assert.Single(reading.Events).App);
        Assert.Contains("not counted again", Assert.Single(reading.Of(AnomalyKind.UnknownKind)).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "mDNSResponder", "mDNSResponder", AppGrade.ProcessName, "mDNSResponder")]
    [InlineData(null, "nsurlsessiond/com.example.courier", "com.example.courier", AppGrade.ProcessName, "nsurlsessiond")]
    [InlineData("com.example.courier", "1FB47783-A2FE-47D9-B256-DF50EF44BBA4/com.example.courier", "com.example.courier", AppGrade.Package, null)]
    public void A_process_is_named_as_well_as_the_row_allows(string? bundle, string name, string app, AppGrade grade, string? program)
    {
        var flow = Assert.Single(Read(Process(1, bundle, name), Usage(1, 1, 0)).Events);
        Assert.Equal((app, grade, program), (flow.App, flow.State.AppGrade, (string?)flow[FieldId.ProcessName]));
    }

    [Fact]
    public void Of_two_copies_the_one_with_more_bytes_goes_first_and_they_are_one_event()
    {
        var older = Read(Process(1, "com.example.courier", "Courier"), Usage(1, 1, 0));
        var newer = Read(Process(1, "com.example.courier", "Courier", last: 5), Usage(1, 1, 0, "9000.0, 200.0, 30.0, 4.0"));
        Assert.Equal(older.Events[0].Uid, newer.Events[0].Uid);
        Assert.Contains(" seq -1234 ", older.Lines[0], StringComparison.Ordinal);
        Assert.Contains(" seq -9234 ", newer.Lines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null, 1.0, 1.0, 1.0", 2, 1)]
    [InlineData("5, 5, 5, 5", 10, 10)]
    public void Columns_without_a_value_count_as_none(string bytes, long bytesIn, long bytesOut)
    {
        var flow = Assert.Single(Read(Process(1, "com.example.courier", "Courier"), Usage(1, 1, 0, bytes)).Events);
        Assert.Equal((bytesIn - (bytes[0] == 'n' ? 1 : 0), bytesOut + (bytes[0] == 'n' ? 1 : 0)), ((long)flow[FieldId.BytesIn]!, (long)flow[FieldId.BytesOut]!));
    }

    [Fact]
    public void Networks_on_a_cable_count_too()
    {
        var bytes = SqliteFile.Of(Tables, "alter table ZLIVEUSAGE add column ZWIREDIN FLOAT; alter table ZLIVEUSAGE add column ZWIREDOUT FLOAT;",
            Process(1, "com.example.courier", "Courier"), Usage(1, 1, 0, "1.0, 2.0, 3.0, 4.0, 500.0, 600.0"));
        Assert.Equal("wifi=1/2; mobile=3/4; wired=500/600", Assert.Single(Reading.Of(new DataUsageReader(), bytes).Events)[FieldId.Message]);
    }

    [Fact]
    public void What_cannot_be_taken_is_told()
    {
        var reading = Read(Process(1, "com.example.courier", "Courier"), Usage(1, 8, 0), Usage(2, 1, -20_000), Usage(3, 1, 0, "-5.0, 0, 0, 0"), Usage(4, 1, 0, "1e300, 0, 0, 0"));
        Assert.Empty(reading.Events);
        Assert.Equal([AnomalyKind.MissingField, AnomalyKind.BadTime, AnomalyKind.BadValue, AnomalyKind.BadValue], reading.Anomalies.Select(anomaly => anomaly.Kind));
        Assert.All(reading.Anomalies, anomaly => Assert.True(anomaly.Position > 0));
    }

    [Fact]
    public void A_write_ahead_log_that_may_be_missing_is_told()
    {
        var bytes = SqliteFile.Of(512, "UTF-8", connection => SqliteFile.Run(connection, Tables + Process(1, "com.example.courier", "Courier") + Usage(1, 1, 0)), "wal");
        var reading = Reading.Of(new DataUsageReader(), bytes);
        Assert.Single(reading.Events);
        Assert.Contains("-wal", Assert.Single(reading.Of(AnomalyKind.UnknownKind)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_database_is_not_taken_for_one() =>
        Assert.NotEqual("ios-data-usage", SourceCatalog.Recognise(new SourceHead(SqliteFile.Of("create table a (b)"), true, "DataUsage.sqlite"))?.Format.Id);

    [Fact]
    public void The_name_decides_where_the_list_of_tables_lies_too_far_behind()
    {
        var many = string.Concat(Enumerable.Range(0, 60).Select(i => $"create table filler_{i} (a text, b text, c text, d text, e text, f text);"));
        var bytes = SqliteFile.Of(many, "create table padding (x);", "insert into padding values (zeroblob(70000));", Tables, Process(1, "com.example.courier", "Courier"), Usage(1, 1, 0));
        var head = new SourceHead(bytes.AsMemory(0, 2048), false, "netusage.sqlite");
        Assert.Equal("ios-data-usage", SourceCatalog.Recognise(head)?.Format.Id);
        Assert.Null(SourceCatalog.Recognise(head with { Name = "photos.sqlite" }));
        Assert.Single(Reading.Of(new DataUsageReader(), bytes).Events);
    }
}

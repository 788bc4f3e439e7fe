using Nightjar.Events;
using Nightjar.Tests.Sources.Sqlite;
using Xunit;

namespace Nightjar.Conformance.Sources;

/// <summary>Real data usage databases, counted by SQLite itself.</summary>
public sealed class DataUsageSampleTests
{
    [Theory]
    [InlineData("ios-datausage/DataUsage.sqlite", false)]
    [InlineData("ios-datausage/netusage.sqlite", true)]
    public void Every_row_of_a_process_is_a_sum_of_its_bytes(string path, bool hasCable)
    {
        var (reader, events, anomalies) = Sample.Read(Sample.Bytes(path), path);
        Assert.Equal("ios-data-usage", reader);
        var cable = hasCable ? "+sum(u.ZWIREDIN), sum(u.ZWIFIOUT)+sum(u.ZWWANOUT)+sum(u.ZWIREDOUT)" : ", sum(u.ZWIFIOUT)+sum(u.ZWWANOUT)";
        var truth = Assert.Single(SqliteFile.Query(Sample.PathOf(path), $"""
            select count(*), sum(u.ZWIFIIN)+sum(u.ZWWANIN){cable}, min(u.ZTIMESTAMP), count(distinct p.Z_PK), sum(p.ZBUNDLENAME is not null)
            from ZLIVEUSAGE u join ZPROCESS p on p.Z_PK = u.ZHASPROCESS where p.ZPROCNAME <> 'CumulativeUsageTracker'
            """));
        Assert.Equal((long)truth[0]!, events.Count);
        Assert.Equal((double)truth[1]!, events.Sum(item => (double)(long)item[FieldId.BytesIn]!));
        Assert.Equal((double)truth[2]!, events.Sum(item => (double)(long)item[FieldId.BytesOut]!));
        Assert.Equal((double)truth[3]! + 978_307_200, events.Min(item => item.Time).Micros / 1e6, 5);
        Assert.Equal((long)truth[5]!, events.Count(item => item.State.AppGrade == AppGrade.Package));
        Assert.All(events, item => Assert.True(item.End < Instant.From(new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero))));
        var all = (long)Assert.Single(SqliteFile.Query(Sample.PathOf(path), "select count(*) from ZLIVEUSAGE"))[0]!;
        Assert.Equal(all - events.Count, anomalies.Count(anomaly => anomaly.Reason.Contains("not counted again", StringComparison.Ordinal)));
        Assert.Equal(all - events.Count + 1, anomalies.Count);
        Assert.Single(anomalies, anomaly => anomaly.Reason.Contains("write-ahead log", StringComparison.Ordinal));
    }
}

using System.Text;
using Nightjar.Events;
using Nightjar.Sources.Intake;
using Xunit;

namespace Nightjar.Tests.Intake;

public sealed class ArchiveLimitTests : IDisposable
{
    private static readonly List<InventedEvent> Events = [.. InventedEvent.Series(3000)];

    private readonly IntakeBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_bomb_is_left_when_the_ratio_is_reached_and_the_rest_is_read()
    {
        _bench.Write("bomb.gz", IntakeBench.Gzip([.. Encoding.UTF8.GetBytes("#invented\n"), .. new byte[40 << 20]]));
        _bench.Write("good.log", Events);

        var run = _bench.Run(_bench.Options() with { Limits = new IntakeLimits { RatioGrace = 1 << 20, Ratio = 100 } });

        Assert.Equal(3000, run.Events.Count);
        Assert.Equal(FileState.ReadInPart, run["in/bomb.gz"].State);
        Assert.Contains(run["in/bomb.gz"].Anomalies, anomaly => anomaly.Kind == AnomalyKind.LimitReached);
        Assert.InRange(run["in/bomb.gz"].Bytes, 1 << 20, 3 << 20);
    }

    [Fact]
    public void A_bomb_spread_over_nested_archives_is_found_by_what_comes_out_in_all()
    {
        var layer = IntakeBench.ZipBytes(("zeros", new byte[2 << 20]));
        var bomb = IntakeBench.ZipBytes([.. Enumerable.Range(0, 20).Select(i => ($"{i}.zip", layer))]);
        _bench.Write("bomb.zip", IntakeBench.ZipBytes(("inner.zip", bomb)));

        var run = _bench.Run(_bench.Options() with
        {
            Limits = new IntakeLimits { RatioGrace = 4 << 20, Ratio = 2000 },
            Recognise = _ => new ReadsAll(),
        });

        Assert.Contains(run.Accounts, account => account.Anomalies.Any(anomaly => anomaly.Kind == AnomalyKind.LimitReached));
        Assert.InRange(run.Accounts.Sum(account => account.Bytes), 2 << 20, 16 << 20);
    }

    [Fact]
    public void All_that_comes_out_of_one_file_is_limited()
    {
        _bench.Write("x.zip", IntakeBench.Zip([.. Enumerable.Range(0, 9).Select(i => ($"{i}.log", InventedReader.File(Events)))]));
        var size = InventedReader.File(Events).Length;

        var run = _bench.Run(_bench.Options() with { Limits = new IntakeLimits { ExpandedBytes = size * 3 + 100 } });

        Assert.Equal(3, run.Accounts.Count(account => account.State == FileState.Read));
        Assert.All(run.Accounts.Where(account => account.State != FileState.Read), account => Assert.Contains(account.Anomalies, anomaly => anomaly.Kind == AnomalyKind.LimitReached));
    }

    [Fact]
    public void Entries_beyond_the_limit_are_not_read_and_those_before_are()
    {
        _bench.Write("x.zip", IntakeBench.Zip([.. Enumerable.Range(0, 9).Select(i => ($"{i}.log", InventedReader.File(Events.Take(i + 1))))]));
        _bench.Write("x.tar", IntakeBench.Tar([.. Enumerable.Range(0, 9).Select(i => ($"{i}.log", InventedReader.File(Events.Take(i + 1))))]));

        var run = _bench.Run(_bench.Options() with { Limits = new IntakeLimits { Entries = 4 } });

        Assert.Equal(20, run.Events.Count);
        Assert.Equal(AnomalyKind.LimitReached, Assert.Single(run["in/x.zip"].Anomalies).Kind);
        Assert.Equal(AnomalyKind.LimitReached, Assert.Single(run["in/x.tar"].Anomalies).Kind);
    }

    [Fact]
    public void Entries_of_archives_inside_an_archive_count_with_it()
    {
        var inner = IntakeBench.Zip([.. Enumerable.Range(0, 5).Select(i => ($"{i}.log", InventedReader.File(Events.Take(1))))]);
        _bench.Write("x.zip", IntakeBench.ZipBytes([.. Enumerable.Range(0, 5).Select(i => ($"{i}.zip", inner))]));

        var run = _bench.Run(_bench.Options() with { Limits = new IntakeLimits { Entries = 9 } });

        Assert.Equal(7, run.Events.Count);
        Assert.All((string[])["in/x.zip", "in/x.zip!/1.zip"], path => Assert.Equal(AnomalyKind.LimitReached, Assert.Single(run[path].Anomalies).Kind));
    }

    [Fact]
    public void Archives_are_opened_to_a_depth_and_no_deeper()
    {
        var inner = IntakeBench.Zip(("a.log", InventedReader.File(Events.Take(2))));
        for (var i = 0; i < 5; i++)
        {
            _bench.Write($"{i + 1}-deep.zip", inner);
            inner = IntakeBench.ZipBytes(("inner.zip", inner));
        }

        var run = _bench.Run();

        Assert.Equal(8, run.Events.Count);
        Assert.Equal(AnomalyKind.LimitReached, Assert.Single(run["in/5-deep.zip!/inner.zip!/inner.zip!/inner.zip!/inner.zip"].Anomalies).Kind);
    }

    [Fact]
    public void An_archive_that_does_not_fit_the_temporary_folder_is_read_as_far_as_it_goes()
    {
        _bench.Write("x.zip", IntakeBench.ZipBytes(("inner.zip", IntakeBench.Zip(("a.log", InventedReader.File(Events.Take(5))), ("b.log", InventedReader.File(Events))))));

        var run = _bench.Run(_bench.Options() with { Limits = new IntakeLimits { SpooledBytes = 2000 } });

        Assert.Equal(5, run["in/x.zip!/inner.zip!/a.log"].Events);
        Assert.Equal(AnomalyKind.LimitReached, Assert.Single(run["in/x.zip!/inner.zip"].Anomalies).Kind);
    }
}

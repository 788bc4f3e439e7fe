using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Nightjar.Events;
using Nightjar.Sources.Intake;
using Xunit;

namespace Nightjar.Tests.Intake;

public sealed class DamagedArchiveTests : IDisposable
{
    private static readonly List<InventedEvent> Events = [.. InventedEvent.Series(3000)];

    private readonly IntakeBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void What_came_before_a_gzip_file_is_cut_off_is_kept()
    {
        var whole = IntakeBench.Gzip(InventedReader.File(InventedEvent.Series(20_000)));
        _bench.Write("a.gz", whole[..(whole.Length / 2)]);
        _bench.Write("b.log", new InventedEvent(1, "other"));

        var run = _bench.Run();

        Assert.InRange(run.Events.Count, 5000, 15_000);
        Assert.Equal(FileState.ReadInPart, run["in/a.gz"].State);
        Assert.Contains(run["in/a.gz"].Anomalies, anomaly => anomaly.Kind == AnomalyKind.Corrupt);
        Assert.Equal(FileState.Read, run["in/b.log"].State);
    }

    [Fact]
    public void A_gzip_file_without_its_last_bytes_is_known_to_be_cut_off()
    {
        _bench.Write("a.gz", IntakeBench.Gzip(InventedReader.File(Events))[..^8]);

        var run = _bench.Run();

        Assert.Equal(3000, run.Events.Count);
        Assert.Equal(AnomalyKind.Corrupt, Assert.Single(run["in/a.gz"].Anomalies).Kind);
    }

    [Fact]
    public void Damage_in_a_zip_entry_costs_that_entry_only()
    {
        var zip = IntakeBench.Zip(("a.log", InventedReader.File(Events)), ("b.log", InventedReader.File(Events.Take(5))));
        zip.AsSpan(zip.Length / 3, 8).Clear();
        _bench.Write("x.zip", zip);

        var run = _bench.Run();

        Assert.Equal(FileState.ReadInPart, run["in/x.zip!/a.log"].State);
        Assert.Contains(run["in/x.zip!/a.log"].Anomalies, anomaly => anomaly.Kind == AnomalyKind.Corrupt);
        Assert.Equal((FileState.Read, 5L), (run["in/x.zip!/b.log"].State, run["in/x.zip!/b.log"].Events));
    }

    [Fact]
    public void A_stored_zip_entry_with_a_wrong_checksum_is_reported()
    {
        var zip = StoredZip.Of("a.log", InventedReader.File(Events.Take(5)), method: 0, wrap: content => content);
        zip[zip.AsSpan().IndexOf("hello"u8) is var at and >= 0 ? at : zip.AsSpan().IndexOf("message 3"u8)] ^= 1;
        _bench.Write("x.zip", zip);

        Assert.Equal(AnomalyKind.Corrupt, Assert.Single(_bench.Run()["in/x.zip!/a.log"].Anomalies).Kind);
    }

    [Fact]
    public void The_entries_of_a_zip_file_that_lost_its_directory_are_found_by_their_headers()
    {
        var zip = IntakeBench.Zip(("a.log", InventedReader.File(Events.Take(7))), ("b.log", InventedReader.File(Events)));
        _bench.Write("x.zip", zip[..(zip.Length * 2 / 3)]);

        var run = _bench.Run();

        Assert.Equal((FileState.Read, 7L), (run["in/x.zip!/a.log"].State, run["in/x.zip!/a.log"].Events));
        Assert.Equal(FileState.ReadInPart, run["in/x.zip!/b.log"].State);
        Assert.InRange(run["in/x.zip!/b.log"].Events, 500, 2900);
        Assert.Equal(AnomalyKind.Corrupt, Assert.Single(run["in/x.zip"].Anomalies).Kind);
    }

    [Fact]
    public void A_zip_file_written_to_a_pipe_keeps_its_sizes_after_the_content_and_is_salvaged_too()
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(new PipeStream(packed), ZipArchiveMode.Create))
        {
            foreach (var name in (string[])["a.log", "b.log"])
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(InventedReader.File(Events)));
            }
        }
        var bytes = packed.ToArray();
        _bench.Write("whole.zip", bytes);
        _bench.Write("cut.zip", bytes[..(bytes.Length - 60)]);

        var run = _bench.Run();

        Assert.Equal(3000, run["in/whole.zip!/a.log"].Events);
        Assert.Equal((3000L, 3000L), (run["in/cut.zip!/a.log"].Events, run["in/cut.zip!/b.log"].Events));
        Assert.Equal(FileState.ReadInPart, run["in/cut.zip"].State);
    }

    [Fact]
    public void An_archive_cut_off_in_the_middle_keeps_the_files_before()
    {
        var tar = IntakeBench.Tar(("a.log", InventedReader.File(Events.Take(10))), ("b.log", InventedReader.File(Events)));
        _bench.Write("x.tar", tar[..(tar.Length / 2)]);

        var run = _bench.Run();

        Assert.Equal(FileState.Read, run["in/x.tar!/a.log"].State);
        Assert.Equal(FileState.ReadInPart, run["in/x.tar!/b.log"].State);
        Assert.InRange(run["in/x.tar!/b.log"].Events, 500, 2900);
        Assert.Equal(AnomalyKind.Corrupt, Assert.Single(run["in/x.tar"].Anomalies).Kind);
    }

    [Fact]
    public void A_broken_header_in_a_tar_archive_ends_it_there()
    {
        var tar = IntakeBench.Tar(("a.log", InventedReader.File(Events.Take(10))), ("b.log", InventedReader.File(Events)));
        tar[tar.AsSpan().LastIndexOf("b.log"u8)] ^= 1;
        _bench.Write("x.tar", tar);

        var run = _bench.Run();

        Assert.Equal(10, run["in/x.tar!/a.log"].Events);
        Assert.Equal(AnomalyKind.Corrupt, Assert.Single(run["in/x.tar"].Anomalies).Kind);
    }

    [Fact]
    public void A_directory_that_lies_about_its_entries_ends_where_it_lies()
    {
        var zip = IntakeBench.Zip(("a.log", InventedReader.File(Events.Take(5))));
        var end = zip.AsSpan().LastIndexOf("PK\x05\x06"u8);
        BinaryPrimitives.WriteUInt16LittleEndian(zip.AsSpan(end + 10), 60_000);
        _bench.Write("x.zip", zip);

        var run = _bench.Run();

        Assert.Equal(5, run.Events.Count);
        Assert.Equal(AnomalyKind.Corrupt, Assert.Single(run["in/x.zip"].Anomalies).Kind);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Damaged_archives_never_make_it_fail(int seed)
    {
        var zip = IntakeBench.Zip(("a.log", InventedReader.File(Events.Take(50))), ("b.log", InventedReader.File(Events.Take(50))));
        var tar = IntakeBench.Tar(("a.log", InventedReader.File(Events.Take(50))), ("b.log", InventedReader.File(Events.Take(50))));
        for (var i = 0; i < 40; i++)
        {
            _bench.Write($"zip-{i}", Sources.Mutation.Of(zip, seed * 1000 + i));
            _bench.Write($"tar-{i}", Sources.Mutation.Of(tar, seed * 1000 + i));
            _bench.Write($"tgz-{i}", Sources.Mutation.Of(IntakeBench.Gzip(tar), seed * 1000 + i));
        }

        var run = _bench.Run();

        Assert.InRange(run.Accounts.Count, 120, 1000);
        Assert.Empty(_bench.Leftovers);
    }
}

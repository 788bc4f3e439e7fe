using System.Buffers.Binary;
using System.Text;
using Nightjar.Events;
using Nightjar.Sources.Intake;
using Xunit;

namespace Nightjar.Tests.Intake;

public sealed class ArchiveTests : IDisposable
{
    private static readonly List<InventedEvent> Events = [.. InventedEvent.Series(3000)];

    private readonly IntakeBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("plain")]
    [InlineData("gzip")]
    [InlineData("gzip-twice")]
    [InlineData("zip")]
    [InlineData("tar")]
    [InlineData("tar-gzip")]
    [InlineData("zip-in-zip")]
    [InlineData("gzip-in-zip")]
    [InlineData("zip-in-tar-gzip")]
    public void However_the_files_are_packed_the_events_are_the_same(string packing)
    {
        var halves = (a: InventedReader.File(Events.Where((_, i) => i % 2 == 0)), b: InventedReader.File(Events.Where((_, i) => i % 2 == 1)));
        (string, string)[] both = [("logs/a.log", halves.a), ("logs/b.log", halves.b)];
        _bench.Write("input.of-any-name", packing switch
        {
            "plain" => Encoding.UTF8.GetBytes(InventedReader.File(Events)),
            "gzip" => IntakeBench.Gzip(InventedReader.File(Events)),
            "gzip-twice" => IntakeBench.Gzip(IntakeBench.Gzip(InventedReader.File(Events))),
            "zip" => IntakeBench.Zip(both),
            "tar" => IntakeBench.Tar(both),
            "tar-gzip" => IntakeBench.Gzip(IntakeBench.Tar(both)),
            "zip-in-zip" => IntakeBench.ZipBytes(("inner.zip", IntakeBench.Zip(both))),
            "gzip-in-zip" => IntakeBench.ZipBytes(("a.gz", IntakeBench.Gzip(halves.a)), ("b.gz", IntakeBench.Gzip(halves.b))),
            _ => IntakeBench.Gzip(IntakeBench.Tar(("inner.zip", Encoding.Latin1.GetString(IntakeBench.Zip(("a", "b")))), both[0], both[1])),
        });

        foreach (var largeFile in (long[])[1, 1 << 30])
        {
            var run = _bench.Run(_bench.Options() with { LargeFile = largeFile });
            Assert.Equal(Events.Select(item => item.Line), run.Events);
        }
    }

    [Fact]
    public void Paths_inside_archives_follow_an_exclamation_mark()
    {
        _bench.Write("x.tar.gz", IntakeBench.Gzip(IntakeBench.Tar(("./logs/a.log", InventedReader.File(Events)))));
        _bench.Write("y.zip", IntakeBench.ZipBytes(("in.zip", IntakeBench.Zip(("b.log", InventedReader.File(Events))))));

        var paths = _bench.Run().Accounts.Select(account => account.Path);

        Assert.Equal(["in/x.tar.gz!/logs/a.log", "in/y.zip!/in.zip!/b.log"], paths);
    }

    [Fact]
    public void Readers_see_the_bare_name_and_the_date_of_the_entry()
    {
        var seen = new List<string>();
        _bench.Write("x.zip", IntakeBench.ZipBytes(("logs/app.log.gz", IntakeBench.Gzip(InventedReader.File(Events)))));

        _bench.Run(_bench.Options() with { Recognise = head => Seen(head.Name) });

        Assert.Equal(["app.log"], seen);
        Nightjar.Sources.ISourceReader? Seen(string name)
        {
            seen.Add(name);
            return null;
        }
    }

    [Theory]
    [InlineData("../../outside.log")]
    [InlineData("/etc/outside.log")]
    [InlineData("a/../../outside.log")]
    [InlineData("..\\outside.log")]
    [InlineData("C:\\outside.log")]
    public void Names_that_point_outside_the_archive_are_not_read(string name)
    {
        _bench.Write("x.zip", IntakeBench.Zip((name, InventedReader.File(Events)), ("good.log", InventedReader.File(Events.Take(3)))));
        _bench.Write("x.tar", IntakeBench.Tar(("good2.log", InventedReader.File(Events.Take(3))), (name, InventedReader.File(Events))));

        var run = _bench.Run();

        Assert.Equal(6, run.Events.Count);
        var refused = run.Accounts.Where(account => account.Anomalies.Any(anomaly => anomaly.Kind == AnomalyKind.PathEscape)).ToList();
        Assert.Equal(2, refused.Count);
        Assert.All(refused, account => Assert.Equal(FileState.Unreadable, account.State));
        Assert.Empty(_bench.Leftovers);
    }

    [Theory]
    [InlineData(System.Formats.Tar.TarEntryFormat.V7)]
    [InlineData(System.Formats.Tar.TarEntryFormat.Ustar)]
    [InlineData(System.Formats.Tar.TarEntryFormat.Gnu)]
    [InlineData(System.Formats.Tar.TarEntryFormat.Pax)]
    public void Every_form_of_tar_is_read(System.Formats.Tar.TarEntryFormat format)
    {
        var name = format == System.Formats.Tar.TarEntryFormat.V7 ? "a.log" : string.Join('/', Enumerable.Repeat("folder", 12)) + "/" + (format == System.Formats.Tar.TarEntryFormat.Ustar ? "" : new string('n', 180)) + "é.log";
        using var packed = new MemoryStream();
        using (var tar = new System.Formats.Tar.TarWriter(packed, format, leaveOpen: true))
        {
            System.Formats.Tar.TarEntry entry = format switch
            {
                System.Formats.Tar.TarEntryFormat.V7 => new System.Formats.Tar.V7TarEntry(System.Formats.Tar.TarEntryType.V7RegularFile, name),
                System.Formats.Tar.TarEntryFormat.Ustar => new System.Formats.Tar.UstarTarEntry(System.Formats.Tar.TarEntryType.RegularFile, name),
                System.Formats.Tar.TarEntryFormat.Gnu => new System.Formats.Tar.GnuTarEntry(System.Formats.Tar.TarEntryType.RegularFile, name),
                _ => new System.Formats.Tar.PaxTarEntry(System.Formats.Tar.TarEntryType.RegularFile, name),
            };
            entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(InventedReader.File(Events)));
            tar.WriteEntry(entry);
        }
        _bench.Write("x.tar", packed.ToArray());

        Assert.Equal(3000, _bench.Run()["in/x.tar!/" + name].Events);
    }

    [Fact]
    public void An_encrypted_entry_is_named_and_the_others_are_read()
    {
        var zip = IntakeBench.Zip(("a.log", InventedReader.File(Events)), ("b.log", InventedReader.File(Events.Take(5))));
        zip[zip.AsSpan().IndexOf("PK\x01\x02"u8) + 8] |= 1;
        _bench.Write("x.zip", zip);

        var run = _bench.Run();

        Assert.Equal((FileState.Unreadable, "The entry is encrypted."), (run["in/x.zip!/a.log"].State, run["in/x.zip!/a.log"].Reason));
        Assert.Equal(5, run.Events.Count);
    }

    [Fact]
    public void The_method_that_Windows_uses_for_very_large_entries_is_read()
    {
        // One block that is stored, which both methods write alike.
        _bench.Write("x.zip", StoredZip.Of("a.log", InventedReader.File(Events.Take(5)), method: 9, wrap: content =>
        {
            byte[] block = [1, 0, 0, 0, 0, .. content];
            BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(1), (ushort)content.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(3), (ushort)~content.Length);
            return block;
        }));

        Assert.Equal(5, _bench.Run()["in/x.zip!/a.log"].Events);
    }

    [Fact]
    public void A_method_that_is_not_known_is_named()
    {
        _bench.Write("x.zip", StoredZip.Of("a.log", "content", method: 93, wrap: content => content));

        Assert.Contains("93", _bench.Run()["in/x.zip!/a.log"].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_wide_form_of_a_zip_file_is_read()
    {
        _bench.Write("x.zip", StoredZip.Wide("a.log", InventedReader.File(Events.Take(5))));

        Assert.Equal((FileState.Read, 5L), (_bench.Run()["in/x.zip!/a.log"].State, _bench.Run().Accounts.Single().Events));
    }

    [Fact]
    public void What_stands_before_a_zip_file_shifts_nothing()
    {
        _bench.Write("x", [.. IntakeBench.Zip(("first.log", InventedReader.File(Events.Take(2)))), .. IntakeBench.Zip(("a.log", InventedReader.File(Events.Take(5))))]);

        Assert.Equal(5, _bench.Run()["in/x!/a.log"].Events);
    }

    [Fact]
    public void An_app_package_is_named_as_one_instead_of_being_taken_apart()
    {
        _bench.Write("app.apk", IntakeBench.Zip(("classes.dex", "x"), ("AndroidManifest.xml", "y"), ("res/a.log", InventedReader.File(Events))));

        var account = Assert.Single(_bench.Run().Accounts);

        Assert.Equal((FileState.Unrecognised, "It is an Android app package, not telemetry."), (account.State, account.Reason));
    }

    [Fact]
    public void Names_cannot_speak_to_the_terminal()
    {
        _bench.Write("x.zip", IntakeBench.Zip(("a\u001b[31m\n.log", InventedReader.File(Events.Take(5)))));

        Assert.Equal("in/x.zip!/a\uFFFD[31m\uFFFD.log", Assert.Single(_bench.Run().Accounts).Path);
    }

    [Fact]
    public void An_empty_archive_is_named()
    {
        _bench.Write("x.zip", IntakeBench.Zip());

        Assert.Equal("The archive holds no files.", _bench.Run()["in/x.zip"].Reason);
    }
}

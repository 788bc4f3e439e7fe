using System.Text;
using Nightjar.Events;
using Nightjar.Sources;
using Nightjar.Sources.Intake;
using Xunit;

namespace Nightjar.Tests.Intake;

public sealed class AccountTests : IDisposable
{
    private static readonly List<InventedEvent> Events = [.. InventedEvent.Series(5)];

    private readonly IntakeBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_file_that_was_read_is_accounted_for()
    {
        _bench.Write("a.log", Events);

        var account = _bench.Run()["in/a.log"];

        Assert.Equal((FileState.Read, "invented", 5L, TimeBasis.Stated, null), (account.State, account.Reader, account.Events, account.TimeBasis, account.Reason));
        Assert.Equal((new Instant(Events[0].Micros), new Instant(Events[4].Micros)), account.Span);
        Assert.Equal(InventedReader.File(Events).Length, account.Bytes);
        Assert.Empty(account.Anomalies);
    }

    [Theory]
    [InlineData("some text\n", "It is text that no reader recognises; it begins with `some text`.")]
    [InlineData("\n  \n", "It holds nothing but blanks.")]
    [InlineData("{\"a\": 1, \"b\": {\"c\": 2}, \"d\": [", "It is JSON that no reader recognises; it begins with `a`, `b`, `d`. A mapping file can read it.")]
    [InlineData("[{\"a\": 1}, {\"b\": 1}]", "It is JSON that no reader recognises; it begins with `a`, `b`. A mapping file can read it.")]
    [InlineData("<note>\n<a/>", "It is XML or HTML that no reader recognises; it begins with `<note>`.")]
    [InlineData("one;two;three\n1;2;3\n", "It looks like a table that no reader recognises; its first line is `one`, `two`, `three`. A mapping file can read tables.")]
    [InlineData("", "The file is empty.")]
    [InlineData("\u0001\u0000\u0002", "It is binary content that no reader recognises.")]
    [InlineData("%PDF-1.7", "It is a PDF document.")]
    [InlineData("ANDROID BACKUP\n5\n1\nnone\n", "It is an Android backup (.ab), which holds app data and no telemetry; it is not read.")]
    [InlineData("\u0014\0\u0018\0\u0011\u0012\0\0\u0011\u0012\0\0\0\0ii\0\0\u0010\0\0\0\0\0\0\0\0\0IA\0", "It is a binary Android log (logcat -B), which is not supported; print it as text with logcat -v threadtime.")]
    public void What_no_reader_recognises_is_named_with_its_reason(string content, string reason)
    {
        _bench.Write("a", content);

        var account = Assert.Single(_bench.Run().Accounts);

        Assert.Equal((FileState.Unrecognised, reason, null), (account.State, account.Reason, account.Reader));
        Assert.Equal(AnomalyKind.Unrecognised, Assert.Single(account.Anomalies).Kind);
    }

    [Theory]
    [InlineData(1 << 30)]
    [InlineData(1)]
    public void Records_that_could_not_be_taken_are_counted_and_located(long largeFile)
    {
        var lines = InventedReader.File(Events) + "broken\nbroken too\n\n" + InventedReader.File(Events)[10..] + "17|cut";
        _bench.Write("a.log", lines);

        var account = _bench.Run(_bench.Options() with { LargeFile = largeFile })["in/a.log"];

        Assert.Equal((FileState.ReadInPart, 10L), (account.State, account.Events));
        Assert.Equal(
            [new(AnomalyKind.Truncated, 1, 15, "The line is none of the format's."), new(AnomalyKind.Malformed, 2, 7, "The line is none of the format's.")],
            account.Anomalies);
    }

    [Fact]
    public void A_very_long_line_is_skipped_and_the_lines_after_it_are_read()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(InventedReader.File(Events)), .. Enumerable.Repeat((byte)'x', 9 << 20), (byte)'\n', .. Encoding.UTF8.GetBytes(new InventedEvent(1, "after").Line)];
        _bench.Write("a.log", bytes);

        var run = _bench.Run();

        Assert.Equal((6, AnomalyKind.TooLong, 7L), (run.Events.Count, Assert.Single(run["in/a.log"].Anomalies).Kind, run["in/a.log"].Anomalies[0].FirstPosition));
    }

    [Fact]
    public void Broken_text_is_read_with_replacements()
    {
        _bench.Write("a.log", [.. "#invented\n1|0|u|phone|a"u8, 0xFF, 0xC3, (byte)'\n']);

        var run = _bench.Run();

        Assert.Equal(["1|0|u|phone|a\uFFFD\uFFFD"], run.Events);
        Assert.Equal((FileState.Read, AnomalyKind.InvalidText), (run["in/a.log"].State, Assert.Single(run["in/a.log"].Anomalies).Kind));
    }

    [Fact]
    public void Every_encoding_with_a_mark_gives_the_same_events()
    {
        var text = InventedReader.File(new InventedEvent(1, "ü", "größer \U0001F426"));
        Encoding[] encodings = [new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32];
        foreach (var encoding in encodings)
        {
            _bench.Write("a.log", [.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);
            foreach (var largeFile in (long[])[1, 1 << 30])
            {
                Assert.Equal(["1|0|ü|phone-1|größer \U0001F426"], _bench.Run(_bench.Options() with { LargeFile = largeFile }).Events);
            }
        }
    }

    [Fact]
    public void Events_of_the_future_are_left_out_and_counted()
    {
        _bench.Write("a.log", new InventedEvent(1000, "now"), new InventedEvent(1001, "later"), new InventedEvent(5000, "much later"));

        var run = _bench.Run(_bench.Options() with { LatestAllowed = new Instant(1000) });

        Assert.Equal(["1000|0|now|phone-1|hello"], run.Events);
        var anomaly = run.Anomaly(AnomalyKind.FutureTime);
        Assert.Equal((2L, 3L), (anomaly.Count, anomaly.FirstPosition));
        Assert.Equal((FileState.ReadInPart, 1L), (run["in/a.log"].State, run["in/a.log"].Events));
    }

    [Fact]
    public void A_clock_far_in_the_future_does_not_make_a_streamed_file_disordered()
    {
        var events = InventedEvent.Series(9000).ToList();
        events.Insert(6000, new InventedEvent(9_000_000_000_000_000, "future"));
        _bench.Write("a.log", events);

        var run = _bench.Run(_bench.Options() with { LargeFile = 1, LatestAllowed = new Instant(2_000_000_000_000_000) });

        Assert.Equal((9000, 0, 0), (run.Events.Count, run.Restarts, run.SpilledRuns));
    }

    [Fact]
    public void Only_the_time_asked_for_is_handed_on()
    {
        _bench.Write("a.log", Enumerable.Range(0, 10).Select(i => new InventedEvent(i, $"e{i}")));

        var run = _bench.Run(_bench.Options() with { Since = new Instant(3), Until = new Instant(6) });

        Assert.Equal(["3", "4", "5"], run.Events.Select(line => line.Split('|')[0]));
        Assert.Equal((7L, 3L, FileState.Read), (run.OutsideRange, run["in/a.log"].Events, run["in/a.log"].State));
    }

    [Theory]
    [InlineData(1 << 30)]
    [InlineData(1)]
    public void A_file_that_changes_while_it_is_read_is_reported(long largeFile)
    {
        var path = _bench.Write("a.log", Events);
        var reader = new InventedReader
        {
            OnMessage = message =>
            {
                if (message == "message 2 of e") File.AppendAllText(path, new InventedEvent(1, "appended").Line + "\n");
            },
        };

        var run = _bench.Run(_bench.Options() with { Recognise = IntakeBench.RecogniseWith(reader), LargeFile = largeFile });

        Assert.Equal(5, run.Events.Count);
        Assert.Equal((FileState.ReadInPart, AnomalyKind.Changed), (run["in/a.log"].State, Assert.Single(run["in/a.log"].Anomalies).Kind));
    }

    [Theory]
    [InlineData(1, 1 << 30)]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    public void A_reader_that_fails_costs_its_file_and_not_the_run(int threads, long largeFile)
    {
        _bench.Write("bad.log", [.. Events, new InventedEvent(1_800_000_000_000_000, "x", InventedReader.Failing), new InventedEvent(1_800_000_000_000_000, "y")]);
        _bench.Write("good.log", InventedEvent.Series(3, prefix: "g"));

        var run = _bench.Run(_bench.Options() with { Threads = threads, LargeFile = largeFile });

        Assert.Equal((8, 5L), (run.Events.Count, run["in/bad.log"].Events));
        Assert.Equal((FileState.ReadInPart, FileState.Read), (run["in/bad.log"].State, run["in/good.log"].State));
        Assert.Empty(_bench.Leftovers);
    }

    [Fact]
    public void A_reader_that_fails_to_open_or_to_look_costs_its_file_and_not_the_run()
    {
        _bench.Write("good.log", Events);
        _bench.Write("look", "look");
        _bench.Write("open", "open");
        var good = new InventedReader();
        var bad = new FailingReader();

        var run = _bench.Run(_bench.Options() with { Recognise = head => good.Recognise(head) > 0 ? good : bad.Recognise(head) > 0 ? bad : null });

        Assert.Equal((5, FileState.Unrecognised, FileState.Unreadable), (run.Events.Count, run["in/look"].State, run["in/open"].State));
    }

    [Fact]
    public void Who_had_which_address_is_told_before_any_event_is_read()
    {
        var known = new Leases();
        var seen = new List<int>();
        var supplier = new InventedReader { Format = new("leases", "Leases", PositionKind.Line) { SuppliesIdentity = true } };
        _bench.Write("z-leases.log", new InventedEvent(7, "lease", "phone.local", "10.0.0.7"));
        _bench.Write("a.log", Events);
        _bench.Write("packed.tar", IntakeBench.Tar(("leases.log", InventedReader.File(new InventedEvent(8, "lease 2", "tablet.local", "10.0.0.8")))));
        var plain = new InventedReader { OnMessage = _ => seen.Add(known.Count) };

        var run = _bench.Run(_bench.Options() with
        {
            Identities = known,
            Recognise = head => plain.Recognise(head) == 0 ? null : head.Name.Contains("leases", StringComparison.Ordinal) ? supplier : plain,
        });

        Assert.Equal(2, known.Count);
        Assert.All(seen, count => Assert.Equal(2, count));
        Assert.Equal(7, run.Events.Count);
        Assert.Equal(1, run["in/packed.tar!/leases.log"].Events);
    }

    [Fact]
    public void A_lease_file_from_the_standard_input_is_read_twice()
    {
        var known = new Leases();
        var supplier = new InventedReader { Format = new("leases", "Leases", PositionKind.Line) { SuppliesIdentity = true } };
        var text = InventedReader.File(new InventedEvent(7, "lease", "phone.local", "10.0.0.7"));

        var run = _bench.Run(_bench.Options("-") with
        {
            StandardInput = new PipeStream(new MemoryStream(Encoding.UTF8.GetBytes(text))),
            Identities = known,
            Recognise = IntakeBench.RecogniseWith(supplier),
        });

        Assert.Equal((1, 1), (known.Count, run.Events.Count));
    }

    [Fact]
    public void Progress_ends_with_all_bytes_and_all_events()
    {
        var told = new List<IntakeProgress>();
        _bench.Write("a.log", Events);
        _bench.Write("b.log", InventedEvent.Series(9000));

        _bench.Run(_bench.Options() with { Progress = new Told(told), LargeFile = 10_000 });

        var all = new DirectoryInfo(_bench.In).EnumerateFiles().Sum(file => file.Length);
        Assert.Equal((IntakePhase.HandingOn, all, 9005L), (told[^1].Phase, told[^1].BytesInAll, told[^1].Events));
        Assert.Equal(all, told[^1].BytesRead);
    }

    private sealed class Told(List<IntakeProgress> told) : IProgress<IntakeProgress>
    {
        public void Report(IntakeProgress value) => told.Add(value);
    }

    private sealed class Leases : IIdentitySink
    {
        public int Count { get; private set; }

        public void Add(AddressLease lease) => Count++;
    }

    private sealed class FailingReader : ISourceReader
    {
        public SourceFormat Format { get; } = new("bad", "Bad", PositionKind.Line);

        public int Recognise(SourceHead head) => head.Name == "look" ? throw new InvalidOperationException("A fault.") : 1;

        public SourceSession Open(SourceInput input) => throw new InvalidOperationException("A fault.");
    }
}

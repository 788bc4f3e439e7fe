using System.Text;
using Nightjar.Events;
using Nightjar.Sources;
using Xunit;
using Xunit.Sdk;

namespace Nightjar.Tests.Sources;

/// <summary>A small invented file of a format, and what its reader must make of it.</summary>
/// <param name="Name">The bare file name, as the format is usually called.</param>
/// <param name="Bytes">The content.</param>
/// <param name="Events">How many events it holds.</param>
public sealed record SourceExample(string Name, byte[] Bytes, int Events)
{
    public SourceExample(string name, string text, int events)
        : this(name, Encoding.UTF8.GetBytes(text), events)
    {
    }

    /// <summary>How many anomalies it holds.</summary>
    public int Anomalies { get; init; }

    /// <summary>False for content that is read when the format is known but says too little to be recognised by.</summary>
    public bool IsRecognised { get; init; } = true;
}

/// <summary>What every reader owes, whatever its format. A reader's test class inherits this and says what its format looks like.</summary>
public abstract class SourceContract
{
    private const int GuardMillis = 120_000;

    /// <summary>The reader under test.</summary>
    protected abstract ISourceReader Reader { get; }

    /// <summary>Files of the format; small (a few KiB), for each is read some hundred times.</summary>
    protected abstract IReadOnlyList<SourceExample> Examples { get; }

    /// <summary>The reader and its examples, for runs over all formats.</summary>
    internal (ISourceReader Reader, IReadOnlyList<SourceExample> Examples, SourceSettings Settings) Subject => (Reader, Examples, Settings);

    /// <summary>What the user told.</summary>
    protected virtual SourceSettings Settings => new();

    /// <summary>How many events one record may give, at most; so far may a cut change the end of a reading.</summary>
    protected virtual int EventsPerRecord => 1;

    /// <summary>True when the file is read line by line, so that one long line can be left out.</summary>
    protected virtual bool IsLines => Reader.Format.PositionKind == PositionKind.Line;

    /// <summary>After how many lines of an example a line may be put between: not inside a record of several lines.</summary>
    protected virtual int LinesBeforeLongLine(SourceExample example) => example.Bytes.AsSpan().Count((byte)'\n') / 2;

    /// <summary>A file that holds the content of the example many times; null when the format allows no such file.</summary>
    protected virtual byte[]? Many(SourceExample example, int times)
    {
        if (!IsLines) return null;
        byte[] once = example.Bytes is [.., (byte)'\n'] ? example.Bytes : [.. example.Bytes, (byte)'\n'];
        var many = new byte[once.Length * times];
        for (var i = 0; i < times; i++) once.CopyTo(many, i * once.Length);
        return many;
    }

    /// <summary>Whether the reading of a beginning of the file agrees with the reading of the whole: the same events but for the last record.</summary>
    protected virtual bool IsConsistent(IReadOnlyList<string> prefix, IReadOnlyList<string> whole)
    {
        var sure = Math.Max(0, prefix.Count - EventsPerRecord);
        return sure <= whole.Count && prefix.Take(sure).SequenceEqual(whole.Take(sure), StringComparer.Ordinal);
    }

    /// <summary>Reads bytes to their end.</summary>
    internal static Reading ReadAll(ISourceReader reader, ReadOnlyMemory<byte> bytes, ReadingOptions? options = null) => Reading.Of(reader, bytes, options);

    /// <summary>Reads UTF-8 text to its end.</summary>
    internal static Reading ReadAll(ISourceReader reader, string text, ReadingOptions? options = null) => Reading.Of(reader, text, options);

    [Fact(Timeout = GuardMillis)]
    public Task Examples_give_what_they_hold() => Each((example, options) =>
    {
        var reading = Read(example.Bytes, options, example.Name);
        Assert.True(reading.Events.Count == example.Events, $"{example.Name}: {reading.Events.Count} events\n{reading.Describe()}");
        Assert.True(reading.Anomalies.Count == example.Anomalies, $"{example.Name}: {reading.Anomalies.Count} anomalies\n{reading.Describe()}");
    });

    [Fact(Timeout = GuardMillis)]
    public Task Examples_are_recognised_as_this_format() => Each((example, _) =>
    {
        var head = Head(example.Bytes, example.Name);
        if (!example.IsRecognised) return;
        Assert.InRange(Reader.Recognise(head), 1, 100);
        Assert.Equal(Reader.Format.Id, SourceCatalog.Recognise(head)?.Format.Id);
    });

    [Fact(Timeout = GuardMillis)]
    public Task Empty_input_gives_nothing() => Guarded(() =>
    {
        Assert.Equal("", Read(Array.Empty<byte>(), Options("empty"), "empty").Describe());
        Assert.Equal(0, Reader.Recognise(Head([], "empty")));
    });

    [Fact(Timeout = GuardMillis)]
    public Task Any_prefix_agrees_with_the_whole() => Each((example, options) =>
    {
        var whole = Read(example.Bytes, options, example.Name);
        foreach (var cut in Cuts(example.Bytes.Length))
        {
            var what = $"{example.Name} cut at {cut}";
            var prefix = Read(example.Bytes.AsMemory(0, cut), options, what);
            Assert.True(IsConsistent(prefix.Lines, whole.Lines), $"{what}\n{prefix.Describe()}\n-- whole:\n{whole.Describe()}");
            Recognise(example.Bytes[..cut], what);
        }
    });

    [Fact(Timeout = GuardMillis)]
    public Task Any_damage_is_survived() => Each((example, options) =>
    {
        for (var seed = 1; seed <= 250; seed++)
        {
            var bytes = Mutation.Of(example.Bytes, seed);
            var what = $"{example.Name} damaged by seed {seed}";
            var reading = Read(bytes, options, what);
            if (seed % 10 == 0) Same(reading, Read(bytes, options, what, chunk: 5), what + " in pieces of 5");
            Recognise(bytes, what);
        }
    });

    [Fact(Timeout = GuardMillis)]
    public Task Any_chunking_gives_the_same() => Each((example, options) =>
    {
        var whole = Read(example.Bytes, options, example.Name);
        foreach (var size in (int[])[1, 2, 3, 7, 64, 4096])
            Same(whole, Read(example.Bytes, options, example.Name, size), $"{example.Name} in pieces of {size}");
        var random = new Random(20260301);
        using var stream = new ChunkedStream(example.Bytes, () => random.Next(1, 200));
        Same(whole, Checked(() => Reading.Of(Reader, stream, options), example.Name), $"{example.Name} in pieces of random size");
    });

    [Fact(Timeout = GuardMillis)]
    public Task A_line_over_the_limit_is_reported_and_the_rest_is_read() => Each((example, options) =>
    {
        if (!IsLines) return;
        var lines = LinesBeforeLongLine(example);
        var at = AfterLines(example.Bytes, lines);
        var filler = new byte[LineSession.MaxLineBytes + 1024 * 1024];
        filler.AsSpan().Fill((byte)'a');
        filler[^1] = (byte)'\n';
        var reading = Read((byte[])[.. example.Bytes[..at], .. filler, .. example.Bytes[at..]], options, example.Name + " with a long line", 1 << 16);
        Assert.Equal(lines + 1, Assert.Single(reading.Of(AnomalyKind.TooLong)).Position);
        Assert.Equal(example.Events, reading.Events.Count);
        Assert.Equal(example.Anomalies + 1, reading.Anomalies.Count);
    });

    [Fact(Timeout = GuardMillis)]
    public Task Batches_stay_bounded() => Each((example, options) =>
    {
        if (example.Events == 0 || Many(example, EventBatch.Capacity * 2 / example.Events + 1) is not { } many) return;
        var reading = Read(many, options, example.Name + " many times");
        Assert.True(reading.Events.Count > EventBatch.Capacity, $"{example.Name}: only {reading.Events.Count} events");
        Assert.InRange(reading.LargestBatch, 1, EventBatch.Capacity + EventsPerRecord);
        Same(reading, Read(many, options, example.Name, chunk: 1000), example.Name + " many times in pieces of 1000");
    });

    [Fact(Timeout = GuardMillis)]
    public Task Cancellation_is_honoured() => Each((example, options) =>
    {
        using var cancelled = new CancellationTokenSource();
        using var stream = new ChunkedStream(Many(example, EventBatch.Capacity * 2 / Math.Max(1, example.Events) + 1) ?? example.Bytes, int.MaxValue);
        using var collector = new Collector(Reader, stream, options);
        if (IsLines && example.Events > 0) Assert.True(collector.Step(cancelled.Token), example.Name + " ended too soon");
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => collector.Step(cancelled.Token));
    });

    [Fact(Timeout = GuardMillis)]
    public Task A_failing_input_throws_and_what_was_read_stands() => Each((example, options) =>
    {
        var whole = Read(example.Bytes, options, example.Name);
        var half = example.Bytes.Length / 2;
        using var stream = new ChunkedStream(example.Bytes, 16) { BeforeRead = given => { if (given >= half) throw new IOException("The disk is gone."); } };
        using var collector = new Collector(Reader, stream, options);
        Assert.Throws<IOException>(() => { while (collector.Step(CancellationToken.None)) { } });
        Assert.True(IsConsistent(collector.Result.Lines, whole.Lines), example.Name + "\n" + collector.Result.Describe());
    });

    [Fact(Timeout = GuardMillis)]
    public Task Sessions_do_not_influence_each_other() => Each((example, options) =>
    {
        var alone = Read(example.Bytes, options, example.Name);
        foreach (var other in Examples)
        {
            var otherAlone = Read(other.Bytes, options, other.Name);
            using var stream = new ChunkedStream(example.Bytes, 97)
            {
                BeforeRead = _ => Same(otherAlone, Read(other.Bytes, options, other.Name, 41), $"{other.Name} read between pieces of {example.Name}"),
            };
            Same(alone, Checked(() => Reading.Of(Reader, stream, options), example.Name), $"{example.Name} with {other.Name} read in between");
        }
    });

    [Fact]
    public void The_format_is_described()
    {
        Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", Reader.Format.Id);
        Assert.False(string.IsNullOrWhiteSpace(Reader.Format.Title));
        Assert.Single(SourceCatalog.All, reader => reader.Format.Id == Reader.Format.Id);
    }

    [Fact]
    public void The_format_tells_which_events_it_gives()
    {
        var told = Examples.SelectMany(example => Read(example.Bytes, Options(example.Name), example.Name).Events).Select(item => item.Class).Distinct();
        Assert.Empty(told.Except([.. Reader.Format.Yields, EventClass.Other]));
    }

    private ReadingOptions Options(string name) => new() { Name = name, Settings = Settings, Symbols = new SymbolTable() };

    private Task Each(Action<SourceExample, ReadingOptions> test) => Guarded(() =>
    {
        Assert.NotEmpty(Examples);
        foreach (var example in Examples) test(example, Options(example.Name));
    });

    // On a thread of its own, so that a reader that hangs fails its test instead of stopping the run.
    private static Task Guarded(Action test) => Task.Run(test, TestContext.Current.CancellationToken);

    private Reading Read(ReadOnlyMemory<byte> bytes, ReadingOptions options, string what, int chunk = int.MaxValue)
    {
        var reading = Checked(() =>
        {
            using var stream = new ChunkedStream(bytes, chunk);
            return Reading.Of(Reader, stream, options);
        }, what);
        ReadingRules.Check(reading, what);
        return reading;
    }

    private static Reading Checked(Func<Reading> read, string what)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is not XunitException)
        {
            throw new XunitException($"{what}: content made the reader throw: {error}");
        }
    }

    private void Recognise(byte[] bytes, string what)
    {
        try
        {
            Assert.InRange(Reader.Recognise(Head(bytes, "unknown")), 0, 100);
        }
        catch (Exception error) when (error is not XunitException)
        {
            throw new XunitException($"{what}: content made recognition throw: {error}");
        }
    }

    private static SourceHead Head(byte[] bytes, string name) =>
        new(bytes.AsMemory(0, Math.Min(bytes.Length, SourceHead.Size)), bytes.Length <= SourceHead.Size, name);

    private static void Same(Reading expected, Reading actual, string what)
    {
        if (expected.Describe() != actual.Describe())
            Assert.Fail($"{what} reads differently.\n{actual.Describe()}\n-- whole:\n{expected.Describe()}");
    }

    private static IEnumerable<int> Cuts(int length)
    {
        if (length <= 1500) return Enumerable.Range(0, length);
        var random = new Random(length);
        return Enumerable.Range(0, 400).Select(_ => random.Next(length)).Concat(Enumerable.Range(0, 100)).Concat(Enumerable.Range(length - 200, 200));
    }

    private static int AfterLines(byte[] bytes, int lines)
    {
        var at = 0;
        for (; lines > 0; lines--) at += bytes.AsSpan(at).IndexOf((byte)'\n') + 1;
        return at;
    }
}

using Nightjar.Crews;
using Nightjar.Events;

namespace Nightjar.Sources.Intake;

/// <summary>What to read and how.</summary>
public sealed record IntakeOptions
{
    /// <summary>Files, folders and archives; <c>-</c> is the standard input. Their order does not matter.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>What <c>-</c> reads; closed when it has been read. Null: there is none.</summary>
    public Stream? StandardInput { get; init; }

    /// <summary>What the user told about the input as a whole.</summary>
    public SourceSettings Settings { get; init; } = new();

    /// <summary>How far records of one file may be out of order before the file is sorted. Default 2 minutes, not negative.</summary>
    public TimeSpan Lateness { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Bytes of buffers for ordering, at least 1 MiB. Default 192 MiB. Interned texts come on top.</summary>
    public long MemoryBudget { get; init; } = 192L << 20;

    /// <summary>How many batches stay valid at a time, at least 1: a caller may hold back all but the newest. Default 1.</summary>
    public int BatchesKept { get; init; } = 1;

    /// <summary>Where temporary files go, in a private folder of their own. Null: the system's place for them.</summary>
    public string? TempFolder { get; init; }

    /// <summary>Threads that read and parse, the caller's included. Default 1. The result does not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Who reads and parses, where a run has more to do than that; it outlives the intake. Null: a crew of its own, of <see cref="Threads"/>.</summary>
    public Crew? Crew { get; init; }

    /// <summary>Bounds against hostile archives.</summary>
    public IntakeLimits Limits { get; init; } = new();

    /// <summary>Events later than this are counted as <see cref="AnomalyKind.FutureTime"/> and left out. Null: none are.</summary>
    public Instant? LatestAllowed { get; init; }

    /// <summary>Events that ended before this are left out. Null: none are.</summary>
    public Instant? Since { get; init; }

    /// <summary>Events that began at this or later are left out. Null: none are.</summary>
    public Instant? Until { get; init; }

    /// <summary>Hears which address belonged to which device before any event is read. Null: nobody asks.</summary>
    public IIdentitySink? Identities { get; init; }

    /// <summary>Wraps every session whose events are read, so that they get their devices. Null: none is wrapped.</summary>
    /// <remarks>First called when all has been told to <see cref="Identities"/>; on several threads when there are several.</remarks>
    public SessionWrapper? Wrap { get; init; }

    /// <summary>Dissects packet captures. Null: they are refused, with the hint what to install.</summary>
    public IDissector? Dissector { get; init; }

    /// <summary>Hears how far the reading is. Called on any thread that reads, one call at a time.</summary>
    public IProgress<IntakeProgress>? Progress { get; init; }

    /// <summary>Certificates that files tell before events are read.</summary>
    internal CertificateBook Certificates { get; init; } = new();

    /// <summary>The readers among which the one of a content is found. Default: all that come with Nightjar.</summary>
    public IReadOnlyList<ISourceReader> Readers
    {
        init => Recognise = head => SourceCatalog.Recognise(head, value);
    }

    /// <summary>Finds the reader of a content.</summary>
    internal Func<SourceHead, ISourceReader?> Recognise { get; init; } = SourceCatalog.Recognise;

    /// <summary>Files of at least so many bytes are streamed while they prove to be in order; smaller ones are loaded.</summary>
    internal long LargeFile { get; init; } = 8L << 20;
}

/// <summary>Puts a session around another.</summary>
/// <param name="session">The reader's own session; the wrapper disposes it.</param>
/// <param name="file">The file that is read.</param>
/// <param name="format">Its format.</param>
/// <param name="relativePath">The file's place below the path that the user gave, with slashes: <c>device-17/app.log</c>; the bare name when
/// the user gave the file itself. The inside of an archive counts as a folder of its own: <c>export.zip/device-17/app.log</c>.</param>
public delegate SourceSession SessionWrapper(SourceSession session, SourceFile file, SourceFormat format, string relativePath);

/// <summary>Bounds against hostile archives. Reaching one is reported, and the rest is read.</summary>
public sealed record IntakeLimits
{
    /// <summary>Entries read of one file, those of archives inside it included. Default 100,000.</summary>
    public int Entries { get; init; } = 100_000;

    /// <summary>Archives and compressed files inside each other. Default 4; a compressed tar counts once.</summary>
    public int Depth { get; init; } = 4;

    /// <summary>Bytes that one compressed byte may become, once <see cref="RatioGrace"/> bytes have come out. Default 1000.</summary>
    public int Ratio { get; init; } = 1000;

    /// <summary>Bytes that may come out before the ratio counts. Default 16 MiB.</summary>
    public long RatioGrace { get; init; } = 16L << 20;

    /// <summary>Bytes that may come out of one file in all. Default 64 GiB.</summary>
    public long ExpandedBytes { get; init; } = 64L << 30;

    /// <summary>Bytes of one archive that are put into a temporary file because it cannot be read in place. Default 8 GiB.</summary>
    public long SpooledBytes { get; init; } = 8L << 30;
}

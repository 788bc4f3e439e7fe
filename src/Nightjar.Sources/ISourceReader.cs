using Nightjar.Events;

namespace Nightjar.Sources;

/// <summary>Reads one telemetry format. A source is a folder that holds one of these, and a line in <see cref="SourceCatalog"/>.</summary>
/// <remarks>A reader says what happened and judges nothing. It holds no state: that lives in the session it opens.</remarks>
public interface ISourceReader
{
    /// <summary>What the format is.</summary>
    SourceFormat Format { get; }

    /// <summary>How surely the content is of this format: 0 no, 100 beyond doubt. The highest wins; on a tie, the catalogue's order.</summary>
    int Recognise(SourceHead head);

    /// <summary>The most that <see cref="Recognise"/> ever says: who could not win any more is not asked.</summary>
    int MostCertain => 100;

    /// <summary>True when this very file may tell which address belonged to which device, or which certificate a fingerprint is of, so that it has to be read before events are attributed.
    /// A reader of many kinds of log spares the others a second reading.</summary>
    bool SuppliesIdentity(SourceHead head) => Format.SuppliesIdentity;

    /// <summary>Begins to read. Owns nothing of the input but its position.</summary>
    SourceSession Open(SourceInput input);
}

/// <summary>The facts of a format.</summary>
/// <param name="Id">Short and stable, for example <c>zeek-tsv</c>.</param>
/// <param name="Title">For people, for example "Zeek log, tab-separated".</param>
/// <param name="PositionKind">What the positions of its records count.</param>
public sealed record SourceFormat(string Id, string Title, PositionKind PositionKind)
{
    /// <summary>ATT&amp;CK log sources that it fills.</summary>
    public IReadOnlyList<string> LogNames { get; init; } = [];

    /// <summary>The platform that every record of the format is about; unknown when it may be any.</summary>
    public Platform Platform { get; init; }

    /// <summary>True when a file speaks of one device without naming it, so the device comes from the map, the option or the folder.</summary>
    public bool IsOneDevice { get; init; }

    /// <summary>True when it tells which address belonged to which device, or which certificate a fingerprint is of; such files are read first.</summary>
    public bool SuppliesIdentity { get; init; }

    /// <summary>The classes of the events that it gives.</summary>
    public IReadOnlyList<EventClass> Yields { get; init; } = [];

    /// <summary>True when a mapping file tells how it is read.</summary>
    public bool IsMapping { get; init; }
}

/// <summary>The beginning of a file, by which it is recognised. Content decides; the name only settles what content leaves open.</summary>
/// <param name="Bytes">Up to <see cref="Size"/> bytes, decompressed, in UTF-8 where the file was UTF-16, without a byte-order mark.</param>
/// <param name="IsWhole">True when these are all the bytes there are.</param>
/// <param name="Name">The bare file name.</param>
public sealed record SourceHead(ReadOnlyMemory<byte> Bytes, bool IsWhole, string Name)
{
    /// <summary>Bytes that a head holds at most.</summary>
    public const int Size = 64 * 1024;

    /// <summary>The first lines, whole ones only (the last counts as whole when the file ends there), at most <paramref name="count"/>.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Lines(int count)
    {
        var rest = Bytes;
        while (count-- > 0 && !rest.IsEmpty)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            if (end < 0 && !IsWhole) yield break;
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            yield return line.Span.EndsWith("\r"u8) ? line[..^1] : line;
        }
    }

    /// <summary>The best answer for one of the first lines; for what there is, when the first line is longer than the head.</summary>
    internal int Best(int count, Func<ReadOnlyMemory<byte>, int> certainty)
    {
        var best = -1;
        foreach (var line in Lines(count)) best = Math.Max(best, certainty(line));
        return best >= 0 ? best : certainty(Bytes);
    }
}

/// <summary>What the user told about the input as a whole.</summary>
public sealed record SourceSettings
{
    /// <summary>Zone of times that state none. Default UTC.</summary>
    public TimeSpan AssumedOffset { get; init; } = TimeSpan.Zero;

    /// <summary>The year and day by which times without a year are completed: no such time lies after it. Null: the file's own date.</summary>
    public Instant? ReferenceTime { get; init; }
}

/// <summary>One input as a session gets it.</summary>
public sealed class SourceInput
{
    /// <summary>The bytes, decompressed, in UTF-8, without a byte-order mark. May give few bytes at a time. Not seekable.</summary>
    public required Stream Stream { get; init; }

    /// <summary>The file's number, path and reader, for provenance.</summary>
    public required SourceFile File { get; init; }

    public SourceSettings Settings { get; init; } = new();

    /// <summary>The file's own date; null when it has none.</summary>
    public Instant? FileTime { get; init; }

    /// <summary>Where readers that know tell which address belonged to which device. Null when nobody listens.</summary>
    public IIdentitySink? Identities { get; init; }

    /// <summary>Certificates that files told before; written to only while <see cref="Identities"/> listens. Null when nobody keeps them.</summary>
    internal CertificateBook? Certificates { get; init; }

    /// <summary>By which times without a year are completed.</summary>
    public Instant? ReferenceTime => Settings.ReferenceTime ?? FileTime;
}

/// <summary>Hears which address belonged to which device, and when.</summary>
public interface IIdentitySink
{
    /// <summary>A lease: from <see cref="AddressLease.From"/> on the address was the device's.</summary>
    void Add(AddressLease lease);

    /// <summary>A hardware address of a device, as management knows it. Who asks for leases only need not listen.</summary>
    void Add(HardwareClaim claim)
    {
    }
}

/// <summary>A hardware address of a device.</summary>
/// <param name="Mac">Lower case, with colons.</param>
/// <param name="Device">The device's uid.</param>
/// <param name="Time">When it was told; a later word replaces an earlier one from then on.</param>
public sealed record HardwareClaim(string Mac, string Device, Instant Time);

/// <summary>An address that belonged to a device for a time.</summary>
/// <param name="Ip">The address, in its shortest form.</param>
/// <param name="Mac">Hardware address in lower case with colons; null when unknown.</param>
/// <param name="HostName">The name the device gave itself; null when unknown.</param>
/// <param name="From">Begin, inclusive.</param>
/// <param name="To">End, exclusive; null when open.</param>
public sealed record AddressLease(string Ip, string? Mac, string? HostName, Instant From, Instant? To)
{
    /// <summary>The device by its uid, where a session or an inventory names it; null where only a hardware address is known.</summary>
    public string? Device { get; init; }
}

/// <summary>One reading of one input.</summary>
public abstract class SourceSession : IDisposable
{
    /// <summary>Adds events and anomalies until the batch is full or the input ends. No content makes it throw.</summary>
    /// <returns>False when the input has ended; the batch may still hold what came last.</returns>
    /// <exception cref="IOException">The input itself failed; what was read before stands.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; checked at least once per batch.</exception>
    public abstract bool Read(EventBatch batch, CancellationToken cancellation);

    /// <summary>Bytes taken from the input so far.</summary>
    public abstract long BytesRead { get; }

    /// <summary>Records taken from the input so far, whatever became of them; −1 when they are not counted.</summary>
    public virtual long RecordsRead => -1;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}

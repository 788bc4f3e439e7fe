using System.IO.Compression;
using System.Runtime.CompilerServices;
using Nightjar.Events;
using Nightjar.Sources.Intake.Archives;

namespace Nightjar.Sources.Intake.Inputs;

/// <summary>Opens a file and, where it is an archive or compressed, what is inside. One thread.</summary>
/// <param name="limits">Bounds against hostile archives.</param>
/// <param name="folder">Where what cannot be read in place is kept.</param>
/// <param name="visitor">Is shown what is found.</param>
/// <param name="dissector">Takes captures apart; null leaves them whole.</param>
/// <param name="cancellation">Checked with every reading.</param>
internal sealed class Explorer(IntakeLimits limits, TemporaryFolder folder, ILeafVisitor visitor, IDissector? dissector, CancellationToken cancellation)
{
    // Without it the platform takes a compressed file that is cut off for one that ends there.
    static Explorer() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    /// <summary>Shows the visitor what is in a file.</summary>
    public void Explore(InputFile file)
    {
        var node = InputNode.Of(file);
        Stream stream;
        try
        {
            stream = file.Open();
        }
        catch (Exception e) when (InputFailure.Covers(e))
        {
            visitor.Refuse(file.Path, FileState.Unreadable, new InputFailure(AnomalyKind.Unreadable, Problem(e)));
            return;
        }
        Explore(node, stream, file.Latch, new ExpansionGuard(limits, file.Length));
    }

    private void Explore(InputNode node, Stream stream, LatchedStream? outer, ExpansionGuard guard)
    {
        var latched = new LatchedStream(stream, outer, cancellation);
        using var peeked = new PeekedStream(latched);
        var kind = ContentKinds.Of(peeked.Head.Span);
        if (IsTooDeep(node, kind))
        {
            var failure = new InputFailure(AnomalyKind.LimitReached, $"Archives are inside each other more than {limits.Depth} deep; this one was not opened.");
            visitor.Refuse(node.Path, FileState.Unreadable, failure);
            return;
        }
        switch (kind)
        {
            case ContentKind.Gzip:
                ExploreCompressed(node, peeked, latched, guard, Gunzip);
                break;
            case ContentKind.Zlib:
                ExploreCompressed(node, peeked, latched, guard, Inflate);
                break;
            case ContentKind.Zip:
                ExploreZip(node, stream, peeked, latched, guard);
                break;
            case ContentKind.Tar:
                ExploreTar(node, peeked, latched, guard);
                break;
            case ContentKind.Capture when dissector is not null:
                ExploreCapture(node, peeked, latched, guard);
                break;
            default:
                using (var content = LeafContent.Of(node, latched, peeked)) visitor.Visit(node, content, cancellation);
                break;
        }
    }

    private void ExploreCompressed(InputNode node, PeekedStream packed, LatchedStream latched, ExpansionGuard guard, Func<Stream, ExpansionGuard, Stream> expand)
    {
        Func<ExpansionGuard, Stream>? reopen = node.Reopen is { } open ? again => expand(open(again), again) : null;
        Explore(node.Unzipped(reopen), expand(packed, guard), latched, guard);
    }

    // Dissected once only: what is sorted need not be read again.
    private void ExploreCapture(InputNode node, PeekedStream capture, LatchedStream latched, ExpansionGuard guard)
    {
        Stream packets;
        try
        {
            packets = dissector!.Dissect(capture, Tshark.EkFields.All, cancellation);
        }
        catch (Exception e) when (InputFailure.Covers(e))
        {
            visitor.Refuse(node.Path, FileState.Unreadable, InputFailure.Of(e));
            return;
        }
        Explore(node with { Reopen = null }, packets, latched, guard);
    }

    private void ExploreTar(InputNode node, PeekedStream tar, LatchedStream latched, ExpansionGuard guard)
    {
        var walk = new TarWalk(tar);
        var count = 0;
        try
        {
            while (walk.Next() is { } entry)
            {
                guard.AddEntry();
                count++;
                var inside = node.Inside(entry.Name, entry.Time, entry.Size, reopen: null);
                if (Refuses(inside, entry.Name, entry.Problem)) continue;
                Explore(inside, walk.Content(), latched, guard);
            }
        }
        catch (Exception e) when (InputFailure.Covers(e))
        {
            visitor.CutShort(node.Path, latched.Failure ?? InputFailure.Of(e));
            return;
        }
        Conclude(node, latched, count);
    }

    private void ExploreZip(InputNode node, Stream stream, PeekedStream peeked, LatchedStream latched, ExpansionGuard guard)
    {
        Spool? spool = null;
        int count;
        try
        {
            spool = stream.CanSeek ? null : Spool.Of(peeked, folder, limits.SpooledBytes, cancellation);
            using var opened = spool?.Open();
            var isInPlace = spool is null;
            count = ExploreEntries(isInPlace ? node : node with { Reopen = null }, opened ?? stream, latched, guard);
            if (spool is { IsCut: true }) throw new LimitReachedException("");
        }
        catch (Exception e) when (InputFailure.Covers(e))
        {
            // An archive that was not kept whole has lost its directory, which is not its own fault.
            var cut = new InputFailure(AnomalyKind.LimitReached, $"The archive is longer than {limits.SpooledBytes} bytes; the rest was not read.");
            visitor.CutShort(node.Path, latched.Failure ?? (spool is { IsCut: true } ? cut : InputFailure.Of(e)));
            return;
        }
        finally
        {
            spool?.Dispose();
        }
        Conclude(node, latched, count);
    }

    // Counts what it met. That an app package holds no telemetry is said once, not for each of its files.
    private int ExploreEntries(InputNode node, Stream zip, LatchedStream latched, ExpansionGuard guard)
    {
        var directory = ZipDirectory.Find(zip);
        if (directory is not null && AppPackage.WhyRefused(directory, limits.Entries) is { } reason)
        {
            visitor.Refuse(node.Path, FileState.Unrecognised, new InputFailure(AnomalyKind.Unrecognised, reason));
            return 1;
        }
        var count = 0;
        foreach (var entry in directory?.Entries() ?? ZipSalvage.Entries(zip))
        {
            guard.AddEntry();
            count++;
            if (!entry.IsFolder && !entry.IsLink) ExploreEntry(node, zip, entry, latched, guard);
        }
        return directory is not null ? count : throw new EndOfStreamException();
    }

    private void ExploreEntry(InputNode node, Stream zip, ZipEntry entry, LatchedStream latched, ExpansionGuard guard)
    {
        Func<ExpansionGuard, Stream>? reopen =
            node.Reopen is { } open ? again => entry.Open(open(again), again, ownsZip: true) : null;
        var inside = node.Inside(entry.Name, entry.Time, entry.Size ?? entry.PackedSize, reopen);
        if (Refuses(inside, entry.Name, problem: null)) return;
        Stream content;
        try
        {
            content = entry.Open(zip, guard, ownsZip: false);
        }
        catch (Exception e) when (InputFailure.Covers(e))
        {
            visitor.Refuse(inside.Path, FileState.Unreadable, InputFailure.Of(e));
            return;
        }
        Explore(inside, content, latched, guard);
    }

    private bool Refuses(InputNode node, string name, string? problem)
    {
        var failure = ArchiveName.Escapes(name)
            ? new InputFailure(AnomalyKind.PathEscape, "The name points outside the archive; the entry was not read.")
            : problem is null ? null : new InputFailure(AnomalyKind.Unreadable, problem);
        if (failure is null) return false;
        visitor.Refuse(node.Path, FileState.Unreadable, failure);
        return true;
    }

    private bool IsTooDeep(InputNode node, ContentKind kind) =>
        kind is not (ContentKind.Plain or ContentKind.Capture) && node.Depth >= limits.Depth && !(kind == ContentKind.Tar && node.IsUnzipped);

    private void Conclude(InputNode archive, LatchedStream latched, int entries)
    {
        var isEmpty = entries == 0 && latched.Failure is null;
        if (isEmpty) visitor.Refuse(archive.Path, FileState.Unrecognised, new InputFailure(AnomalyKind.Unrecognised, "The archive holds no files."));
        if (latched.Failure is { } failure) visitor.CutShort(archive.Path, failure);
        else if (archive.File.HasChanged) visitor.CutShort(archive.Path, new InputFailure(AnomalyKind.Changed, "The file changed while it was read."));
    }

    private static Stream Gunzip(Stream packed, ExpansionGuard guard) =>
        guard.Expand(packed, inner => new GZipStream(inner, CompressionMode.Decompress));

    private static Stream Inflate(Stream packed, ExpansionGuard guard) =>
        guard.Expand(packed, inner => new ZLibStream(inner, CompressionMode.Decompress));

    private static string Problem(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "It is not there any more.",
        UnauthorizedAccessException => "It may not be opened by this user.",
        _ => e.Message,
    };
}

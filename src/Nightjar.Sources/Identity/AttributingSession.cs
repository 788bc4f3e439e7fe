using Nightjar.Events;
using Nightjar.Sources.Identity.Joining;

namespace Nightjar.Sources.Identity;

/// <summary>A session whose events get their devices. A device that a record states is never replaced, but by the uid whose alias it is; what the map
/// knows of it is added.</summary>
/// <remarks>A record without a device gets that of its address. A file of a format that speaks of one device without naming it gets, in this
/// order: the device of the map's row for the file, the one that the user named for the whole input, the folder that holds the file.</remarks>
public sealed class AttributingSession : SourceSession
{
    private readonly SourceSession _inner;
    private readonly DeviceAttribution _attribution;

    /// <param name="inner">The reader's session; disposed with this one.</param>
    /// <param name="file">The file that is read.</param>
    /// <param name="format">Its format.</param>
    /// <param name="relativePath">The file below the path that the user gave, with slashes; the inside of an archive like a folder.</param>
    /// <param name="directory">Who had which address.</param>
    /// <param name="device">The device that the user named for files that name none; null when not named.</param>
    /// <param name="clocks">By how much times are moved; null when they are not.</param>
    public AttributingSession(
        SourceSession inner, SourceFile file, SourceFormat format, string relativePath, DeviceDirectory directory, string? device = null, ClockAlignment? clocks = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(directory);
        _inner = inner;
        _attribution = new DeviceAttribution(directory, format, format.IsOneDevice ? new FileDevice(directory, file.Path, relativePath, device) : null, clocks);
    }

    /// <summary>Events so far whose device could not be found.</summary>
    public long Unattributed => _attribution.Unattributed;

    public override long BytesRead => _inner.BytesRead;

    public override long RecordsRead => _inner.RecordsRead;

    public override bool Read(EventBatch batch, CancellationToken cancellation)
    {
        var before = batch.Completion;
        batch.Completion = _attribution;
        try
        {
            return _inner.Read(batch, cancellation);
        }
        finally
        {
            batch.Completion = before;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _inner.Dispose();
        base.Dispose(disposing);
    }
}

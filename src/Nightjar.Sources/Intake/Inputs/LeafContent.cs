using System.Text;

namespace Nightjar.Sources.Intake.Inputs;

/// <summary>A content open for reading, as readers want it: decompressed, in UTF-8, without a byte-order mark.</summary>
internal sealed class LeafContent : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly InputNode _node;
    private readonly LatchedStream _latched;
    private readonly PeekedStream _text;

    private LeafContent(InputNode node, LatchedStream latched, PeekedStream text)
    {
        _node = node;
        _latched = latched;
        _text = text;
    }

    /// <summary>The content. Owned by this.</summary>
    public Stream Stream => _text;

    /// <summary>Its beginning; valid until it is read.</summary>
    public SourceHead Head => new(_text.Head, _text.IsWhole, _node.Name);

    /// <summary>Bytes read, as they were before a change of encoding.</summary>
    public long BytesRead => _latched.BytesRead;

    /// <summary>Why it ended early; null when it did not.</summary>
    public InputFailure? Failure => _latched.Failure;

    /// <summary>True when the file is no longer what was found. Of what is in an archive, the archive knows.</summary>
    public bool HasChanged => !_node.IsInArchive && _node.File.HasChanged;

    /// <param name="node">What it is.</param>
    /// <param name="latched">Where it failed.</param>
    /// <param name="peeked">Its bytes, over <paramref name="latched"/>.</param>
    public static LeafContent Of(InputNode node, LatchedStream latched, PeekedStream peeked) => new(node, latched, ToUtf8(peeked));

    /// <summary>Opens a content anew.</summary>
    public static LeafContent Reopen(InputNode node, IntakeLimits limits, CancellationToken cancellation)
    {
        var raw = node.Reopen!(new ExpansionGuard(limits, node.File.Length));
        var latched = new LatchedStream(raw, node.File.Latch, cancellation);
        try
        {
            return Of(node, latched, new PeekedStream(latched));
        }
        catch
        {
            latched.Dispose();
            throw;
        }
    }

    public void Dispose() => _text.Dispose();

    private static PeekedStream ToUtf8(PeekedStream bytes)
    {
        var head = bytes.Head.Span;
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) bytes.Skip(3);
        else if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0])) return Transcode(bytes, 4, Encoding.UTF32);
        else if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return Transcode(bytes, 2, Encoding.Unicode);
        else if (head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return Transcode(bytes, 2, Encoding.BigEndianUnicode);
        return bytes;
    }

    private static PeekedStream Transcode(PeekedStream bytes, int mark, Encoding encoding)
    {
        bytes.Skip(mark);
        return new PeekedStream(Encoding.CreateTranscodingStream(bytes, encoding, Utf8));
    }
}

namespace Nightjar.Sources.OcsfNdjson;

/// <summary>A reused buffer for texts that stand escaped in the record; grows to the longest, so no longer than a line.</summary>
internal sealed class Scratch
{
    private byte[] _buffer = new byte[512];

    /// <summary>The text that a JSON string stands for; valid until the next call.</summary>
    public ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> body, out bool isWhole)
    {
        if (_buffer.Length < body.Length) _buffer = new byte[Math.Max(body.Length, _buffer.Length * 2)];
        return _buffer.AsSpan(0, JsonText.Unescape(body, _buffer, out isWhole));
    }
}

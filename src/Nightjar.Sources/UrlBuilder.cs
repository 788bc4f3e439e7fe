namespace Nightjar.Sources;

/// <summary>Puts together the URL that a request asked for, where a source writes its parts in several fields.</summary>
internal sealed class UrlBuilder
{
    private byte[] _buffer = new byte[1024];
    private int _length;

    /// <summary>What was written last.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>Writes the URL. A target that is a URL already, or only an authority, stands alone.</summary>
    /// <param name="server">Host header, or the address called where there is none.</param>
    /// <param name="port">The port called.</param>
    /// <param name="target">Target of the request.</param>
    /// <param name="isTunnel">The method is CONNECT.</param>
    public void Write(ReadOnlySpan<byte> server, ReadOnlySpan<byte> port, ReadOnlySpan<byte> target, bool isTunnel)
    {
        _length = 0;
        if (!isTunnel && !UrlText.IsAbsolute(target))
        {
            Add("http://"u8);
            Server(server, port);
            if (!target.StartsWith("/"u8)) Add("/"u8);
        }
        Add(target);
    }

    private void Server(ReadOnlySpan<byte> server, ReadOnlySpan<byte> port)
    {
        var bare = server.Contains((byte)':') && server.IndexOf((byte)':') != server.LastIndexOf((byte)':') && server[0] != (byte)'[';
        if (bare) Add("["u8);
        Add(server);
        if (bare) Add("]"u8);
        var hasPort = !bare && server.LastIndexOf((byte)':') > server.LastIndexOf((byte)']');
        if (hasPort || port.IsEmpty || port.SequenceEqual("80"u8)) return;
        Add(":"u8);
        Add(port);
    }

    private void Add(ReadOnlySpan<byte> part)
    {
        if (_length + part.Length > _buffer.Length) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + part.Length));
        part.CopyTo(_buffer.AsSpan(_length));
        _length += part.Length;
    }
}

namespace Nightjar.Sources.Squid;

/// <summary>The parts of one line, as places in it. Used again for the next.</summary>
internal sealed class Access
{
    /// <summary>Epoch seconds with milliseconds, or the date in brackets without them.</summary>
    public Range Time { get; set; }

    /// <summary>How long the request took, in milliseconds; null where the form does not say.</summary>
    public long? DurationMillis { get; set; }

    public Range Client { get; set; }

    /// <summary>Squid's word for what it did, such as <c>TCP_MISS</c>.</summary>
    public Range Result { get; set; }

    public Range Status { get; set; }

    /// <summary>Bytes delivered to the client, headers included.</summary>
    public Range Bytes { get; set; }

    public Range Method { get; set; }

    public Range Url { get; set; }

    /// <summary>Who was asked: an address, a name, or a dash.</summary>
    public Range Peer { get; set; }

    public Range ContentType { get; set; }

    public Range UserAgent { get; set; }

    /// <summary>True for Squid's own form.</summary>
    public bool IsNative { get; set; }

    public void Clear()
    {
        Time = Client = Result = Status = Bytes = Method = Url = Peer = ContentType = UserAgent = default;
        DurationMillis = null;
        IsNative = false;
    }
}

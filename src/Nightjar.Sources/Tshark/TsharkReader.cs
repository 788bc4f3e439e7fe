using Nightjar.Events;

namespace Nightjar.Sources.Tshark;

/// <summary>Packets as <c>tshark -T ek</c> writes them, one JSON object a line: all that was dissected, or chosen fields.</summary>
internal sealed class TsharkReader : ISourceReader
{
    public SourceFormat Format { get; } = new("tshark-ek", "Packets by tshark (-T ek)", PositionKind.Record) { LogNames = ["NSM:Flow"], Yields = [EventClass.NetworkActivity, EventClass.HttpActivity, EventClass.DnsActivity] };

    public int Recognise(SourceHead head) => EkHead.IsEk(head) && !EkHead.IsOfPcapdroid(head) ? 95 : 0;

    public SourceSession Open(SourceInput input) => new TsharkSession(input, "NSM:Flow", "tshark", isOnDevice: false);
}

/// <summary>The same of a capture that PCAPdroid took on a phone: each packet says whose it is.</summary>
internal sealed class PcapdroidPacketsReader : ISourceReader
{
    public SourceFormat Format { get; } = new("pcapdroid-ek", "PCAPdroid packets by tshark (-T ek)", PositionKind.Record)
    {
        LogNames = ["VPN:MobileProxy"],
        Yields = [EventClass.DnsActivity, EventClass.HttpActivity, EventClass.NetworkActivity],
        Platform = Platform.Android,
        IsOneDevice = true,
    };

    public int Recognise(SourceHead head) => EkHead.IsEk(head) && EkHead.IsOfPcapdroid(head) ? 96 : 0;

    public SourceSession Open(SourceInput input) => new TsharkSession(input, "VPN:MobileProxy", "PCAPdroid", isOnDevice: true);
}

/// <summary>Recognises the form. By names, not by a parse: the first packet may be longer than the head.</summary>
internal static class EkHead
{
    public static bool IsEk(SourceHead head)
    {
        var text = head.Bytes.Span.TrimStart(" \t\r\n"u8);
        return text.StartsWith("{\"index\":{\"_index\":\"packets-"u8)
            || text.StartsWith("{\"timestamp\""u8) && text.IndexOf("\"layers\":{"u8) > 0 && (text.IndexOf("\"frame_number\""u8) > 0 || text.IndexOf("\"frame_frame_number\""u8) > 0);
    }

    public static bool IsOfPcapdroid(SourceHead head)
    {
        var text = head.Bytes.Span;
        return text.IndexOf("frame_comment\":[\"u-"u8) >= 0 || text.IndexOf("frame_comment\":\"u-"u8) >= 0 || text.IndexOf("cb_pen\":[\"62652\""u8) >= 0
            || text.IndexOf("cb_pen\":\"62652\""u8) >= 0 || HasTrailer(text, "01072021"u8) || HasTrailer(text, "01:07:20:21"u8);
    }

    private static bool HasTrailer(ReadOnlySpan<byte> text, ReadOnlySpan<byte> magic)
    {
        var trailer = text.IndexOf("eth_trailer\""u8);
        return trailer >= 0 && text.Slice(trailer, Math.Min(64, text.Length - trailer)).IndexOf(magic) >= 0;
    }
}

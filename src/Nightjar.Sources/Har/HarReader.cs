using Nightjar.Events;

namespace Nightjar.Sources.Har;

/// <summary>HTTP archives (HAR 1.2) of browsers, proxies and PCAPdroid: one JSON document that lists requests and responses.</summary>
/// <remarks>Names neither device nor app: an archive is what one device was seen to ask for.</remarks>
internal sealed class HarReader : ISourceReader
{
    public SourceFormat Format { get; } = new("har", "HTTP archive (HAR)", PositionKind.Record)
    {
        LogNames = ["VPN:MobileProxy"],
        Yields = [EventClass.HttpActivity],
        IsOneDevice = true,
    };

    public int Recognise(SourceHead head)
    {
        var text = head.Bytes.Span.TrimStart(" \t\r\n"u8);
        if (!text.StartsWith("{"u8) || !text[1..].TrimStart(" \t\r\n"u8).StartsWith("\"log\""u8)) return 0;
        if (text.IndexOf("\"entries\""u8) >= 0 && text.IndexOf("\"startedDateTime\""u8) >= 0) return 96;
        return text.IndexOf("\"creator\""u8) >= 0 && text.IndexOf("\"version\""u8) >= 0 ? 92 : 0;
    }

    public SourceSession Open(SourceInput input) => new HarSession(input);
}

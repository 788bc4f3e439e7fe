using Nightjar.Events;

namespace Nightjar.Sources.W3c;

/// <summary>Access logs of web proxies in the W3C extended format: a header names the fields, each line is a request.</summary>
internal sealed class W3cReader : ISourceReader
{
    private const int HeadLines = 40;

    public SourceFormat Format { get; } = new("w3c-proxy", "Web proxy log, W3C extended", PositionKind.Line) { LogNames = ["VPN:MobileProxy"], Yields = [EventClass.NetworkActivity, EventClass.HttpActivity] };

    public int Recognise(SourceHead head)
    {
        foreach (var line in head.Lines(HeadLines))
        {
            if (W3cFields.IsHeader(line.Span)) return W3cFields.IsOfProxy(line.Span) ? 93 : 0;
            if (!line.IsEmpty && line.Span[0] != (byte)'#') return 0;
        }
        return 0;
    }

    public SourceSession Open(SourceInput input) => new W3cSession(input);
}

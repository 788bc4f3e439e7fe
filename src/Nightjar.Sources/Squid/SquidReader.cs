using Nightjar.Events;

namespace Nightjar.Sources.Squid;

/// <summary>The access log of a web proxy in Squid's native form or in the common and combined form of web servers.</summary>
internal sealed class SquidReader : ISourceReader
{
    private const int LinesToJudge = 20;

    public SourceFormat Format { get; } = new("squid-access", "Squid access log", PositionKind.Line) { LogNames = ["VPN:MobileProxy"], Yields = [EventClass.NetworkActivity, EventClass.HttpActivity] };

    public int Recognise(SourceHead head)
    {
        var access = new Access();
        int native = 0, common = 0, others = 0;
        foreach (var line in head.Lines(LinesToJudge))
        {
            if (line.IsEmpty) continue;
            if (NativeLine.TryRead(line.Span, access)) native++;
            // Web servers write the same form: it is a proxy's when whole URLs are asked for.
            else if (WebServerLine.TryRead(line.Span, access)) common += WebServerLine.IsOfProxy(line.Span, access) ? 1 : 0;
            else others++;
        }
        if (native + common == 0 || native + common < others) return 0;
        return native > 0 ? 92 : 85;
    }

    public SourceSession Open(SourceInput input) => new SquidSession(input);
}

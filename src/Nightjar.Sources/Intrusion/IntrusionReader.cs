using Nightjar.Events;

namespace Nightjar.Sources.Intrusion;

/// <summary>The intrusion logs of Android's Advanced Protection, as the owner downloads and decrypts them: one JSON object a line.</summary>
/// <remarks>Highly personal: they hold the host names of private browsing too. No bytes, no UDP, no state of the app; the lock screen tells whether the device was in use.</remarks>
internal sealed class IntrusionReader : ISourceReader
{
    private const int LinesToJudge = 20;

    public SourceFormat Format { get; } = new("android-intrusion-log", "Android intrusion log", PositionKind.Line)
    {
        LogNames = ["VPN:MobileProxy", "MobileEDR:telemetry"],
        Yields = [EventClass.ProcessActivity, EventClass.NetworkActivity, EventClass.DnsActivity, EventClass.ApplicationLifecycle, EventClass.MobileState, EventClass.LogLine],
        Platform = Platform.Android,
        IsOneDevice = true,
    };

    public SourceSession Open(SourceInput input) => new IntrusionSession(input);

    public int Recognise(SourceHead head)
    {
        var record = new IntrusionRecord(IntrusionNames.Export);
        int known = 0, others = 0;
        foreach (var line in head.Lines(LinesToJudge))
        {
            if (line.IsEmpty) continue;
            if (record.TryRead(line.Span) && record.Kind != IntrusionKind.Other && record.HasTime) known++;
            else others++;
        }
        return known == 0 || known < others ? 0 : 95;
    }
}

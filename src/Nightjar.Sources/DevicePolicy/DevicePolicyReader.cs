using Nightjar.Events;
using Nightjar.Sources.Intrusion;

namespace Nightjar.Sources.DevicePolicy;

/// <summary>Network and security events as an agent that owns the device gets them from Android's <c>DevicePolicyManager</c> and writes them in JSON.</summary>
/// <remarks>Android fixes the attributes, not the file: an object a line, an array, bare objects or such within an object that names the kind are
/// all read. TCP only; names that an app resolves by itself are not seen. Network events count milliseconds, security events nanoseconds.</remarks>
internal sealed class DevicePolicyReader : ISourceReader
{
    private const int RecordsToJudge = 20;

    public SourceFormat Format { get; } = new("android-device-policy", "Android device owner logs (DevicePolicyManager)", PositionKind.Offset)
    {
        LogNames = ["VPN:MobileProxy", "MobileEDR:telemetry"],
        Yields =
        [
            EventClass.DnsActivity, EventClass.NetworkActivity, EventClass.ProcessActivity,
            EventClass.MobileState, EventClass.ApplicationLifecycle, EventClass.LogLine,
        ],
        Platform = Platform.Android,
        IsOneDevice = true,
    };

    public SourceSession Open(SourceInput input) => new DevicePolicySession(input);

    public int Recognise(SourceHead head)
    {
        var records = new DevicePolicyRecords();
        return JsonItems.MostAre(head, RecordsToJudge, item => records.Read(item) is { HasTime: true, Kind: not IntrusionKind.Other }) ? 92 : 0;
    }
}

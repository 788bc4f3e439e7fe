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
        Platform = Platform.Android,
        IsOneDevice = true,
    };

    public SourceSession Open(SourceInput input) => new DevicePolicySession(input);

    public int Recognise(SourceHead head)
    {
        var records = new DevicePolicyRecords();
        using var stream = new MemoryStream(head.Bytes.ToArray());
        using var items = new JsonItems(stream, true);
        int known = 0, others = 0;
        while (known + others < RecordsToJudge && items.Next(CancellationToken.None) is var found and not JsonFound.End)
        {
            if (found == JsonFound.Item && records.Read(items.Item) is { HasTime: true, Kind: not IntrusionKind.Other }) known++;
            else if (found != JsonFound.Truncated) others++;
        }
        return known == 0 || known <= others ? 0 : 92;
    }
}

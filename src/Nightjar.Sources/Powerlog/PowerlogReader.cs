using Nightjar.Events;
using Nightjar.Sources.Sqlite;

namespace Nightjar.Sources.Powerlog;

/// <summary>The power log of an iPhone or iPad, <c>CurrentPowerlog.PLSQL</c> or one of its archives: which app was on screen, locked or not,
/// bytes of each process in short intervals, camera and location.</summary>
internal sealed class PowerlogReader : ISourceReader
{
    public SourceFormat Format { get; } = new("ios-powerlog", "iOS power log", PositionKind.Offset)
    {
        LogNames = ["iOS:unifiedlog"],
        Yields = [EventClass.NetworkActivity, EventClass.MobileState, EventClass.SensorUse, EventClass.SoftwareInfo, EventClass.LogLine],
        Platform = Platform.IOS,
        IsOneDevice = true,
    };

    public SourceSession Open(SourceInput input) => new PowerlogSession(input);

    // The list of its several hundred tables may begin behind the head; the tables' own statements are all over the file.
    public int Recognise(SourceHead head)
    {
        if (!DatabaseHead.IsDatabase(head)) return 0;
        if (DatabaseHead.Mentions(head, "PLStorageOperator_EventForward_TimeOffset"u8)) return 95;
        if (DatabaseHead.Mentions(head, "Agent_EventForward_"u8) || DatabaseHead.Mentions(head, "Agent_EventPoint_"u8)) return 90;
        return head.Name.Contains(".PLSQL", StringComparison.OrdinalIgnoreCase) ? 60 : 0;
    }
}

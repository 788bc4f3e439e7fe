using Nightjar.Events;
using Nightjar.Sources.Sqlite;

namespace Nightjar.Sources.DataUsage;

/// <summary>What each process of an iPhone or iPad sent and received: <c>DataUsage.sqlite</c> (mobile network) and <c>netusage.sqlite</c> (all networks).</summary>
/// <remarks>Sums over a day or longer, without destinations. Which app, how much, between when and when; never with whom.</remarks>
internal sealed class DataUsageReader : ISourceReader
{
    public SourceFormat Format { get; } = new("ios-data-usage", "iOS data usage database", PositionKind.Offset)
    {
        LogNames = ["iOS:unifiedlog"],
        Yields = [EventClass.NetworkActivity],
        Platform = Platform.IOS,
        IsOneDevice = true,
    };

    public SourceSession Open(SourceInput input) => new DataUsageSession(input);

    // The list of tables may lie behind the head; then the name decides, which the system never changes.
    public int Recognise(SourceHead head)
    {
        if (!DatabaseHead.IsDatabase(head)) return 0;
        if (DatabaseHead.Mentions(head, "ZLIVEUSAGE"u8) && DatabaseHead.Mentions(head, "ZHASPROCESS"u8)) return 95;
        return !DatabaseHead.ShowsTables(head) && (IsNamed(head, "netusage") || IsNamed(head, "datausage")) ? 60 : 0;
    }

    private static bool IsNamed(SourceHead head, string name) => head.Name.Contains(name, StringComparison.OrdinalIgnoreCase);
}

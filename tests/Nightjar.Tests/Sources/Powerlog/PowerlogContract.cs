using System.Globalization;
using Nightjar.Sources;
using Nightjar.Sources.Powerlog;
using Nightjar.Tests.Sources.Sqlite;
using static Nightjar.Tests.Sources.Powerlog.PowerlogText;

namespace Nightjar.Tests.Sources.Powerlog;

public sealed class PowerlogContract : DatabaseContract
{
    private const int AssumedTime = 1 << 16;

    protected override ISourceReader Reader { get; } = new PowerlogReader();

    protected override IReadOnlyList<SourceExample> Examples { get; } =
    [
        new("CurrentPowerlog.PLSQL", Log(
            Correct(1_000_000, Correction), Lock(1_000_010, 0), Lock(1_000_020, 1), Lock(-1e12, 1),
            "insert into PLProcessNetworkAgent_EventInterval_UsageDiff (timestamp, timestampEnd, BundleName, ProcessName, CellIn, CellOut, WifiIn, WifiOut) values (1000011, 1000041, 'com.example.courier', 'Courier', 10, 20, 300, 400);",
            "insert into PLApplicationAgent_EventForward_Application (timestamp, Identifier, State, pid) values (1000012, 'com.example.courier', 8, 412);"), 4) { Anomalies = 1 },
    ];

    // Without all the corrections of its clock a log still tells what happened, and says that the times are unsure.
    protected override string? Sure(string line)
    {
        var state = line.Split(" state ")[1].Split(' ')[0];
        return (int.Parse(state, NumberStyles.HexNumber, CultureInfo.InvariantCulture) & AssumedTime) != 0 ? null : line;
    }

    protected override byte[]? Many(SourceExample example, int times) =>
        Log([Correct(1_000_000, Correction), .. Enumerable.Range(1, times * example.Events).Select(i => Lock(1_000_000 + i, i % 2))]);
}

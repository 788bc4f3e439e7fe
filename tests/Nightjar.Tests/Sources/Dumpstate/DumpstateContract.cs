using Nightjar.Sources;
using Nightjar.Sources.Dumpstate;

namespace Nightjar.Tests.Sources.Dumpstate;

public sealed class DumpstateContract : SourceContract
{
    protected override ISourceReader Reader { get; } = new DumpstateReader();

    // An installed package tells four: that it is there, what it may do, when it came and when it was replaced.
    protected override int EventsPerRecord => 4;

    protected override IReadOnlyList<SourceExample> Examples { get; } =
    [
        new("bugreport-phone-2026-02-27.txt", DumpstateText.Whole, 38),
        new("dumpsys_appops.txt", DumpstateText.AppOps[(DumpstateText.AppOps.IndexOf('\n', StringComparison.Ordinal) + 1)..DumpstateText.AppOps.IndexOf("---------", StringComparison.Ordinal)], 4),
        new("dumpsys.txt", "Currently running services:\n  usagestats\n" + DumpstateText.Rule + DumpstateText.Usage + "DUMP OF SERVICE appops:\n  Uid 0:\n", 12),
    ];

    // A long line ends the record that lasts over several; between sections there is none.
    protected override int LinesBeforeLongLine(SourceExample example) => 3;
}

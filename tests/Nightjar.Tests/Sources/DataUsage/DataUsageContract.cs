using Nightjar.Sources;
using Nightjar.Sources.DataUsage;
using Nightjar.Tests.Sources.Sqlite;
using static Nightjar.Tests.Sources.DataUsage.DataUsageText;

namespace Nightjar.Tests.Sources.DataUsage;

public sealed class DataUsageContract : DatabaseContract
{
    protected override ISourceReader Reader { get; } = new DataUsageReader();

    protected override IReadOnlyList<SourceExample> Examples { get; } =
    [
        new("DataUsage.sqlite", Database(
            Process(1, "com.example.courier", "nsurlsessiond/com.example.courier"), Process(2, null, "mDNSResponder"), Process(3, null, "CumulativeUsageTracker"),
            Usage(1, 1, 0), Usage(2, 1, 1), Usage(3, 2, 0), Usage(4, 3, 0), Usage(5, 9, 0), Usage(6, 2, 1, "-1.0, 0, 0, 0")), 3) { Anomalies = 3 },
    ];

    // Until when a row counts is told by the next one.
    protected override string? Sure(string line) => line[..line.IndexOf(" .. ", StringComparison.Ordinal)] + line[line.IndexOf(" seq ", StringComparison.Ordinal)..];

    protected override byte[]? Many(SourceExample example, int times) =>
        Database([Process(1, "com.example.courier", "Courier"), .. Enumerable.Range(1, times * example.Events).Select(key => Usage(key, 1, key / 1000.0))]);
}

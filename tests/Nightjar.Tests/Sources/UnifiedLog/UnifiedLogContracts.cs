using Nightjar.Sources;
using Nightjar.Sources.UnifiedLog;

namespace Nightjar.Tests.Sources.UnifiedLog;

internal static class UnifiedLogEntries
{
    public static IReadOnlyList<string> All { get; } =
    [
        UnifiedLogText.Entry("[app<com.example.courier(A1)>:412] Setting process visibility to: Foreground"),
        UnifiedLogText.Entry("CFNetwork: Task <private> {now} \"using\" [Connection 1]", UnifiedLogText.Courier, pid: 412, mach: 5_001),
        UnifiedLogText.Entry("lost >=12 unreliable messages", "/kernel", eventType: "lossEvent", mach: 5_002),
        UnifiedLogText.Entry("no time at all", time: "some day"),
    ];
}

public sealed class UnifiedLogLinesContract : SourceContract
{
    protected override ISourceReader Reader { get; } = new UnifiedLogLinesReader();

    protected override IReadOnlyList<SourceExample> Examples { get; } =
    [
        new("phone.ndjson", string.Join('\n', UnifiedLogEntries.All) + "\n{\"count\":4,\"finished\":1}\n", 3) { Anomalies = 2 },
        new("cut.ndjson", UnifiedLogEntries.All[0] + "\n{\"count\":4,\"finished\":0}\n", 1) { Anomalies = 1 },
    ];
}

public sealed class UnifiedLogArrayContract : SourceContract
{
    protected override ISourceReader Reader { get; } = new UnifiedLogArrayReader();

    protected override IReadOnlyList<SourceExample> Examples { get; } =
    [
        new("phone.json", UnifiedLogText.Array(UnifiedLogEntries.All), 3) { Anomalies = 2 },
    ];

    protected override byte[]? Many(SourceExample example, int times) =>
        System.Text.Encoding.UTF8.GetBytes(UnifiedLogText.Array(Enumerable.Repeat(UnifiedLogEntries.All, times).SelectMany(entries => entries)));
}

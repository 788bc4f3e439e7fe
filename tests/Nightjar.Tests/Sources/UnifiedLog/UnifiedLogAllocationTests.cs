using System.Text;
using Nightjar.Events;
using Nightjar.Sources;
using Nightjar.Sources.UnifiedLog;
using Xunit;

namespace Nightjar.Tests.Sources.UnifiedLog;

public sealed class UnifiedLogAllocationTests
{
    private const int Entries = 10_000;

    // The session's own buffers; nothing grows with the number of entries.
    private const long Allowed = 400 * 1024;

    [Fact]
    public void Entries_cost_no_memory_each()
    {
        string[] kinds =
        [
            UnifiedLogText.Entry("a message <private> of some length"), UnifiedLogText.Entry("Screen did lock"),
            UnifiedLogText.Entry("[app<com.example.courier(A1)>:412] Setting process visibility to: Foreground"),
            UnifiedLogText.Entry("Submitted: bgRefresh-com.example.courier.refresh:041399 at priority 10", "/usr/libexec/dasd"),
            UnifiedLogText.Entry("Task <A>.<1> now using Connection 3", UnifiedLogText.Courier, pid: 412),
        ];
        var lines = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, Entries).Select(i => kinds[i % kinds.Length] + "\n")));
        var array = Encoding.UTF8.GetBytes("[" + string.Join(",", Enumerable.Range(0, Entries).Select(i => kinds[i % kinds.Length])) + "]");
        Check(new UnifiedLogLinesReader(), lines);
        Check(new UnifiedLogArrayReader(), array);
    }

    private static void Check(ISourceReader reader, byte[] bytes)
    {
        var batch = new EventBatch(new SymbolTable());
        Read(reader, bytes, batch);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(Entries, Read(reader, bytes, batch));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Allowed);
    }

    private static int Read(ISourceReader reader, byte[] bytes, EventBatch batch)
    {
        using var session = reader.Open(new SourceInput { Stream = new MemoryStream(bytes), File = new SourceFile(1, "log", reader.Format.Id, reader.Format.PositionKind) });
        var count = 0;
        for (var more = true; more; count += batch.Count)
        {
            batch.Clear();
            more = session.Read(batch, CancellationToken.None);
        }
        return count;
    }
}

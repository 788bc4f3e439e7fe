using System.Globalization;
using System.Text;
using Nightjar.Events;
using Nightjar.Sources;
using Nightjar.Sources.Logcat;
using Xunit;

namespace Nightjar.Tests.Sources.Logcat;

public sealed class LogcatAllocationTests
{
    private const int Lines = 20_000;

    // The session's own buffers; nothing grows with the number of lines.
    private const long Allowed = 400 * 1024;

    [Fact]
    public void Plain_lines_cost_no_memory_each()
    {
        var text = new StringBuilder();
        for (var i = 0; i < Lines; i++)
            text.Append(CultureInfo.InvariantCulture, $"02-27 10:{i / 1000:00}:{i % 60:00}.{i % 1000:000}  {4000 + i % 7} 4712 {"VDIWE"[i % 5]} Courier : parcel {i} is on its way\n");
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        var batch = new EventBatch(new SymbolTable());
        Read(bytes, batch);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(Lines, Read(bytes, batch));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Allowed);
    }

    private static int Read(byte[] bytes, EventBatch batch)
    {
        using var session = new LogcatReader().Open(new SourceInput
        {
            Stream = new MemoryStream(bytes), File = new SourceFile(1, "logcat.txt", "android-logcat", PositionKind.Line),
            FileTime = LogcatText.At(2026, 3, 1, 0, 0, 0, 0),
        });
        var count = 0;
        for (var more = true; more; count += batch.Count)
        {
            batch.Clear();
            more = session.Read(batch, CancellationToken.None);
        }
        return count;
    }
}

using System.Globalization;
using System.Text;
using Nightjar.Events;
using Nightjar.Sources;
using Nightjar.Sources.OcsfNdjson;
using Xunit;

namespace Nightjar.Tests.Sources.OcsfNdjson;

public sealed class OcsfNdjsonAllocationTests
{
    private const int Count = 20_000;

    [Fact]
    public void Reading_allocates_nothing_per_event_once_the_texts_are_known()
    {
        var batch = new EventBatch(new SymbolTable());
        var bytes = Events();
        Assert.Equal(Count, ReadThrough(batch, bytes, out _));
        // The least of three: tests beside this one may have taken what the pools held.
        var allocated = long.MaxValue;
        for (var run = 0; run < 3; run++)
        {
            Assert.Equal(Count, ReadThrough(batch, bytes, out var own));
            allocated = Math.Min(allocated, own);
        }
        Assert.True(allocated < 8 * 1024, $"{allocated} bytes for {Count} events");
    }

    private static int ReadThrough(EventBatch batch, byte[] bytes, out long allocated)
    {
        using var session = new OcsfNdjsonReader().Open(new SourceInput
        {
            Stream = new MemoryStream(bytes), File = new SourceFile(1, "events.ndjson", "ocsf-ndjson", PositionKind.Line),
        });
        var before = GC.GetAllocatedBytesForCurrentThread();
        var count = 0;
        bool more;
        do
        {
            batch.Clear();
            more = session.Read(batch, CancellationToken.None);
            count += batch.Count;
        }
        while (more);
        allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return count;
    }

    private static byte[] Events()
    {
        var text = new StringBuilder();
        for (var i = 0; i < Count; i++) text.AppendLine(CultureInfo.InvariantCulture, $"{{{Common(i)},{Special(i)}}}");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Common(int i) =>
        $"\"time\":{1772366400000 + i},\"metadata\":{{\"uid\":\"event-{i}\",\"log_name\":\"NSM:Flow\"}},\"device\":{{\"uid\":\"d-{i % 50}\",\"os\":{{\"type_id\":201}}}},"
        + $"\"actor\":{{\"app_uid\":\"com.example.app{i % 9}\"}},\"app_state\":\"background\",\"unmapped\":{{\"vendor\":{{\"n\":{i}}}}}";

    private static string Special(int i) => (i % 4) switch
    {
        0 => $"\"class_uid\":4001,\"activity_id\":6,\"duration\":5,\"dst_endpoint\":{{\"ip\":\"2001:DB8::{i % 99}\",\"hostname\":\"H{i % 99}.example.\",\"port\":443}},\"url\":{{\"url_string\":\"https://h{i % 99}.example/{i}\"}}",
        1 => $"\"class_uid\":1001,\"activity_id\":1,\"file\":{{\"path\":\"/data/user/0/a/../b{i % 99}.dex\",\"entropy\":7.{i % 10},\"hashes\":[{{\"value\":\"ABCD{i % 99:x4}\"}}]}}",
        2 => $"\"class_uid\":1005,\"activity_id\":3,\"module\":{{\"function_name\":\"f\",\"args\":{{\"dexPath\":\"\\/x{i % 99}\",\"name\":\"n\"}}}}",
        _ => $"\"class_uid\":99906002,\"activity_id\":1,\"message\":\"line {i} \\u00e9\\n\",\"permissions\":[\"p1\",\"p2\"],\"answers\":[{{\"rdata\":\"10.0.0.{i % 99}\"}}]",
    };
}

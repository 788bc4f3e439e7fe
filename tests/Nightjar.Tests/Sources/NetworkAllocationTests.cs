using System.Globalization;
using System.Text;
using Nightjar.Events;
using Nightjar.Sources;
using Nightjar.Tests.Sources.Pcapdroid;
using Nightjar.Tests.Sources.Suricata;
using Nightjar.Tests.Sources.W3c;
using Xunit;

namespace Nightjar.Tests.Sources;

/// <summary>Records of network sources cost no object each.</summary>
public sealed class NetworkAllocationTests
{
    private const int Records = 20_000;

    // The session's own buffers; nothing grows with the number of records.
    private const long Allowed = 500 * 1024;

    private static readonly Dictionary<string, Func<int, string>> Writers = new(StringComparer.Ordinal)
    {
        ["suricata-eve"] = i => i % 2 == 0 ? EveText.Flow : EveText.Http(i, "/pkg/tool.apk", 200, 48_000),
        ["pcapdroid-csv"] = i => string.Create(CultureInfo.InvariantCulture, $"6,10.215.173.1,{40000 + i % 9},198.51.100.20,443,10214,Courier,com.example.courier,TLS,Closed,files.example.net,{i},26000,9,20,2026-03-02T10:05:00.250+0100,2026-03-02T10:06:00.750+0100,"),
        ["squid-access"] = i => "1772442307.000     12 10.0.3.7 TCP_MISS/200 48211 GET http://files.example.net/pkg/tool.apk - HIER_DIRECT/198.51.100.20 application/zip",
        ["w3c-proxy"] = i => "2026-03-02 09:05:07 12 10.0.3.7 - 200 TCP_MISS GET http files.example.net 8080 /pkg/tool.apk - \"Fetch/1\" 48211 300 application/zip 198.51.100.20",
        ["har"] = i => "{\"startedDateTime\":\"2026-03-02T09:05:01Z\",\"request\":{\"method\":\"GET\",\"url\":\"https://a.example.net/x\",\"headers\":[{\"name\":\"User-Agent\",\"value\":\"Fetch/1\"}]},\"response\":{\"status\":200}},",
    };

    private static readonly Dictionary<string, string> Beginnings = new(StringComparer.Ordinal)
    {
        ["pcapdroid-csv"] = PcapdroidCsvContract.Header,
        ["w3c-proxy"] = W3cContract.Header,
        ["har"] = "{\"log\":{\"entries\":[",
    };

    public static TheoryData<string> Formats => [.. Writers.Keys];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Records_cost_no_memory_each(string format)
    {
        var reader = SourceCatalog.All.Single(item => item.Format.Id == format);
        var bytes = Encoding.UTF8.GetBytes(Beginnings.GetValueOrDefault(format, "") + string.Join('\n', Enumerable.Range(0, Records).Select(Writers[format])));
        var batch = new EventBatch(new SymbolTable());
        Read(reader, bytes, batch);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(Records, Read(reader, bytes, batch));
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

using Nightjar.Sources;
using Nightjar.Sources.Har;

namespace Nightjar.Tests.Sources.Har;

public sealed class HarContract : SourceContract
{
    internal const string Archive =
        """
        {"log":{"version":"1.2","creator":{"name":"Example","version":"1"},"pages":[{"startedDateTime":"2026-03-02T10:05:00.000+01:00","id":"p"}],
         "entries":[
          {"startedDateTime":"2026-03-02T10:05:00.250+01:00","time":120.5,
           "request":{"method":"GET","url":"https://files.example.net/pkg/tool.apk","headers":[{"name":"Host","value":"files.example.net"},{"name":"User-Agent","value":"Fetch/1"}],"bodySize":0},
           "response":{"status":200,"headers":[],"content":{"size":48000,"mimeType":"application/zip","text":"UEsDBA==","encoding":"base64"},"bodySize":47000},
           "serverIPAddress":"[2001:db8::20]","connection":"17","timings":{"send":0,"wait":100,"receive":20}},
          {"startedDateTime":"2026-03-02T09:05:01Z","time":-1,"request":{"method":"POST","url":"https://api.example.net/up","bodySize":700},
           "response":{"status":0,"content":{"size":-1},"bodySize":-1,"_transferSize":0}},
          {"startedDateTime":"later","request":{"method":"GET","url":"https://a.example.net/"},"response":{}},
          {"request":{}}
         ]}}

        """;

    protected override ISourceReader Reader { get; } = new HarReader();

    protected override IReadOnlyList<SourceExample> Examples { get; } =
    [
        new("capture.har", Archive, 2) { Anomalies = 2 },
    ];

    protected override byte[]? Many(SourceExample example, int times)
    {
        var entry = "{\"startedDateTime\":\"2026-03-02T09:05:01Z\",\"request\":{\"method\":\"GET\",\"url\":\"https://a.example.net/\"},\"response\":{\"status\":200}}";
        return System.Text.Encoding.UTF8.GetBytes("{\"log\":{\"entries\":[" + string.Join(",\n", Enumerable.Repeat(entry, times)) + "]}}");
    }
}

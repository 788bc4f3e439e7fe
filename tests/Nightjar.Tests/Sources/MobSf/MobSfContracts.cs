using Nightjar.Sources;
using Nightjar.Sources.MobSf;

namespace Nightjar.Tests.Sources.MobSf;

public sealed class MobSfReportContract : SourceContract
{
    internal const string Body =
        """
        "hash":"0123","emails":["a@courier.example"],"urls":["https://cdn.courier.example/p?x=1"],
         "domains":{"cdn.courier.example":{"bad":"no","geolocation":{},"ofac":false}},"clipboard":[],
         "sqlite":[{"type":"db","file":"data/data/com.example.courier/databases/a.db"}],"xml":[],"others":["/data/data/com.example.courier/files/a.dex"],
         "apimon":{"Dynamic Class Loading":[{"name":"Dex Class Loader","class":"dalvik.system.DexClassLoader","method":"$init","arguments":["/data/user/0/com.example.courier/files/a.dex","/x",null,"{}"],"result":"","calledFrom":"com.example.courier.Main.go(Main.java:7)","returnValue":""}],
                   "Crypto":[{"name":"Cipher","class":"javax.crypto.Cipher","method":"doFinal","arguments":"[\"aa\"]","result":"bb","calledFrom":"x","returnValue":"bb"},{"name":"broken"}]},
         "base64_strings":[],"trackers":{},"frida_logs":"","runtime_dependencies":[]
        """;

    protected override ISourceReader Reader { get; } = new MobSfReportReader();

    // A report that is cut off has not told its app.
    protected override IReadOnlyList<SourceExample> Examples { get; } =
        [new("report.json", "{\"package\":\"com.example.courier\",\n" + Body + "}", 5) { Anomalies = 1 }];
}

public sealed class FridaMonitorContract : SourceContract
{
    internal const string Calls =
        """
        {"name":"Dex Class Loader","class":"dalvik.system.DexClassLoader","method":"$init","arguments":["/data/user/0/com.example.courier/files/a.dex:/b.dex","/x",null],"result":"","calledFrom":"com.example.courier.Main.go(Main.java:7)","returnValue":""},
        {"name":"Web","class":"android.webkit.WebView","method":"addJavascriptInterface","arguments":{"name":"bridge"},"calledFrom":"x"},
        {"name":"Web","class":"android.webkit.WebView","method":"addJavascriptInterface","arguments":{"name":"bridge"},"calledFrom":"x"},

        """;

    protected override ISourceReader Reader { get; } = new FridaMonitorReader();

    protected override IReadOnlyList<SourceExample> Examples { get; } = [new("mobsf_api_monitor.txt", Calls, 3), new("api.json", "[" + Calls.TrimEnd('\n', '\r', ',') + "]", 3)];
}

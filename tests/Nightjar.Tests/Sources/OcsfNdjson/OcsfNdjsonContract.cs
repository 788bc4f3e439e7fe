using Nightjar.Sources;
using Nightjar.Sources.OcsfNdjson;

namespace Nightjar.Tests.Sources.OcsfNdjson;

public sealed class OcsfNdjsonContract : SourceContract
{
    protected override ISourceReader Reader { get; } = new OcsfNdjsonReader();

    protected override IReadOnlyList<SourceExample> Examples { get; } =
    [
        new("flows.ndjson", """
            {"class_uid":4001,"activity_id":6,"time":1772366400000,"end_time":1772366401500,"metadata":{"uid":"f-1","log_name":"NSM:Flow"},"device":{"uid":"d-1","os":{"type_id":201}},"app_name":"com.example.torch","dst_endpoint":{"ip":"203.0.113.7","port":443,"hostname":"Up.Example.net."},"traffic":{"bytes_in":20480,"bytes_out":512},"tls":{"sni":"up.example.net","ja3_hash":{"value":"e7d705a3286e19ea42f587b344ee6865"}}}
            {"class_uid":4003,"activity_id":1,"time":"2026-03-01T12:00:02.5Z","metadata":{"uid":"q-1"},"device":{"uid":"d-1"},"query":{"hostname":"up.example.net","type":"A"},"answers":[{"rdata":"203.0.113.7","ttl":60},{"rdata":"2001:db8::7"}]}

            """, 2) { Anomalies = 1 },
        new("code.ndjson", """
            {"class_uid":1001,"activity_id":1,"time":1772366403000,"metadata":{"uid":"w-1"},"device":{"uid":"d-1","groups":[{"name":"sales"},{"name":"pilot"}]},"actor":{"app_uid":"com.example.torch"},"file":{"path":"/data/user/0/com.example.torch/cache/a.dex","name":"a.dex","size":8124,"hashes":[{"algorithm_id":3,"value":"A3F5"}],"entropy":5.9,"magic":"dex"},"unmapped":{"mobile":{"app_state":"background","is_device_locked":true}}}
            {"class_uid":1005,"activity_id":3,"time":1772366404000,"device":{"uid":"d-1"},"actor":{"app_uid":"com.example.torch"},"module":{"function_name":"dalvik.system.DexClassLoader.<init>","args":{"dexPath":"/data/data/com.example.torch/cache/a.dex:/x.dex","parent":null,"n":"é \"q\" 😀"}}}
            """, 2),
        new("broken.ndjson", """
            {"class_uid":6002,"activity_id":1,"time":1772366400000,"device":{"uid":"d-2"},"app":{"uid":"com.example.chat","version":"2.1"},"install_source":"sideload","permissions":["android.permission.CAMERA"]}
            not json
            {"class_uid":6002,"activity_id":1,"time":1772366400000}
            {"class_uid":99906001,"activity_id":2,"time":1772366400001,"device":{"uid":7},"x":{"y":[1,2]}}

            {"class_uid":1005,"activity_id":1,"time":1772366405000,"device":{"uid":"d-2"},"module":{"file":{"path":"/sdcard/x.so"}},"is_screen_on":"yes"}
            {"class_uid":1005,"activity_id":1,"time":17723
            """, 3) { Anomalies = 6 },
    ];
}

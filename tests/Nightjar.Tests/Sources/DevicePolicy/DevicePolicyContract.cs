using System.Text;
using Nightjar.Sources;
using Nightjar.Sources.DevicePolicy;

namespace Nightjar.Tests.Sources.DevicePolicy;

public sealed class DevicePolicyContract : SourceContract
{
    internal const string Lines =
        """
        {"hostname":"api.courier.example","addresses":["/192.0.2.7","/2001:db8:0:0:0:0:0:7"],"totalResolvedAddressCount":2,"packageName":"com.example.courier","timestamp":1772186400000,"id":1}
        {"inetAddress":"/192.0.2.7","port":443,"packageName":"com.example.courier","timestamp":"1772186400350","id":"2"}
        {"timeNanos":1772186401123456789,"tag":210005,"data":["com.example.courier:sync",1772186401100,10214,4711,"default","00"],"id":191,"logLevel":1}
        {"ConnectEvent":{"inetAddress":"cdn.courier.example/192.0.2.8","port":80,"packageName":"com.example.courier","timestamp":1772186402000,"id":3}}
        {"nonsense":1}

        """;

    internal const string Array =
        """
        [
          {
            "timeNanos": 1772186403000000000,
            "tag": "TAG_KEYGUARD_DISMISSED",
            "id": 192
          },
          {
            "timeNanos": 1772186404000000000,
            "tag": 210043,
            "data": "com.example.courier",
            "id": 193
          }
        ]
        """;

    protected override ISourceReader Reader { get; } = new DevicePolicyReader();

    protected override IReadOnlyList<SourceExample> Examples { get; } =
    [
        new("network-and-security.ndjson", Lines, 4) { Anomalies = 1 },
        new("security.json", Array, 2),
    ];

    protected override byte[]? Many(SourceExample example, int times) =>
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Encoding.UTF8.GetString(example.Bytes) + "\n", times)));
}

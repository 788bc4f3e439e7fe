using Nightjar.Sources;
using Nightjar.Sources.Intrusion;

namespace Nightjar.Tests.Sources.Intrusion;

public sealed class IntrusionContract : SourceContract
{
    private const string Named =
        """
        {"dns_event":{"event_time":1772186400000,"event_id":1,"hostname":"api.courier.example","ip_addresses":["/192.0.2.7","/2001:db8:0:0:0:0:0:7"],"ip_addresses_count":2,"package_name":"com.example.courier"}}
        {"connect_event":{"event_time":1772186400350,"event_id":2,"ip_address":"/192.0.2.7","port":443,"package_name":"com.example.courier"}}
        {"security_event":{"event_id":191,"event_time":1772186401123456789,"app_process_start":{"process":"com.example.courier:sync","start_time":1772186401100,"uid":10214,"pid":4711,"seinfo":"default","sha256":"00"}}}
        {"security_event":{"event_id":192,"event_time":1772186402000000000,"keyguard_secured":{}}}
        {"future_event":{"event_time":1772186403000,"event_id":3,"what":"new"}}
        {"nonsense":1}

        """;

    private const string Tagged =
        """
        {"security_event": {"event_id": 7, "event_time": 1772186402000000000, "tag": 210041, "data": ["com.example.courier", 17, 0]}}
        {"security_event": {"event_id": 8, "event_time": 1772186403000000000, "tag": 210006}}
        """;

    protected override ISourceReader Reader { get; } = new IntrusionReader();

    protected override IReadOnlyList<SourceExample> Examples { get; } =
    [
        new("2026-02-27.txt", Named, 5) { Anomalies = 1 },
        new("tagged.txt", Tagged, 2),
    ];
}

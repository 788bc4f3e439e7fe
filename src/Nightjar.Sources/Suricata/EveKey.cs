using Nightjar.Events;

namespace Nightjar.Sources.Suricata;

/// <summary>The id of a record by what happened, not by when it was written: a capture that is replayed gives the same records with other flow ids.</summary>
internal sealed class EveKey
{
    private readonly RecordKey _key = new();

    public UInt128 Of(EveKind kind, EveRecord record, Instant begin, Instant end)
    {
        _key.Begin("eve"u8).Add((long)kind).Add(begin.Micros).Add(end.Micros);
        Add(record, EveField.SourceIp, EveField.SourcePort, EveField.DestinationIp, EveField.DestinationPort, EveField.Protocol, EveField.TxId);
        switch (kind)
        {
            case EveKind.Flow:
                Add(record, EveField.BytesToServer, EveField.BytesToClient);
                break;
            case EveKind.Netflow:
                Add(record, EveField.NetflowBytes);
                break;
            case EveKind.Dns:
                Add(record, EveField.DnsType, EveField.DnsId, EveField.DnsName, EveField.DnsNameType, EveField.DnsData);
                Add(record, EveField.DnsQueryNames);
                break;
            case EveKind.Http:
                Add(record, EveField.HttpMethod, EveField.HttpHost, EveField.HttpUrl);
                break;
            case EveKind.Tls or EveKind.Quic:
                Add(record, EveField.TlsSni, EveField.QuicSni, EveField.TlsSubject);
                break;
            case EveKind.File:
                Add(record, EveField.FileName, EveField.FileSize);
                break;
            default:
                Add(record, EveField.SignatureGroup, EveField.SignatureId);
                break;
        }
        return _key.ToId();
    }

    private void Add(EveRecord record, params ReadOnlySpan<EveField> fields)
    {
        foreach (var field in fields)
        {
            _key.Add(record[field]);
            for (var i = 0; i < record.Count(field); i++) _key.Add(record.ItemOf(field, i));
        }
    }
}

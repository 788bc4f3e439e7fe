using Nightjar.Events;

namespace Nightjar.Sources.Suricata;

/// <summary>A handshake of TLS, within TCP or QUIC.</summary>
internal static class EveTls
{
    public static void Write(EveRecord record, Instant time, EventBatch batch)
    {
        var name = record[EveField.TlsSni];
        NetworkEvents.ServerName(batch, name.IsEmpty ? record[EveField.QuicSni] : name);
        TlsVersions.Set(batch, record[EveField.TlsVersion]);
        var ja3 = record[EveField.TlsJa3];
        batch.Set(FieldId.TlsJa3, ja3.IsEmpty ? record[EveField.QuicJa3] : ja3);
        batch.Set(FieldId.CertificateSubject, record[EveField.TlsSubject]);
        batch.Set(FieldId.CertificateIssuer, record[EveField.TlsIssuer]);
        if (!record[EveField.TlsSubject].IsEmpty && !record[EveField.TlsIssuer].IsEmpty) batch.SetFlag(FieldId.CertificateSelfSigned, false);
        DoubtOf(record, time).Mark(batch);
    }

    /// <summary>What the handshake says against the certificate. Suricata checks no chain: that one is valid cannot be told, that it is out of date can.</summary>
    public static CertificateDoubt DoubtOf(EveRecord record, Instant time)
    {
        var isOwn = !record[EveField.TlsSubject].IsEmpty && record[EveField.TlsSubject].SequenceEqual(record[EveField.TlsIssuer]);
        return new CertificateDoubt(isOwn, IsBefore(time, record[EveField.TlsNotBefore]) || IsAfter(time, record[EveField.TlsNotAfter]));
    }

    // The times of certificates state no zone and are UTC.
    private static bool IsBefore(Instant time, ReadOnlySpan<byte> limit) => TimeText.TryParse(limit, TimeSpan.Zero, out var from, out _) && time < from;

    private static bool IsAfter(Instant time, ReadOnlySpan<byte> limit) => TimeText.TryParse(limit, TimeSpan.Zero, out var until, out _) && time > until;
}

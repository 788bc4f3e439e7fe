using Nightjar.Events;

namespace Nightjar.Sources.Zeek;

/// <summary>ssl.log: a TLS handshake.</summary>
internal static class ZeekSsl
{
    public static void Write(in ZeekEvent e, CertificateBook? certificates)
    {
        e.Begin(EventClass.NetworkActivity, NetworkActivities.Open);
        e.Connection();
        var version = e.Record[ZeekField.Version];
        e.Batch.Set(FieldId.ProtocolName, version.StartsWith("DTLS"u8) ? "udp"u8 : "tcp"u8);
        TlsVersions.Set(e.Batch, version);
        NetworkEvents.ServerName(e.Batch, e.Record[ZeekField.ServerName]);
        e.Text(FieldId.TlsJa3, ZeekField.Ja3);
        if (e.Record.Flag(ZeekField.Established) is { } established)
            e.Batch.SetInteger(FieldId.StatusId, established ? StatusIds.Success : StatusIds.Failure);
        Certificate(in e, certificates);
        e.Batch.Commit();
    }

    private static void Certificate(in ZeekEvent e, CertificateBook? certificates)
    {
        e.Text(FieldId.CertificateSubject, ZeekField.Subject);
        e.Text(FieldId.CertificateIssuer, ZeekField.Issuer);
        // Newer logs give the certificate's fingerprint only; what it says stands in x509.log.
        var known = certificates?.Find(e.Record.First(ZeekField.CertificateChain));
        if (known is not null && !e.Batch.IsSet(FieldId.CertificateSubject)) e.Batch.Set(FieldId.CertificateSubject, known.Subject);
        if (known is not null && !e.Batch.IsSet(FieldId.CertificateIssuer)) e.Batch.Set(FieldId.CertificateIssuer, known.Issuer);
        var (subject, issuer) = (e.Batch.CurrentSymbol(FieldId.CertificateSubject), e.Batch.CurrentSymbol(FieldId.CertificateIssuer));
        var status = e.Record[ZeekField.ValidationStatus];
        if (IsSelfSigned(status)) e.Batch.SetFlag(FieldId.CertificateSelfSigned, true);
        else if (!subject.IsNone && !issuer.IsNone) e.Batch.SetFlag(FieldId.CertificateSelfSigned, subject == issuer);
        if (!status.IsEmpty) e.Batch.SetFlag(FieldId.CertificateInvalid, !status.SequenceEqual("ok"u8));
        else if (known is not null && e.IsWallTime && !known.IsValidAt(e.Time)) e.Batch.SetFlag(FieldId.CertificateInvalid, true);
    }

    /// <summary>What this record alone says against the certificate; that in x509.log may be read later.</summary>
    public static CertificateDoubt DoubtOf(in ZeekRecord record)
    {
        var status = record[ZeekField.ValidationStatus];
        var isOwn = record.Has(ZeekField.Subject) && record[ZeekField.Subject].SequenceEqual(record[ZeekField.Issuer]);
        return new CertificateDoubt(isOwn || IsSelfSigned(status), !status.IsEmpty && !status.SequenceEqual("ok"u8));
    }

    // The word of OpenSSL before and since version 3. "… in certificate chain" speaks of the root, not of this certificate.
    private static bool IsSelfSigned(ReadOnlySpan<byte> status) => status.SequenceEqual("self signed certificate"u8) || status.SequenceEqual("self-signed certificate"u8);
}

using System.Text;
using Nightjar.Events;

namespace Nightjar.Sources.Zeek;

/// <summary>x509.log: what certificates say. It names no connection and gives no event; handshakes refer to it.</summary>
internal static class ZeekX509
{
    private const int MaxName = 1024;

    /// <summary>Tells the certificate of a record, when somebody listens.</summary>
    public static void Tell(in ZeekRecord record, EventBatch batch, ZeekOrigin origin, SourceInput input)
    {
        if (input.Identities is null || input.Certificates is not { } book) return;
        var certificate = new Certificate(Name(record[ZeekField.Subject]), Name(record[ZeekField.Issuer]), Time(record[ZeekField.NotBefore]), Time(record[ZeekField.NotAfter]));
        // By its fingerprint, in older logs by the file that it was transferred as.
        if (!book.TryAdd(record[ZeekField.FileUid], certificate))
            batch.Report(AnomalyKind.LimitReached, origin.File, origin.Line, CertificateBook.NoRoom);
    }

    private static string Name(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text.Length > MaxName ? text[..MaxName] : text);

    private static Instant? Time(ReadOnlySpan<byte> text) => ZeekNumber.TryTime(text, TimeSpan.Zero, out var time, out _) ? time : null;
}

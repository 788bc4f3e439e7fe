using System.Diagnostics.CodeAnalysis;
using System.Text;
using Nightjar.Events;

namespace Nightjar.Sources;

/// <summary>What a certificate says.</summary>
/// <param name="Subject">Whose it is.</param>
/// <param name="Issuer">Who vouches for that.</param>
/// <param name="From">From when it is valid; null when unknown.</param>
/// <param name="Until">Until when it is valid; null when unknown.</param>
internal sealed record Certificate(string Subject, string Issuer, Instant? From, Instant? Until)
{
    /// <summary>False when it is known to be out of date, or not yet valid.</summary>
    public bool IsValidAt(Instant time) => !(time < From) && !(time > Until);
}

/// <summary>What a connection's handshake said of the server's certificate.</summary>
/// <param name="IsSelfSigned">True when it vouches for itself.</param>
/// <param name="IsInvalid">True when the sensor did not accept it, or it is out of date.</param>
internal readonly record struct CertificateDoubt(bool IsSelfSigned, bool IsInvalid)
{
    /// <summary>Marks the event under way: what tells of a connection's bytes tells nothing of its certificate by itself.</summary>
    public void Mark(EventBatch batch)
    {
        if (IsSelfSigned) batch.SetFlag(FieldId.CertificateSelfSigned, true);
        if (IsInvalid) batch.SetFlag(FieldId.CertificateInvalid, true);
    }
}

/// <summary>Certificates by their fingerprints, or by what else a sensor calls them in its log of handshakes. Written by one thread before it is asked by several.</summary>
internal sealed class CertificateBook
{
    /// <summary>Most certificates that are kept.</summary>
    public const int Capacity = 100_000;

    /// <summary>What is reported when there is no room.</summary>
    public static readonly string NoRoom = $"More than {Capacity} certificates were told; those from here on are not known.";

    private const int MaxId = 128;

    private readonly Dictionary<string, CertificateDoubt> _doubts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Certificate> _certificates = new(StringComparer.Ordinal);

    /// <summary>Keeps a certificate; false when there is no room. Of two that have one id, the same is kept whatever their order.</summary>
    public bool TryAdd(ReadOnlySpan<byte> id, Certificate certificate)
    {
        if (id.IsEmpty || id.Length > MaxId) return true;
        var name = Encoding.UTF8.GetString(id);
        if (_certificates.TryGetValue(name, out var known))
        {
            if (string.CompareOrdinal(certificate.ToString(), known.ToString()) < 0) _certificates[name] = certificate;
            return true;
        }
        return _certificates.Count < Capacity && _certificates.TryAdd(name, certificate);
    }

    /// <summary>The certificate of an id; null when none was told.</summary>
    public Certificate? Find(ReadOnlySpan<byte> id) => Find(_certificates, id, out var certificate) ? certificate : null;

    /// <summary>Keeps that a connection showed a doubtful certificate; false when there is no room. Connections without doubts are not kept: they are too many.</summary>
    public bool TryAdd(ReadOnlySpan<byte> connection, CertificateDoubt doubt)
    {
        if (connection.IsEmpty || connection.Length > MaxId || doubt == default) return true;
        var name = Encoding.UTF8.GetString(connection);
        if (!_doubts.TryGetValue(name, out var known)) return _doubts.Count < Capacity && _doubts.TryAdd(name, doubt);
        _doubts[name] = new CertificateDoubt(known.IsSelfSigned || doubt.IsSelfSigned, known.IsInvalid || doubt.IsInvalid);
        return true;
    }

    /// <summary>What was doubtful of a connection's certificate; nothing when nothing was told.</summary>
    public CertificateDoubt DoubtOf(ReadOnlySpan<byte> connection) => _doubts.Count > 0 && Find(_doubts, connection, out var doubt) ? doubt : default;

    private static bool Find<T>(Dictionary<string, T> from, ReadOnlySpan<byte> id, [MaybeNullWhen(false)] out T found)
    {
        found = default;
        if (id.IsEmpty || id.Length > MaxId || !Ascii.IsValid(id)) return false;
        Span<char> name = stackalloc char[MaxId];
        return from.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name[..Encoding.ASCII.GetChars(id, name)], out found);
    }
}

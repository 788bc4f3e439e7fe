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

/// <summary>Certificates by their fingerprints, or by what else a sensor calls them in its log of handshakes. Written by one thread before it is asked by several.</summary>
internal sealed class CertificateBook
{
    /// <summary>Most certificates that are kept.</summary>
    public const int Capacity = 100_000;

    private const int MaxId = 128;

    private readonly Dictionary<string, Certificate> _certificates = new(StringComparer.Ordinal);

    /// <summary>Keeps a certificate; false when there is no room. Of two that have one id, the same is kept whatever their order.</summary>
    public bool TryAdd(ReadOnlySpan<byte> id, Certificate certificate)
    {
        if (id.IsEmpty || id.Length > MaxId) return true;
        var name = System.Text.Encoding.UTF8.GetString(id);
        if (_certificates.TryGetValue(name, out var known))
        {
            if (string.CompareOrdinal(certificate.ToString(), known.ToString()) < 0) _certificates[name] = certificate;
            return true;
        }
        return _certificates.Count < Capacity && _certificates.TryAdd(name, certificate);
    }

    /// <summary>The certificate of an id; null when none was told.</summary>
    public Certificate? Find(ReadOnlySpan<byte> id)
    {
        if (id.IsEmpty || id.Length > MaxId || !System.Text.Ascii.IsValid(id)) return null;
        Span<char> name = stackalloc char[MaxId];
        return _certificates.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name[..System.Text.Encoding.ASCII.GetChars(id, name)], out var certificate) ? certificate : null;
    }
}

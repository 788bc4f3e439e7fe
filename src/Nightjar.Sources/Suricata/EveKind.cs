namespace Nightjar.Sources.Suricata;

/// <summary>The kinds of record that are read.</summary>
internal enum EveKind : byte
{
    /// <summary>Counted, not read.</summary>
    Other = 0,
    Flow,
    Netflow,
    Dns,
    Http,
    Tls,
    Quic,
    File,
    Alert,
    Dhcp,
}

/// <summary>Tells kinds by the <c>event_type</c>.</summary>
internal static class EveKinds
{
    private static readonly Dictionary<string, EveKind> Names = new(StringComparer.Ordinal)
    {
        ["flow"] = EveKind.Flow,
        ["netflow"] = EveKind.Netflow,
        ["dns"] = EveKind.Dns,
        ["http"] = EveKind.Http,
        ["tls"] = EveKind.Tls,
        ["quic"] = EveKind.Quic,
        ["fileinfo"] = EveKind.File,
        ["alert"] = EveKind.Alert,
        ["dhcp"] = EveKind.Dhcp,
    };

    private static readonly Dictionary<string, EveKind>.AlternateLookup<ReadOnlySpan<char>> Lookup = Names.GetAlternateLookup<ReadOnlySpan<char>>();

    public static EveKind Of(ReadOnlySpan<byte> eventType)
    {
        Span<char> text = stackalloc char[16];
        if (eventType.Length > text.Length || !System.Text.Ascii.IsValid(eventType)) return EveKind.Other;
        return Lookup.TryGetValue(text[..System.Text.Encoding.ASCII.GetChars(eventType, text)], out var kind) ? kind : EveKind.Other;
    }
}

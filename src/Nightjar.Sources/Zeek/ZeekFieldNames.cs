using System.Text;

namespace Nightjar.Sources.Zeek;

/// <summary>Zeek's names of fields. A dot and an underscore are one: <c>id.orig_h</c> is written <c>id_orig_h</c> by some pipelines.</summary>
internal static class ZeekFieldNames
{
    private const int TableSize = 256;
    private const int MaxLength = 32;

    private static readonly (string Name, ZeekField Field)[] Names =
    [
        ("_path", ZeekField.Path), ("ts", ZeekField.Ts), ("uid", ZeekField.Uid), ("id_orig_h", ZeekField.OrigHost), ("id_orig_p", ZeekField.OrigPort),
        ("id_resp_h", ZeekField.RespHost), ("id_resp_p", ZeekField.RespPort), ("proto", ZeekField.Proto), ("duration", ZeekField.Duration),
        ("local_orig", ZeekField.LocalOrig), ("local_resp", ZeekField.LocalResp),
        ("orig_bytes", ZeekField.OrigBytes), ("resp_bytes", ZeekField.RespBytes), ("conn_state", ZeekField.ConnState),
        ("missed_bytes", ZeekField.MissedBytes),
        ("rtt", ZeekField.Rtt), ("query", ZeekField.Query), ("qtype_name", ZeekField.QueryTypeName), ("rcode", ZeekField.ResponseCode),
        ("rejected", ZeekField.Rejected), ("answers", ZeekField.Answers),
        ("trans_depth", ZeekField.TransDepth), ("method", ZeekField.Method), ("host", ZeekField.Host), ("uri", ZeekField.Uri),
        ("user_agent", ZeekField.UserAgent), ("request_body_len", ZeekField.RequestBodyLength),
        ("response_body_len", ZeekField.ResponseBodyLength), ("status_code", ZeekField.StatusCode),
        ("resp_filenames", ZeekField.ResponseFileNames), ("resp_mime_types", ZeekField.ResponseMimeTypes),
        ("version", ZeekField.Version), ("cipher", ZeekField.Cipher), ("server_name", ZeekField.ServerName), ("resumed", ZeekField.Resumed),
        ("established", ZeekField.Established), ("subject", ZeekField.Subject), ("issuer", ZeekField.Issuer),
        ("validation_status", ZeekField.ValidationStatus), ("ja3", ZeekField.Ja3),
        ("fuid", ZeekField.FileUid), ("tx_hosts", ZeekField.SendingHosts), ("rx_hosts", ZeekField.ReceivingHosts),
        ("conn_uids", ZeekField.ConnUids), ("mime_type", ZeekField.MimeType), ("filename", ZeekField.FileName), ("is_orig", ZeekField.IsOrig),
        ("seen_bytes", ZeekField.SeenBytes), ("md5", ZeekField.Md5), ("sha1", ZeekField.Sha1), ("sha256", ZeekField.Sha256),
        ("mac", ZeekField.Mac), ("host_name", ZeekField.HostName), ("requested_addr", ZeekField.RequestedAddress),
        ("client_addr", ZeekField.ClientAddress), ("assigned_addr", ZeekField.AssignedAddress), ("assigned_ip", ZeekField.AssignedAddress),
        ("lease_time", ZeekField.LeaseTime), ("msg_types", ZeekField.MessageTypes),
        ("cert_chain_fps", ZeekField.CertificateChain), ("cert_chain_fuids", ZeekField.CertificateChain), ("fingerprint", ZeekField.FileUid),
        ("id", ZeekField.FileUid), ("certificate_subject", ZeekField.Subject), ("certificate_issuer", ZeekField.Issuer),
        ("certificate_not_valid_before", ZeekField.NotBefore), ("certificate_not_valid_after", ZeekField.NotAfter),
        ("note", ZeekField.Note), ("msg", ZeekField.NoteText),
    ];

    private static readonly (byte[] Name, ZeekField Field)[] Table = Build();

    /// <summary>The field of a name; <see cref="ZeekField.None"/> when it is none that is read.</summary>
    public static ZeekField Find(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || name.Length > MaxLength) return ZeekField.None;
        Span<byte> plain = stackalloc byte[MaxLength];
        plain = plain[..name.Length];
        name.Replace(plain, (byte)'.', (byte)'_');
        for (var i = Slot(plain); Table[i].Name is { } known; i = (i + 1) % TableSize)
            if (plain.SequenceEqual(known)) return Table[i].Field;
        return ZeekField.None;
    }

    /// <summary>True for fields that Zeek writes as a set or vector.</summary>
    public static bool IsList(ZeekField field) => field is ZeekField.Answers or ZeekField.ResponseFileNames or ZeekField.ResponseMimeTypes
        or ZeekField.SendingHosts or ZeekField.ReceivingHosts or ZeekField.ConnUids or ZeekField.MessageTypes
        or ZeekField.CertificateChain;

    /// <summary>Zeek's own name of a field, for messages.</summary>
    public static string NameOf(ZeekField field) => Names.First(pair => pair.Field == field).Name.Replace("id_", "id.", StringComparison.Ordinal);

    private static (byte[] Name, ZeekField Field)[] Build()
    {
        var table = new (byte[] Name, ZeekField Field)[TableSize];
        foreach (var (name, field) in Names)
        {
            var bytes = Encoding.ASCII.GetBytes(name);
            var i = Slot(bytes);
            while (table[i].Name is not null) i = (i + 1) % TableSize;
            table[i] = (bytes, field);
        }
        return table;
    }

    private static int Slot(ReadOnlySpan<byte> name) =>
        (name[0] * 31 + name[^1] * 7 + name[name.Length / 2] * 131 + name.Length * 61) % TableSize;
}

namespace Nightjar.Sources.Zeek;

/// <summary>Which of Zeek's logs a record is of.</summary>
internal enum ZeekLog : byte
{
    /// <summary>One that is recognised and counted, not read.</summary>
    Other = 0,
    Conn,
    Dns,
    Http,
    Ssl,
    Files,
    Dhcp,
    X509,
    Quic,
    Notice,
}

/// <summary>Tells logs apart: by the path that Zeek writes, else by the fields, else by the file's name.</summary>
internal static class ZeekLogs
{
    // Those that Zeek writes by itself and that stand alone in a file's name; the first line is read.
    private static readonly string[] Known =
    [
        "conn", "dns", "http", "ssl", "files", "dhcp", "x509", "quic", "notice",
        "weird", "ssh", "smtp", "ftp", "rdp", "snmp", "socks", "sip", "ntp", "kerberos", "ntlm", "pe", "ocsp", "tunnel", "dpd",
        "mqtt", "mysql", "syslog", "radius", "modbus", "dnp3", "irc", "intel", "software", "capture", "stats", "loaded", "reporter", "ldap", "websocket",
    ];

    /// <summary>The log of a path that Zeek writes.</summary>
    public static ZeekLog OfPath(ReadOnlySpan<byte> path)
    {
        if (path.SequenceEqual("conn"u8)) return ZeekLog.Conn;
        if (path.SequenceEqual("dns"u8)) return ZeekLog.Dns;
        if (path.SequenceEqual("http"u8)) return ZeekLog.Http;
        if (path.SequenceEqual("ssl"u8)) return ZeekLog.Ssl;
        if (path.SequenceEqual("files"u8)) return ZeekLog.Files;
        if (path.SequenceEqual("dhcp"u8)) return ZeekLog.Dhcp;
        if (path.SequenceEqual("x509"u8)) return ZeekLog.X509;
        if (path.SequenceEqual("quic"u8)) return ZeekLog.Quic;
        return path.SequenceEqual("notice"u8) ? ZeekLog.Notice : ZeekLog.Other;
    }

    /// <summary>The log that alone has these fields; null when they leave it open. Zeek writes the asked ones in every record, even of false or zero.</summary>
    public static ZeekLog? OfFields(ulong present)
    {
        if (Has(present, ZeekField.FileUid, ZeekField.SeenBytes)) return ZeekLog.Files;
        if (Has(present, ZeekField.FileUid, ZeekField.NotAfter)) return ZeekLog.X509;
        if (Has(present, ZeekField.Note, ZeekField.NoteText)) return ZeekLog.Notice;
        if (Has(present, ZeekField.Mac, ZeekField.AssignedAddress) || Has(present, ZeekField.Mac, ZeekField.MessageTypes)) return ZeekLog.Dhcp;
        if (Has(present, ZeekField.TransDepth, ZeekField.ResponseBodyLength) || Has(present, ZeekField.Method, ZeekField.Uri)) return ZeekLog.Http;
        if (Has(present, ZeekField.Resumed, ZeekField.Established) || Has(present, ZeekField.ServerName, ZeekField.Cipher)) return ZeekLog.Ssl;
        if (Has(present, ZeekField.ConnState) || Has(present, ZeekField.MissedBytes, ZeekField.Proto)) return ZeekLog.Conn;
        return Has(present, ZeekField.Query) || Has(present, ZeekField.Rejected) || Has(present, ZeekField.QueryTypeName) ? ZeekLog.Dns : null;
    }

    /// <summary>The name of the log that a file's name speaks of: "conn" of <c>conn.2026-03-01.log</c>; null when of none.</summary>
    public static string? NameIn(string fileName)
    {
        foreach (var word in fileName.Split('.', '_', '-', ' '))
            if (Array.Find(Known, known => string.Equals(known, word, StringComparison.OrdinalIgnoreCase)) is { } name) return name;
        return null;
    }

    private static bool Has(ulong present, ZeekField field) => (present >> (int)field & 1) != 0;

    private static bool Has(ulong present, ZeekField a, ZeekField b) => Has(present, a) && Has(present, b);
}

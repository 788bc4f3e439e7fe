using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Nightjar.Sinks.Ocsf;

/// <summary>Numbers and captions of OCSF, and what may stand in its typed places.</summary>
internal static class OcsfNames
{
    public const int ClassUid = 2004;

    public const string ClassName = "Detection Finding";

    private static readonly string[] HttpMethods = ["CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"];

    /// <summary>The algorithm that a hash of this many hexadecimal digits is of; 0 Unknown when none or several could be.</summary>
    public static (int Id, string Caption) HashAlgorithm(string hash)
    {
        if (!hash.All(char.IsAsciiHexDigit)) return (0, "Unknown");
        return hash.Length switch
        {
            32 => (1, "MD5"),
            40 => (2, "SHA-1"),
            64 => (3, "SHA-256"),
            128 => (4, "SHA-512"),
            _ => (0, "Unknown"),
        };
    }

    /// <summary>The address in the form that OCSF's pattern takes; null when it is none.</summary>
    public static string? Address(string? text)
    {
        if (text is null || text.Contains('%', StringComparison.Ordinal) || !IPAddress.TryParse(text, out var address)) return null;
        // .NET takes "1" for 0.0.0.1; whoever wrote that meant no address.
        return address.AddressFamily == AddressFamily.InterNetwork && text.Count(c => c == '.') != 3 ? null : address.ToString();
    }

    /// <summary>The method in OCSF's spelling; null when OCSF does not list it.</summary>
    public static string? HttpMethod(string? text) =>
        text?.ToUpper(CultureInfo.InvariantCulture) is { } method && HttpMethods.Contains(method) ? method : null;

    /// <summary>The last part of a path; the whole when it has none.</summary>
    public static string FileName(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name.Length > 0 ? name : path;
    }
}

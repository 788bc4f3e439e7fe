using System.Text;

namespace Nightjar.Sources.Intake.Archives;

/// <summary>Names inside archives, which anyone may have written.</summary>
internal static class ArchiveName
{
    private const int Longest = 512;

    /// <summary>The name in a form that is safe to show, with slashes. Of a very long one, the beginning.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var name = Encoding.UTF8.GetString(bytes.Length <= Longest ? bytes : [.. bytes[..Longest], .. "…"u8]).Replace('\\', '/');
        while (name.StartsWith("./", StringComparison.Ordinal)) name = name[2..];
        return Printable(name);
    }

    /// <summary>Control characters would speak to the terminal of whoever reads the report.</summary>
    public static string Printable(string name) =>
        name.Any(char.IsControl) ? string.Concat(name.Select(c => char.IsControl(c) ? '\uFFFD' : c)) : name;

    /// <summary>True when unpacking it would write outside the folder of the archive.</summary>
    public static bool Escapes(string name) =>
        name.StartsWith('/') || name.Length > 1 && name[1] == ':' && char.IsAsciiLetter(name[0]) || name.Split('/').Contains("..");

    /// <summary>The part after the last slash.</summary>
    public static string FileName(string name) => name[(name.LastIndexOf('/') + 1)..];
}

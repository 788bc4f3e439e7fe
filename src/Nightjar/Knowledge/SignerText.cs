namespace Nightjar.Knowledge;

/// <summary>Brings the ways in which a signer's certificate is written to one: <c>AB:CD:…</c>, <c>abcd…</c>.</summary>
internal static class SignerText
{
    /// <summary>64 lower-case hexadecimal digits; null when it is no SHA-256.</summary>
    public static string? Normal(string text)
    {
        var digits = text.Replace(":", "", StringComparison.Ordinal).Trim().ToLowerInvariant();
        return digits.Length == 64 && digits.All(char.IsAsciiHexDigit) ? digits : null;
    }
}

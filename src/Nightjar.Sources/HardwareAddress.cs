namespace Nightjar.Sources;

/// <summary>Hardware (MAC) addresses as sources and people write them, brought to one form.</summary>
internal static class HardwareAddress
{
    /// <summary>Twelve hexadecimal digits in lower case with colons; null when the text is no such address, or the one of all zeros or all ones.</summary>
    /// <param name="text">With colons, dashes, dots or nothing between the digits.</param>
    public static string? Normalise(string text)
    {
        text = text.Trim();
        if (text.Length is < 12 or > 17) return null;
        Span<char> form = stackalloc char[17];
        var length = 0;
        var digits = 0;
        foreach (var c in text)
        {
            if (c is ':' or '-' or '.') continue;
            if (!char.IsAsciiHexDigit(c) || digits == 12) return null;
            if (digits > 0 && digits % 2 == 0) form[length++] = ':';
            form[length++] = char.ToLowerInvariant(c);
            digits++;
        }
        return digits != 12 || !form.ContainsAnyExcept('0', ':') || !form.ContainsAnyExcept('f', ':') ? null : form.ToString();
    }
}

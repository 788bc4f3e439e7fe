using System.Buffers.Text;

namespace Nightjar.Events;

/// <summary>IP addresses from text to their one shortest text, without an object in between: every flow has two.</summary>
/// <remarks>Stricter than .NET's reader: <c>1</c>, <c>0x7f.1</c> and <c>010.0.0.1</c> (octal to some) are no addresses.</remarks>
internal static class AddressText
{
    /// <summary>The longest text that is written.</summary>
    public const int MaxLength = 45;

    /// <summary>Writes the shortest text of an address and returns its length; 0 when the text is no address.</summary>
    /// <param name="text">The address alone; see <see cref="HostText.Address(string)"/> for the forms around it.</param>
    /// <param name="to">At least <see cref="MaxLength"/> bytes.</param>
    public static int Write(ReadOnlySpan<byte> text, Span<byte> to)
    {
        if (IsIpv4(text))
        {
            text.CopyTo(to);
            return text.Length;
        }
        Span<ushort> groups = stackalloc ushort[8];
        return text.Contains((byte)':') && TryIpv6(text, groups) ? WriteIpv6(groups, to) : 0;
    }

    /// <summary>True for four decimal numbers up to 255 without leading zeros: a form that is its own shortest.</summary>
    public static bool IsIpv4(ReadOnlySpan<byte> text)
    {
        if (text.Length is < 7 or > 15) return false;
        var (parts, value, digits) = (1, 0, 0);
        foreach (var c in text)
        {
            if (c == (byte)'.')
            {
                if (digits == 0 || ++parts > 4) return false;
                (value, digits) = (0, 0);
                continue;
            }
            if (c is < (byte)'0' or > (byte)'9' || digits > 0 && value == 0) return false;
            value = value * 10 + (c - '0');
            digits++;
            if (value > 255) return false;
        }
        return parts == 4 && digits > 0;
    }

    private static bool TryIpv6(ReadOnlySpan<byte> text, Span<ushort> groups)
    {
        var (count, gap) = (0, -1);
        if (text.StartsWith("::"u8))
        {
            gap = 0;
            text = text[2..];
        }
        while (!text.IsEmpty)
        {
            if (count == 8) return false;
            if (IsIpv4(text)) return count <= 6 && TryIpv4(text, groups[count..]) && Spread(groups, count + 2, gap);
            if (!Utf8Parser.TryParse(text, out ushort group, out var used, 'x') || used > 4) return false;
            groups[count++] = group;
            text = text[used..];
            if (text.IsEmpty) break;
            if (text[0] != (byte)':' || text.Length == 1) return false;
            text = text[1..];
            if (text[0] != (byte)':') continue;
            if (gap >= 0) return false;
            gap = count;
            text = text[1..];
        }
        return Spread(groups, count, gap);
    }

    private static bool TryIpv4(ReadOnlySpan<byte> text, Span<ushort> groups)
    {
        groups[0] = groups[1] = 0;
        var part = 0;
        foreach (var range in text.Split((byte)'.'))
        {
            if (!Utf8Parser.TryParse(text[range], out byte value, out _)) return false;
            groups[part / 2] = (ushort)(groups[part / 2] << 8 | value);
            part++;
        }
        return true;
    }

    // Moves what stands after the gap to the end and fills the gap with zeros.
    private static bool Spread(Span<ushort> groups, int count, int gap)
    {
        if (gap < 0) return count == 8;
        if (count > 7) return false;
        var after = count - gap;
        groups[gap..count].CopyTo(groups[(8 - after)..]);
        groups[gap..(8 - after)].Clear();
        return true;
    }

    private static int WriteIpv6(ReadOnlySpan<ushort> groups, Span<byte> to)
    {
        if (!groups[..5].ContainsAnyExcept((ushort)0) && groups[5] == 0xFFFF) return WriteIpv4(groups[6..], to);
        var end = HoldsIpv4(groups) ? 6 : 8;
        var (zeros, length) = LongestZeros(groups[..end]);
        var written = 0;
        for (var i = 0; i < end; i++)
        {
            if (i == zeros)
            {
                i += length - 1;
                if (zeros == 0) to[written++] = (byte)':';
                to[written++] = (byte)':';
                continue;
            }
            Utf8Formatter.TryFormat(groups[i], to[written..], out var used, 'x');
            written += used;
            if (i < 7) to[written++] = (byte)':';
        }
        return end == 8 ? written : written + WriteIpv4(groups[6..], to[written..]);
    }

    // The forms that .NET writes with a dotted end: IPv4-compatible, IPv4-translated and ISATAP.
    private static bool HoldsIpv4(ReadOnlySpan<ushort> groups) =>
        !groups[..4].ContainsAnyExcept((ushort)0) && groups[6] != 0 && (groups[4], groups[5]) is (0, 0) or (0xFFFF, 0)
        || groups[4] == 0 && groups[5] == 0x5EFE;

    private static (int Start, int Length) LongestZeros(ReadOnlySpan<ushort> groups)
    {
        var (start, length) = (-1, 1);
        for (var i = 0; i < groups.Length; i++)
        {
            var run = 0;
            while (i + run < groups.Length && groups[i + run] == 0) run++;
            if (run > length) (start, length) = (i, run);
            i += run;
        }
        return (start, length);
    }

    private static int WriteIpv4(ReadOnlySpan<ushort> groups, Span<byte> to)
    {
        var written = 0;
        for (var i = 0; i < 4; i++)
        {
            if (i > 0) to[written++] = (byte)'.';
            Utf8Formatter.TryFormat((byte)(groups[i / 2] >> (i % 2 == 0 ? 8 : 0)), to[written..], out var used);
            written += used;
        }
        return written;
    }
}

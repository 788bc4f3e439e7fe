namespace Nightjar.Sources.Logcat;

/// <summary>The values of a line of the events buffer: <c>[0,5919,10223,com.example]</c>, or one value without brackets.</summary>
/// <remarks>With <c>-v descriptive</c> each value has its name before it: <c>[User=0,PID=5919]</c>.</remarks>
internal static class EventList
{
    /// <summary>Finds the values; those beyond the room given stay in the last.</summary>
    /// <returns>How many there are.</returns>
    public static int Split(ref ReadOnlySpan<byte> message, scoped Span<Range> values)
    {
        message = message.Trim((byte)' ');
        if (message.StartsWith("["u8)) message = message[1..];
        if (message.EndsWith("]"u8)) message = message[..^1];
        return message.IsEmpty ? 0 : message.Split(values, (byte)',');
    }

    /// <summary>A value without blanks, quotes and its name.</summary>
    public static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> message, Range range)
    {
        var value = message[range].Trim(" \""u8);
        var equals = value.IndexOf((byte)'=');
        return equals > 0 && IsName(value[..equals]) ? value[(equals + 1)..].Trim(" \""u8) : value;
    }

    private static bool IsName(ReadOnlySpan<byte> text)
    {
        foreach (var c in text)
            if (!char.IsAsciiLetter((char)c) && c != (byte)' ') return false;
        return true;
    }

    private static int Split(this ReadOnlySpan<byte> text, scoped Span<Range> values, byte separator)
    {
        var count = 0;
        var start = 0;
        while (count < values.Length - 1 && text[start..].IndexOf(separator) is var length and >= 0)
        {
            values[count++] = start..(start + length);
            start += length + 1;
        }
        values[count++] = start..text.Length;
        return count;
    }
}

using System.Text;

namespace Nightjar.Tests.Sources;

/// <summary>Damages bytes in the ways that the world does: transfer errors, lost and repeated lines, hostile numbers. Seeded.</summary>
internal static class Mutation
{
    private static readonly byte[][] Insertions =
    [
        [0], [0, 0, 0, 0, 0, 0, 0, 0], [0xFF, 0xFE], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], "\n"u8.ToArray(), "\r\n"u8.ToArray(),
        "\t"u8.ToArray(), "\""u8.ToArray(), "\\"u8.ToArray(), "\\u0000"u8.ToArray(), "\\ud800"u8.ToArray(), "{"u8.ToArray(), "]"u8.ToArray(),
        "null"u8.ToArray(), "-"u8.ToArray(), "\u202e"u8.ToArray(), "\U0001F600"u8.ToArray(), "%00%s%n"u8.ToArray(),
        Repeat("["u8, 3000), Repeat("{\"a\":"u8, 1000), Repeat("<a>"u8, 1000), Repeat("9"u8, 400), Repeat("A"u8, 40_000),
    ];

    private static readonly string[] Numbers =
    [
        "0", "-1", "-0", "9223372036854775807", "-9223372036854775808", "18446744073709551616", "99999999999999999999999999999999999999",
        "1e308", "1e999", "-1e999", "NaN", "Infinity", "0.000000000000000000000000000000001", "4294967296", "253402300800000", "-62135596800001", "1e-400",
    ];

    /// <summary>A damaged copy; one to three damages.</summary>
    public static byte[] Of(byte[] bytes, int seed)
    {
        var random = new Random(seed);
        var result = bytes;
        for (var left = random.Next(1, 4); left > 0; left--) result = Damage(result, random);
        return result;
    }

    private static byte[] Damage(byte[] bytes, Random random) => random.Next(9) switch
    {
        0 => Flip(bytes, random),
        1 => Delete(bytes, random),
        2 => Insert(bytes, Insertions[random.Next(Insertions.Length)], random.Next(bytes.Length + 1)),
        3 => RepeatLine(bytes, random),
        4 => DropLine(bytes, random),
        5 => ReplaceNumber(bytes, random),
        6 => Overwrite(bytes, random),
        7 => bytes[..random.Next(bytes.Length + 1)],
        _ => MoveTail(bytes, random),
    };

    private static byte[] Flip(byte[] bytes, Random random)
    {
        var copy = bytes.ToArray();
        for (var left = random.Next(1, 6); left > 0 && copy.Length > 0; left--) copy[random.Next(copy.Length)] ^= (byte)(1 << random.Next(8));
        return copy;
    }

    private static byte[] Overwrite(byte[] bytes, Random random)
    {
        var copy = bytes.ToArray();
        var start = random.Next(copy.Length + 1);
        random.NextBytes(copy.AsSpan(start, Math.Min(random.Next(1, 9), copy.Length - start)));
        return copy;
    }

    private static byte[] Delete(byte[] bytes, Random random)
    {
        var start = random.Next(bytes.Length + 1);
        var end = Math.Min(bytes.Length, start + random.Next(1, 40));
        return [.. bytes[..start], .. bytes[end..]];
    }

    private static byte[] Insert(byte[] bytes, byte[] piece, int at) => [.. bytes[..at], .. piece, .. bytes[at..]];

    private static byte[] RepeatLine(byte[] bytes, Random random)
    {
        var (start, end) = Line(bytes, random);
        return [.. bytes[..end], .. bytes[start..end], .. bytes[end..]];
    }

    private static byte[] DropLine(byte[] bytes, Random random)
    {
        var (start, end) = Line(bytes, random);
        return [.. bytes[..start], .. bytes[end..]];
    }

    private static byte[] MoveTail(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length + 1);
        return [.. bytes[at..], .. bytes[..at]];
    }

    private static byte[] ReplaceNumber(byte[] bytes, Random random)
    {
        var start = random.Next(bytes.Length + 1);
        while (start < bytes.Length && !char.IsAsciiDigit((char)bytes[start])) start++;
        var end = start;
        while (end < bytes.Length && char.IsAsciiDigit((char)bytes[end])) end++;
        return [.. bytes[..start], .. Encoding.ASCII.GetBytes(Numbers[random.Next(Numbers.Length)]), .. bytes[end..]];
    }

    private static (int Start, int End) Line(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length + 1);
        var start = bytes.AsSpan(0, at).LastIndexOf((byte)'\n') + 1;
        var length = bytes.AsSpan(start).IndexOf((byte)'\n');
        return (start, length < 0 ? bytes.Length : start + length + 1);
    }

    private static byte[] Repeat(ReadOnlySpan<byte> piece, int count)
    {
        var result = new byte[piece.Length * count];
        for (var i = 0; i < count; i++) piece.CopyTo(result.AsSpan(i * piece.Length));
        return result;
    }
}

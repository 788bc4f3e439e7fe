using System.Buffers;
using System.Text;

namespace Nightjar.Sources.OcsfNdjson;

/// <summary>The text that a JSON string stands for. More patient than .NET's: a lone surrogate becomes U+FFFD instead of an exception.</summary>
internal static class JsonText
{
    private const char Replacement = '\uFFFD';

    /// <summary>Resolves escapes and returns the length written, which never exceeds that of <paramref name="body"/>.</summary>
    /// <param name="body">What stands between the quotes, checked by a tokeniser: each escape is complete.</param>
    /// <param name="to">As long as <paramref name="body"/> or longer.</param>
    /// <param name="isWhole">False when something had to be replaced.</param>
    public static int Unescape(ReadOnlySpan<byte> body, Span<byte> to, out bool isWhole)
    {
        isWhole = true;
        var written = 0;
        while (true)
        {
            var plain = body.IndexOf((byte)'\\');
            if (plain < 0) break;
            body[..plain].CopyTo(to[written..]);
            written += plain;
            body = body[plain..];
            if (body[1] == (byte)'u') written += Unicode(ref body, to[written..], ref isWhole);
            else
            {
                to[written++] = Short(body[1]);
                body = body[2..];
            }
        }
        body.CopyTo(to[written..]);
        return written + body.Length;
    }

    private static byte Short(byte letter) => letter switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => letter,
    };

    private static int Unicode(ref ReadOnlySpan<byte> body, Span<byte> to, ref bool isWhole)
    {
        var unit = Unit(body);
        body = body[6..];
        if (!char.IsSurrogate(unit)) return new Rune(unit).EncodeToUtf8(to);
        if (body is [(byte)'\\', (byte)'u', ..] && Rune.TryCreate(unit, Unit(body), out var rune))
        {
            body = body[6..];
            return rune.EncodeToUtf8(to);
        }
        isWhole = false;
        return new Rune(Replacement).EncodeToUtf8(to);
    }

    private static char Unit(ReadOnlySpan<byte> escape)
    {
        Span<byte> value = stackalloc byte[2];
        return Convert.FromHexString(escape.Slice(2, 4), value, out _, out _) == OperationStatus.Done ? (char)(value[0] << 8 | value[1]) : Replacement;
    }
}

using System.Globalization;
using System.Text;
using Nightjar.Events;

namespace Nightjar.Sources.Pcapdroid;

/// <summary>Times of the export: ISO 8601, its digits those of the phone's language.</summary>
internal static class PcapdroidTime
{
    private const int MaxLength = 96;

    public static bool TryParse(ReadOnlySpan<byte> text, TimeSpan assumedOffset, out Instant time, out TimeBasis basis)
    {
        if (Ascii.IsValid(text)) return TimeText.TryParse(text, assumedOffset, out time, out basis);
        Span<byte> ascii = stackalloc byte[MaxLength];
        var length = 0;
        while (!text.IsEmpty && length < MaxLength)
        {
            if (Rune.DecodeFromUtf8(text, out var rune, out var used) != System.Buffers.OperationStatus.Done) break;
            text = text[used..];
            if (rune.IsAscii) ascii[length++] = (byte)rune.Value;
            else if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber) ascii[length++] = (byte)('0' + (int)Rune.GetNumericValue(rune));
        }
        return TimeText.TryParse(ascii[..length], assumedOffset, out time, out basis);
    }
}

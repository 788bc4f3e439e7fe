using System.Globalization;
using System.Text;
using Nightjar.Events;

namespace Nightjar.Sources.Mapping.Plan;

/// <summary>One form in which a source writes times.</summary>
internal abstract class TimeForm
{
    /// <summary>The names of the forms that need no pattern.</summary>
    public static IReadOnlyList<string> Names { get; } = ["rfc3339", "epoch", "epoch-s", "epoch-ms", "epoch-us", "epoch-ns"];

    /// <summary>The form of a name; null when it is none.</summary>
    public static TimeForm? Named(string name) => name switch
    {
        "rfc3339" => new TextForm(),
        "epoch" => new EpochForm(0),
        "epoch-s" => new EpochForm(Instant.PerSecond),
        "epoch-ms" => new EpochForm(1000),
        "epoch-us" => new EpochForm(1),
        "epoch-ns" => new EpochForm(-1000),
        _ => null,
    };

    /// <summary>Reads a time.</summary>
    /// <param name="text">As the source writes it.</param>
    /// <param name="offset">The zone where the text states none.</param>
    /// <param name="time">The time.</param>
    /// <param name="isStated">False when the text states no zone.</param>
    public abstract bool TryRead(ReadOnlySpan<byte> text, TimeSpan offset, out Instant time, out bool isStated);

    private sealed class TextForm : TimeForm
    {
        public override bool TryRead(ReadOnlySpan<byte> text, TimeSpan offset, out Instant time, out bool isStated)
        {
            var isTime = TimeText.TryParse(text, offset, out time, out var basis);
            isStated = basis == TimeBasis.Stated;
            return isTime;
        }
    }

    // Micros for one of the unit; negative for units of which several make a microsecond; 0 for a unit that is told by its magnitude.
    private sealed class EpochForm(long micros) : TimeForm
    {
        public override bool TryRead(ReadOnlySpan<byte> text, TimeSpan offset, out Instant time, out bool isStated)
        {
            isStated = true;
            time = default;
            text = text.Trim(" \t"u8);
            var point = text.IndexOf((byte)'.');
            if (point >= 0 && (micros == Instant.PerSecond || micros == 0)) return TimeText.TryEpochSeconds(text, out time);
            if (point > 0) text = text[..point];
            if (!OcsfNdjson.WholeNumber.TryRead(text, out var number) || number <= 0) return false;
            if (micros == 0)
            {
                time = TimeText.FromEpoch(number);
                return true;
            }
            if (micros < 0)
            {
                time = Instant.FromNanos(number);
                return time > Instant.Min && time < Instant.Max;
            }
            if (number > Instant.Max.Micros / micros) return false;
            time = new Instant(number * micros);
            return true;
        }
    }
}

/// <summary>A pattern for times: <c>EEE MMM d HH:mm:ss yyyy</c>. Names of months and days are the English ones, whatever the machine speaks.</summary>
/// <remarks>yyyy or yy year; MM, M, MMM month; dd, d day; EEE day of the week (passed over); HH, H hour of 24; hh, h hour of 12 with a (AM, PM);
/// mm, ss; f digits of a fraction, one to nine; z an offset or Z. Other letters stand between single quotes. A blank stands for one or more.</remarks>
internal sealed class TimePattern : TimeForm
{
    private const string Letters = "yMdEHhmsfaz";

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    private readonly (char Letter, string Text)[] _parts;

    private TimePattern((char, string)[] parts) => _parts = parts;

    /// <summary>True when the times themselves state their zone.</summary>
    public bool StatesZone => _parts.Any(part => part.Letter == 'z');

    /// <summary>The pattern of a text; null with a reason when it cannot be one.</summary>
    public static TimePattern? Parse(string text, out string reason)
    {
        var parts = new List<(char, string)>();
        reason = "";
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            if (text[i] == '\'')
            {
                var close = text.IndexOf('\'', i + 1);
                if (close < 0) reason = "A quote is not closed.";
                i = close < 0 ? text.Length : close + 1;
                parts.Add(('\0', text[(start + 1)..Math.Max(start + 1, i - 1)]));
                continue;
            }
            while (i < text.Length && text[i] == text[start]) i++;
            if (!char.IsAsciiLetter(text[start])) parts.Add(('\0', text[start..i]));
            else if (Letters.Contains(text[start], StringComparison.Ordinal)) parts.Add((text[start], text[start..i]));
            else reason = $"`{text[start]}` means nothing in a pattern; put other letters between single quotes.";
        }
        var needed = "yMd".Where(letter => parts.All(part => part.Item1 != letter)).ToArray();
        if (reason.Length == 0 && needed.Length > 0) reason = $"The pattern has no {string.Join(", ", needed)}: a time needs its year, month and day.";
        if (reason.Length == 0 && !parts.Any(part => part.Item1 is 'H' or 'h')) reason = "The pattern has no hour.";
        return reason.Length > 0 ? null : new TimePattern([.. parts]);
    }

    public override bool TryRead(ReadOnlySpan<byte> text, TimeSpan offset, out Instant time, out bool isStated)
    {
        var reading = new Reading { Text = text.Trim(" \t"u8), Month = 1, Day = 1 };
        isStated = StatesZone;
        time = default;
        foreach (var (letter, part) in _parts)
            if (!reading.Take(letter, part)) return false;
        if (!reading.Text.IsEmpty || !reading.TryTicks(out var ticks)) return false;
        time = new Instant((ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond) - (reading.Offset ?? offset);
        return time > Instant.Min && time < Instant.Max;
    }

    private ref struct Reading
    {
        public ReadOnlySpan<byte> Text;
        public int Year;
        public int Month;
        public int Day;
        public int Hour;
        public int Minute;
        public int Second;
        public long Micros;
        public int? Half;
        public TimeSpan? Offset;

        public bool Take(char letter, string part) => letter switch
        {
            '\0' => TakeLiteral(part),
            'y' => TakeNumber(part.Length == 2 ? 2 : 4, part.Length == 2 ? 2 : 4, out Year) && (part.Length != 2 || (Year += 2000) > 0),
            'M' => part.Length >= 3 ? TakeMonth() : TakeNumber(part.Length, 2, out Month),
            'd' => TakeNumber(part.Length, 2, out Day),
            'E' => TakeLetters(),
            'H' or 'h' => TakeNumber(part.Length, 2, out Hour),
            'm' => TakeNumber(part.Length, 2, out Minute),
            's' => TakeNumber(part.Length, 2, out Second),
            'f' => TakeFraction(),
            'a' => TakeHalf(),
            _ => TakeZone(),
        };

        public readonly bool TryTicks(out long ticks)
        {
            ticks = 0;
            var hour = Half is { } half ? Hour % 12 + half : Hour;
            if (Year is < 1 or > 9999 || Month is < 1 or > 12 || Day < 1 || Day > DateTime.DaysInMonth(Year, Month)) return false;
            if (hour > 23 || Minute > 59 || Second > 60 || Half is not null && Hour is < 1 or > 12) return false;
            ticks = new DateTime(Year, Month, Day).Ticks + ((hour * 60L + Minute) * 60 + Second) * TimeSpan.TicksPerSecond + Micros * TimeSpan.TicksPerMicrosecond;
            return true;
        }

        private bool TakeLiteral(string part)
        {
            if (part[0] == ' ')
            {
                var trimmed = Text.TrimStart((byte)' ');
                if (trimmed.Length == Text.Length) return false;
                Text = trimmed;
                return true;
            }
            foreach (var c in part)
            {
                if (Text.IsEmpty || Text[0] != c) return false;
                Text = Text[1..];
            }
            return true;
        }

        // A number may be padded by a blank: "Oct  6".
        private bool TakeNumber(int least, int most, out int value)
        {
            value = 0;
            if (least == 1) Text = Text.TrimStart((byte)' ');
            var digits = 0;
            for (; digits < most && digits < Text.Length && char.IsAsciiDigit((char)Text[digits]); digits++) value = value * 10 + (Text[digits] - '0');
            if (digits < least) return false;
            Text = Text[digits..];
            return true;
        }

        private bool TakeMonth()
        {
            if (Text.Length < 3) return false;
            Span<char> name = stackalloc char[3];
            for (var i = 0; i < 3; i++) name[i] = char.ToLowerInvariant((char)Text[i]);
            Month = Array.IndexOf(Months, name.ToString()) + 1;
            return Month > 0 && TakeLetters();
        }

        private bool TakeLetters()
        {
            var length = 0;
            while (length < Text.Length && char.IsAsciiLetter((char)Text[length])) length++;
            Text = Text[length..];
            return length >= 3;
        }

        private bool TakeFraction()
        {
            var unit = 100_000L;
            var digits = 0;
            for (; digits < 9 && digits < Text.Length && char.IsAsciiDigit((char)Text[digits]); digits++, unit /= 10) Micros += unit * (Text[digits] - '0');
            Text = Text[digits..];
            return digits > 0;
        }

        private bool TakeHalf()
        {
            if (Text.Length < 2 || (Text[1] | 0x20) != 'm' || (Text[0] | 0x20) is not ('a' or 'p')) return false;
            Half = (Text[0] | 0x20) == 'p' ? 12 : 0;
            Text = Text[2..];
            return true;
        }

        private bool TakeZone()
        {
            if (ZoneText.TryRead(Encoding.UTF8.GetString(Text), out var offset) is false) return false;
            Offset = offset;
            Text = default;
            return true;
        }
    }
}

/// <summary>Offsets from UTC as people write them.</summary>
internal static class ZoneText
{
    /// <summary>Reads <c>Z</c>, <c>UTC</c>, <c>GMT</c>, <c>+02:00</c>, <c>+0200</c>, <c>-5</c>.</summary>
    public static bool TryRead(string text, out TimeSpan offset)
    {
        offset = default;
        text = text.Trim();
        if (text is "Z" or "z" or "UTC" or "GMT") return true;
        if (text.Length is < 2 or > 6 || text[0] is not ('+' or '-')) return false;
        var digits = text[1..].Replace(":", "", StringComparison.Ordinal);
        if (digits.Length is < 1 or > 4 || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        var (hours, minutes) = digits.Length <= 2 ? (number, 0) : (number / 100, number % 100);
        if (hours > 18 || minutes > 59) return false;
        offset = new TimeSpan(hours, minutes, 0) * (text[0] == '-' ? -1 : 1);
        return true;
    }
}

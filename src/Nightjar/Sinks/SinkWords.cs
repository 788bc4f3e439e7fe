using System.Globalization;
using System.Text;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Records;

namespace Nightjar.Sinks;

/// <summary>The words of the outputs, in one place so that file, page and terminal say the same.</summary>
public static class SinkWords
{
    /// <summary>The OCSF caption.</summary>
    public static string Caption(this Severity severity) => severity switch
    {
        Severity.Informational => "Informational",
        Severity.Low => "Low",
        Severity.Medium => "Medium",
        Severity.High => "High",
        Severity.Critical => "Critical",
        _ => "Unknown",
    };

    /// <summary>The OCSF caption.</summary>
    public static string Caption(this Confidence confidence) => confidence switch
    {
        Confidence.Low => "Low",
        Confidence.Medium => "Medium",
        Confidence.High => "High",
        _ => "Unknown",
    };

    /// <summary>For machines.</summary>
    internal static string Word(this Tri value) => value switch
    {
        Tri.True => "true",
        Tri.False => "false",
        _ => "unknown",
    };

    /// <summary>For machines; <see cref="Say(StageState)"/> is for people.</summary>
    internal static string Word(this StageState state) => state switch
    {
        StageState.Matched => "matched",
        StageState.Missing => "missing",
        _ => "not_observable",
    };

    public static string Say(this StageState state) => state switch
    {
        StageState.Matched => "seen",
        StageState.Missing => "not seen",
        _ => "not observable",
    };

    public static string Say(this CheckState state) => state switch
    {
        CheckState.Runnable => "can see",
        CheckState.Degraded => "sees in part",
        _ => "blind",
    };

    /// <summary>One letter, for maps; a legend says what it stands for.</summary>
    public static char Letter(this CheckState? state) => state switch
    {
        CheckState.Runnable => 'R',
        CheckState.Degraded => 'D',
        CheckState.Blind => 'B',
        _ => '-',
    };

    /// <summary>A sign that repeats the word.</summary>
    internal static string Sign(this CheckState? state) => state switch
    {
        CheckState.Runnable => "●",
        CheckState.Degraded => "◐",
        CheckState.Blind => "○",
        _ => "–",
    };

    public static string Say(this DeviceVerdict verdict) => verdict switch
    {
        DeviceVerdict.Findings => "findings",
        DeviceVerdict.Clean => "clean for the days assessed",
        DeviceVerdict.Degraded => "nothing found, seen in part",
        _ => "not assessed",
    };

    public static string Say(this DecisiveField field) => field switch
    {
        DecisiveField.App => "app",
        DecisiveField.Bytes => "bytes",
        DecisiveField.Host => "host",
        DecisiveField.Hash => "hash",
        DecisiveField.AppState => "app state",
        _ => "lock",
    };

    public static string Say(this TelemetryLack lack) => lack switch
    {
        TelemetryLack.AppNames => "no record names an app",
        _ => "its state was never told",
    };

    /// <summary>"2026-03-02".</summary>
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Say(this AppGrade grade) => grade switch
    {
        AppGrade.PackageAndSigner => "package and signer",
        AppGrade.Package => "package",
        AppGrade.Uid => "uid",
        AppGrade.ProcessName => "process name",
        AppGrade.Label => "label",
        _ => "nothing",
    };

    public static string Say(this FileState state) => state switch
    {
        FileState.Read => "read",
        FileState.ReadInPart => "read in part",
        FileState.Unrecognised => "not recognised",
        _ => "not readable",
    };

    public static string Say(this AnomalyKind kind) => kind switch
    {
        AnomalyKind.Truncated => "cut off",
        AnomalyKind.Malformed => "not of the format's form",
        AnomalyKind.MissingField => "required attribute missing",
        AnomalyKind.BadValue => "value of the wrong type or range",
        AnomalyKind.InvalidText => "not UTF-8",
        AnomalyKind.TooLong => "longer than the limit, skipped",
        AnomalyKind.FutureTime => "time too far in the future",
        AnomalyKind.BadTime => "time not understood",
        AnomalyKind.UnknownKind => "kind of record not known",
        AnomalyKind.UnknownField => "attribute not known",
        AnomalyKind.LimitReached => "a limit was reached",
        AnomalyKind.PathEscape => "path outside the archive",
        AnomalyKind.Loop => "folder that links to itself",
        AnomalyKind.Unreadable => "not readable",
        AnomalyKind.Changed => "changed while it was read",
        AnomalyKind.Unrecognised => "not recognised",
        AnomalyKind.Unattributed => "names no device",
        _ => "damaged",
    };

    public static string Say(this TimeBasis basis) => basis switch
    {
        TimeBasis.Stated => "stated",
        TimeBasis.Assumed => "time zone assumed",
        TimeBasis.RelativeToCapture => "counted from the start of the capture",
        TimeBasis.RelativeToBoot => "counted from the start of the device",
        TimeBasis.Aligned => "moved to the clock of the device",
        _ => "time of the report that holds the record",
    };

    /// <summary>The name of an enum value as machines write it: <c>ReadInPart</c> becomes <c>read_in_part</c>.</summary>
    internal static string Snake<T>(this T value) where T : struct, Enum
    {
        var name = value.ToString();
        var snake = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsAsciiLetterUpper(name[i])) snake.Append('_');
            snake.Append(char.ToLowerInvariant(name[i]));
        }
        return snake.ToString();
    }

    /// <summary>The enum value that <see cref="Snake"/> writes so; the fallback when there is none.</summary>
    internal static T FromSnake<T>(string? word, T fallback = default) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (value.Snake() == word) return value;
        }
        return fallback;
    }

    /// <summary>"2,000".</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"1 event", "2,000 events".</summary>
    public static string Count(long number, string one, string? many = null) => $"{Number(number)} {(number == 1 ? one : many ?? one + "s")}";

    /// <summary>What a contribution that was not added would have been: " (not so, would be +15)"; empty when it was added.</summary>
    internal static string WouldBe(Contribution item)
    {
        var isSaid = item.Reason.Contains("unknown", StringComparison.OrdinalIgnoreCase);
        return item.State switch
        {
            Tri.True => "",
            Tri.False => $" (not so, would be {Signed(item.Points)})",
            _ => $" ({(isSaid ? "" : "unknown, ")}would be {Signed(item.Points)})",
        };
    }

    /// <summary>"+15", "-5", "0".</summary>
    internal static string Signed(int points) => points.ToString("+0;-0;0", CultureInfo.InvariantCulture);

    /// <summary>A length of time in the unit that people would use: "340 ms", "12.5 s", "3 min 20 s", "2 h 5 min", "3 d 4 h".</summary>
    public static string Length(TimeSpan span)
    {
        var culture = CultureInfo.InvariantCulture;
        if (span < TimeSpan.Zero) return "-" + Length(-span);
        if (span.TotalMilliseconds < 1) return string.Create(culture, $"{span.TotalMicroseconds:0} µs");
        if (span.TotalSeconds < 1) return string.Create(culture, $"{span.TotalMilliseconds:0} ms");
        if (span.TotalMinutes < 1) return string.Create(culture, $"{Math.Floor(span.TotalSeconds * 10) / 10:0.#} s");
        if (span.TotalHours < 1) return Two(span.Minutes, "min", span.Seconds, "s");
        return span.TotalDays < 1 ? Two(span.Hours, "h", span.Minutes, "min") : Two((int)span.TotalDays, "d", span.Hours, "h");
    }

    /// <summary>"512 bytes", "47.1 KiB", "3.2 MiB".</summary>
    public static string Size(long bytes)
    {
        if (Math.Abs((double)bytes) < 1024) return Count(bytes, "byte");
        double value = bytes;
        var unit = -1;
        for (; Math.Abs(value) >= 1024 && unit < 4; unit++) value /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {"KMGTP"[unit]}iB");
    }

    /// <summary>"a", "a and b", "a, b and c".</summary>
    internal static string List(IReadOnlyList<string> items) =>
        items.Count < 2 ? string.Concat(items) : string.Join(", ", items.Take(items.Count - 1)) + " and " + items[^1];

    private static string Two(int large, string unit, int small, string rest) => small == 0 ? $"{large} {unit}" : $"{large} {unit} {small} {rest}";
}

using System.Globalization;
using Nightjar.Analytics.Sigma;
using Nightjar.Knowledge;

namespace Nightjar.Analytics.Tuning;

/// <summary>A checked value of a tunable.</summary>
public sealed class TunableValue
{
    private TunableValue(TunableKind kind, double number, IReadOnlyList<string> items, SafeRegex? regex)
    {
        Kind = kind;
        Number = number;
        Items = items;
        Regex = regex;
    }

    public TunableKind Kind { get; }

    /// <summary>The number; seconds for durations, 0 or 1 for booleans.</summary>
    public double Number { get; }

    /// <summary>The texts of a set, or the one text of a regular expression.</summary>
    public IReadOnlyList<string> Items { get; }

    /// <summary>The expression of kind <see cref="TunableKind.Regex"/>.</summary>
    internal SafeRegex? Regex { get; }

    /// <summary>The duration of kind <see cref="TunableKind.Duration"/>.</summary>
    public TimeSpan Duration => TimeSpan.FromMicroseconds(Math.Round(Number * 1e6));

    /// <summary>Reads a value; null, with the reason, when the texts are not of the kind.</summary>
    public static TunableValue? Parse(TunableKind kind, IReadOnlyList<string> texts, out string reason)
    {
        reason = "";
        if (kind.IsSet()) return new TunableValue(kind, 0, [.. texts], null);
        if (texts.Count != 1)
        {
            reason = "One value was expected.";
            return null;
        }
        if (kind == TunableKind.Regex) return ParseRegex(texts[0], out reason);
        var number = ParseNumber(kind, texts[0]);
        if (number is null) reason = $"`{texts[0]}` is no {kind.Name()}.";
        return number is { } value ? new TunableValue(kind, value, [], null) : null;
    }

    /// <summary>The value of a number, cut to what the kind can say: whole counts, ratios up to 1. Not for sets and regular expressions.</summary>
    internal static TunableValue Of(TunableKind kind, double number) => new(kind, kind switch
    {
        TunableKind.Duration => Math.Round(Math.Clamp(number, 0, 999_999_999) * 1e6) / 1e6,
        TunableKind.Bytes => Math.Max(0, Math.Round(number)),
        TunableKind.Count => Math.Clamp(Math.Round(number), 0, 999_999_999),
        TunableKind.Ratio => Math.Clamp(number, 0, 1),
        _ => number,
    }, [], null);

    /// <summary>As it would be written in an analytic.</summary>
    public override string ToString() => Kind switch
    {
        TunableKind.Duration => Quantity.Write(Duration),
        TunableKind.Bytes => Quantity.Write(Number),
        TunableKind.Boolean => Number != 0 ? "true" : "false",
        TunableKind.Number or TunableKind.Ratio or TunableKind.Count => Number.ToString(CultureInfo.InvariantCulture),
        TunableKind.Regex => Items[0],
        _ => $"[{string.Join(", ", Items)}]",
    };

    private static double? ParseNumber(TunableKind kind, string text) => kind switch
    {
        TunableKind.Duration => Quantity.Duration(text)?.TotalSeconds,
        TunableKind.Bytes => Quantity.Bytes(text) is >= 0 and var bytes ? bytes : null,
        TunableKind.Boolean => text switch { "true" => 1, "false" => 0, _ => null },
        TunableKind.Ratio => Quantity.Number(text) is >= 0 and <= 1 and var ratio ? ratio : null,
        TunableKind.Count => Quantity.Number(text) is >= 0 and < 1e9 and var count && count == Math.Floor(count) ? count : null,
        _ => Quantity.Number(text),
    };

    private static TunableValue? ParseRegex(string text, out string reason)
    {
        reason = "";
        try
        {
            if (text.Length > SigmaValues.MaxPattern) reason = "The expression is too long.";
            else return new TunableValue(TunableKind.Regex, 0, [text], SafeRegex.Of(text));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            reason = $"The expression cannot be used: {(e.Message.Length < 150 ? e.Message : e.Message[..150])}";
        }
        return null;
    }
}

/// <summary>A mutable element of an analytic: what may be set, in which range, and what raising it does.</summary>
/// <param name="Name">ATT&amp;CK's name of the mutable element, or the analytic's own.</param>
/// <param name="Kind">Its type.</param>
/// <param name="Default">The value when nobody sets it.</param>
/// <param name="Value">The value in force.</param>
/// <param name="Origin"><c>default</c>, or who set it.</param>
/// <param name="Minimum">Lowest number allowed; null when there is no limit.</param>
/// <param name="Maximum">Highest number allowed; null when there is no limit.</param>
/// <param name="Description">What it is and what raising or widening it does.</param>
public sealed record Tunable(
    string Name, TunableKind Kind, TunableValue Default, TunableValue Value, string Origin, double? Minimum, double? Maximum, string Description)
{
    /// <summary>True when a number lies inside the range.</summary>
    public bool Allows(TunableValue value) =>
        Kind.IsSet() || Kind == TunableKind.Regex || !(value.Number < Minimum) && !(value.Number > Maximum);
}

using System.Globalization;

namespace Nightjar.Sources.Identity;

/// <summary>A kind of mistake in a device map: its number, and what is the same each time it is made.</summary>
/// <param name="Code">Stable number such as <c>NJ4001</c>.</param>
/// <param name="IsError">True when what the mistake stands in is not used.</param>
/// <param name="Title">The mistake in a few words.</param>
/// <param name="Effect">What happens because of it, one sentence.</param>
/// <param name="Hint">What to do about it, one sentence.</param>
public sealed record DeviceMapRule(string Code, bool IsError, string Title, string Effect, string Hint)
{
    internal const string RowIsLeftOut = "The row is left out.";

    internal static DeviceMapRule NoDeviceColumn { get; } = new(
        "NJ4001", true, "no device column", "The map is not used.", "Name one column \"device\" or \"device_uid\" in the first line.");

    internal static DeviceMapRule UnknownColumn { get; } = new(
        "NJ4002", false, "unknown column", "The column is ignored.", "Known are: device, ip, mac, path, from, to, platform, group, name.");

    internal static DeviceMapRule RepeatedColumn { get; } = new(
        "NJ4003", false, "column named twice", "The later column is ignored.", "Remove one of them.");

    internal static DeviceMapRule NoDevice { get; } = new("NJ4004", true, "row without a device", RowIsLeftOut, "Say which device the row is about.");

    internal static DeviceMapRule BadValue { get; } = new("NJ4005", true, "unreadable value", RowIsLeftOut, "Correct the value or leave it empty.");

    internal static DeviceMapRule EndsBeforeBegin { get; } = new(
        "NJ4006", true, "\"to\" not after \"from\"", RowIsLeftOut, "\"from\" is the first moment, \"to\" the first moment after.");

    internal static DeviceMapRule Overlap { get; } = new(
        "NJ4007", true, "two devices at once", "The later row is left out.", "Give both rows a time that does not overlap the other's.");

    internal static DeviceMapRule Contradiction { get; } = new(
        "NJ4008", false, "two facts about one device", "What the earlier row says counts.", "State the fact once, or alike.");

    internal static DeviceMapRule NotCsv { get; } = new(
        "NJ4009", true, "quotes that do not match", RowIsLeftOut, "Quote values that hold quotes, commas or line ends.");

    internal static DeviceMapRule TooManyRows { get; } = new(
        "NJ4010", true, "too many rows", "The map is used up to this line.", "Leave out devices that do not occur.");

    /// <summary>Every kind, in the order of its number.</summary>
    public static IReadOnlyList<DeviceMapRule> All { get; } =
    [
        NoDeviceColumn, UnknownColumn, RepeatedColumn, NoDevice, BadValue, EndsBeforeBegin, Overlap, Contradiction, NotCsv, TooManyRows,
    ];

    internal DeviceMapMistake At(int line, string reason) => new(this, line, reason);
}

/// <summary>A mistake in a device map, with its place, its reason, its effect and a way out.</summary>
/// <param name="Rule">What kind.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Reason">What is wrong, one sentence with the offending value.</param>
public sealed record DeviceMapMistake(DeviceMapRule Rule, int Line, string Reason)
{
    /// <summary>For people: <c>line 3: error NJ4005: reason Effect Hint</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"line {Line}: {(Rule.IsError ? "error" : "warning")} {Rule.Code}: {Reason} {Rule.Effect} {Rule.Hint}");
}

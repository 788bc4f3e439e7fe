using System.Globalization;
using Nightjar.Analytics.Tuning;
using Nightjar.Baselines;
using Nightjar.Knowledge;

namespace Nightjar.Policies.Reading;

/// <summary>A value of <see cref="BaselineRules"/> as a policy states it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Meaning">What it is, for people.</param>
/// <param name="Unit"><c>days</c>, or empty for a plain number.</param>
/// <param name="IsWhole">True for whole numbers.</param>
/// <param name="Low">Lowest value.</param>
/// <param name="High">Highest value.</param>
/// <param name="Set">Puts it into rules.</param>
/// <param name="Get">Takes it from rules.</param>
internal sealed record BaselineKey(
    string Key, string Meaning, string Unit, bool IsWhole, double Low, double High, Func<BaselineRules, double, BaselineRules> Set, Func<BaselineRules, double> Get)
{
    /// <summary>Every value that a policy may state.</summary>
    public static IReadOnlyList<BaselineKey> All { get; } =
    [
        Days("app_age", "An app has a baseline when it was first seen so long before.", 0, 3650, (rules, value) => rules with { AppAge = (int)value }, rules => rules.AppAge),
        Days("fleet_age", "What several devices share counts when each showed it so long before.", 0, 3650, (rules, value) => rules with { FleetAge = (int)value }, rules => rules.FleetAge),
        Plain("fleet_devices", "So many devices must share it.", 1, 32, (rules, value) => rules with { FleetDevices = (int)value }, rules => rules.FleetDevices),
        Days("own_age", "What one device alone shows counts when it began so long before.", 0, 3650, (rules, value) => rules with { OwnAge = (int)value }, rules => rules.OwnAge),
        Plain("own_days", "And was shown on so many days.", 1, 64, (rules, value) => rules with { OwnDays = (int)value }, rules => rules.OwnDays),
        Days("horizon", "After so long without being seen it counts no more.", 1, 3650, (rules, value) => rules with { Horizon = (int)value }, rules => rules.Horizon),
        new("half_life", "A day counts half as much so long after.", "days", false, 0.01, 3650, (rules, value) => rules with { HalfLife = value }, rules => rules.HalfLife),
        new("least_weight", "What the days of a device must be worth together.", "", false, 0, 1, (rules, value) => rules with { LeastWeight = value }, rules => rules.LeastWeight),
    ];

    /// <summary>The value of some rules, as a policy writes it.</summary>
    public string Text(BaselineRules rules) => Get(rules).ToString(CultureInfo.InvariantCulture) + (Unit.Length > 0 ? "d" : "");

    private static BaselineKey Days(string key, string meaning, double low, double high, Func<BaselineRules, double, BaselineRules> set, Func<BaselineRules, double> get) =>
        new(key, meaning, "days", true, low, high, set, get);

    private static BaselineKey Plain(string key, string meaning, double low, double high, Func<BaselineRules, double, BaselineRules> set, Func<BaselineRules, double> get) =>
        new(key, meaning, "", true, low, high, set, get);
}

/// <summary>Reads the <c>baseline</c> of a policy.</summary>
internal static class BaselineReading
{
    public static (BaselineRules Rules, IReadOnlyDictionary<string, PolicyPlace> Stated) Read(AuthorMap? map, Words words)
    {
        var rules = BaselineRules.Default;
        var stated = new SortedDictionary<string, PolicyPlace>(StringComparer.Ordinal);
        foreach (var key in map is null ? [] : BaselineKey.All)
        {
            if (map!.Text(key.Key) is not { } text) continue;
            if (Value(key, text.Text) is not { } value)
            {
                var unit = key.Unit.Length > 0 ? $"a time in days such as 21d, from {key.Low}d to {key.High}d" : string.Create(CultureInfo.InvariantCulture, $"a number from {key.Low} to {key.High}");
                words.Mistakes.Add(PolicyRules.BadValue, text, $"`{key.Key}` cannot be `{YamlText.Excerpt(text.Text)}`.", $"Write {unit}{(key.IsWhole ? ", whole" : "")}.");
                continue;
            }
            rules = key.Set(rules, value);
            stated[key.Key] = words.Place(text);
        }
        map?.Close();
        return (rules, stated);
    }

    private static double? Value(BaselineKey key, string text)
    {
        var value = key.Unit.Length > 0 ? Quantity.Duration(text)?.TotalDays : Quantity.Number(text);
        return value >= key.Low && value <= key.High && (!key.IsWhole || value == Math.Floor(value.Value)) ? value : null;
    }
}

using System.Globalization;
using Nightjar.Analytics;
using Nightjar.Analytics.Tuning;

namespace Nightjar.Scenarios.Mutating;

/// <summary>Mutants of tunables: numbers halved and doubled within their range, sets emptied and opened to everything, flags flipped.</summary>
internal static class ValueMutants
{
    private const string MatchesNothing = @"[^\s\S]";
    private const string MatchesAll = "^";

    public static IEnumerable<ValueMutant> Of(Analytic analytic) => analytic.Tunables.SelectMany(Of);

    private static IEnumerable<ValueMutant> Of(Tunable tunable)
    {
        ValueMutant Changed(string how, Func<Tunable, IReadOnlyList<string>> change) =>
            new($"tunable {tunable.Name}: {how}", tunable.Name, item => change(item) is var texts && Differs(item, texts) ? texts : null);
        switch (tunable.Kind)
        {
            case TunableKind.Boolean:
                yield return Changed("flipped", item => [item.Value.Number != 0 ? "false" : "true"]);
                break;
            case TunableKind.Regex:
                yield return Changed("matches nothing", _ => [MatchesNothing]);
                yield return Changed("matches everything", _ => [MatchesAll]);
                break;
            default:
                if (tunable.Kind.IsSet())
                {
                    yield return Changed("emptied", _ => []);
                    yield return Changed("opened to everything", _ => ["*"]);
                }
                else
                {
                    yield return Changed("halved", item => Scaled(item, 0.5));
                    yield return Changed("doubled", item => Scaled(item, 2));
                }
                break;
        }
    }

    private static bool Differs(Tunable tunable, IReadOnlyList<string> texts) =>
        TunableValue.Parse(tunable.Kind, texts, out _) is { } value && tunable.Allows(value) && value.ToString() != tunable.Value.ToString();

    private static string[] Scaled(Tunable tunable, double factor)
    {
        var low = tunable.Minimum ?? 0;
        var high = tunable.Maximum ?? (tunable.Kind == TunableKind.Ratio ? 1 : double.MaxValue);
        var number = Math.Clamp(tunable.Value.Number * factor, low, high);
        if (tunable.Kind is TunableKind.Count or TunableKind.Bytes) number = Math.Floor(number);
        return [tunable.Kind == TunableKind.Duration ? Quantity.Write(TimeSpan.FromSeconds(number)) : number.ToString(CultureInfo.InvariantCulture)];
    }
}

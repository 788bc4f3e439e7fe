using System.CommandLine;
using System.Globalization;
using Nightjar.Baselines;

namespace Nightjar.Cli.Commands;

/// <summary>When what a baseline saw counts as normal, as a command takes it. What is not given is as the policy or <see cref="BaselineRules.Default"/> says.</summary>
internal sealed class BaselineOptions
{
    private readonly Option<string?> _halfLife = new("--baseline-half-life") { Description = "After so long a day of a baseline counts half as much, for example 30d." };
    private readonly Option<string?> _horizon = new("--baseline-horizon") { Description = "After so long without being seen nothing of a baseline counts any more, for example 180d." };
    private readonly Option<string?> _appAge = new("--baseline-app-age") { Description = "An app has a baseline when it was first seen so long before, for example 21d." };

    public IEnumerable<Option> Options => [_halfLife, _horizon, _appAge];

    /// <exception cref="UsageException">A value cannot be meant.</exception>
    public BaselineRules Of(ParseResult parsed, BaselineRules rules)
    {
        if (Days(parsed, _halfLife) is { } halfLife) rules = rules with { HalfLife = halfLife };
        if (Days(parsed, _horizon) is { } horizon) rules = rules with { Horizon = Whole(horizon, _horizon) };
        if (Days(parsed, _appAge) is { } age) rules = rules with { AppAge = Whole(age, _appAge) };
        return rules.Fault is { } fault ? throw new UsageException(fault) : rules;
    }

    private static double? Days(ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetValue(option) is not { } text) return null;
        var number = text.EndsWith('d') ? text[..^1] : text.EndsWith('h') ? text[..^1] : "";
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) || count > 36_500)
            throw new UsageException($"{option.Name} takes a duration in days or hours such as 30d or 36h, not `{text}`.");
        return text.EndsWith('h') ? count / 24 : count;
    }

    private static int Whole(double days, Option option) =>
        days == Math.Floor(days) ? (int)days : throw new UsageException($"{option.Name} takes whole days.");
}

using Nightjar.Analytics;
using Nightjar.Analytics.Tuning;
using Nightjar.Knowledge;
using Nightjar.Policies.Checking;

namespace Nightjar.Policies;

/// <summary>A value of a policy for one tunable of one analytic.</summary>
/// <param name="Number">Its place among all settings, from 0.</param>
/// <param name="Analytic">Uid of the analytic.</param>
/// <param name="Tunable">The analytic's own name of the tunable.</param>
/// <param name="Value">The value.</param>
/// <param name="Text">As written.</param>
/// <param name="Entry">The entry that it stands in.</param>
public sealed record PolicySetting(int Number, string Analytic, string Tunable, TunableValue Value, TunableText Text, TunableEntry Entry)
{
    /// <summary>Who set it, for a finding: <c>policy.yml:12 (app com.acme.sync)</c>.</summary>
    public string Origin => Entry.Scope.IsEverything ? Text.Place.ToString() : $"{Text.Place} ({Entry.Scope})";
}

/// <summary>A policy whose entries are joined to the analytics that they speak of.</summary>
public sealed record BoundPolicy(Policy Policy, IReadOnlyList<PolicySetting> Settings);

/// <summary>Joins the entries of a policy to analytics and reports what does not fit.</summary>
public static class PolicyBinding
{
    /// <summary>The policy joined to analytics, and every mistake against them.</summary>
    /// <param name="policy">A policy without mistakes of its own.</param>
    /// <param name="analytics">The analytics, with their defaults.</param>
    /// <param name="elsewhere">Uids of analytics that exist and are not among these.</param>
    /// <param name="reference">Names of mutable elements, roles of apps.</param>
    public static (BoundPolicy Bound, IReadOnlyList<Diagnostic> Diagnostics) Bind(
        Policy policy, IReadOnlyList<Analytic> analytics, IReadOnlyCollection<string> elsewhere, ReferenceData reference)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var diagnostics = new List<Diagnostic>();
        var mistakes = new AuthorMistakes(policy.File, diagnostics, PolicyRules.Maps);
        var binder = new Binder(analytics, elsewhere, reference.AttackAliases, mistakes);
        foreach (var entry in policy.Tunables) binder.Take(entry);
        foreach (var exception in policy.Exceptions) binder.Named(exception.Analytics, exception.Place);
        SettingChecks.Check(policy, binder.Settings, analytics, mistakes);
        return (new BoundPolicy(policy, binder.Settings), [.. diagnostics.Distinct().Order()]);
    }

    private sealed class Binder(IReadOnlyList<Analytic> analytics, IReadOnlyCollection<string> elsewhere, AttackAliases names, AuthorMistakes mistakes)
    {
        public List<PolicySetting> Settings { get; } = [];

        /// <summary>The analytics of these uids, all where none is named.</summary>
        public List<Analytic> Named(IReadOnlyList<string> uids, PolicyPlace place)
        {
            foreach (var uid in uids.Where(uid => !elsewhere.Contains(uid) && analytics.All(item => item.Uid != uid)))
            {
                var known = analytics.Select(item => item.Uid).Concat(elsewhere).Distinct().Order(StringComparer.Ordinal);
                mistakes.Add(PolicyRules.UnknownAnalytic, place.Line, place.Column, $"There is no analytic `{YamlText.Excerpt(uid)}`.", Nearest.Hint(uid, known));
            }
            return [.. analytics.Where(item => uids.Count == 0 || uids.Contains(item.Uid))];
        }

        public void Take(TunableEntry entry)
        {
            var named = Named(entry.Analytics, entry.Place);
            foreach (var text in entry.Values)
            {
                var bound = named.Select(analytic => (Analytic: analytic, Tunable: Find(analytic, text.Name))).ToList();
                if (entry.Analytics.Count == 0) bound.RemoveAll(item => item.Tunable is null);
                if (bound.Count == 0 && (entry.Analytics.Count == 0 || named.Count == entry.Analytics.Count)) Unknown(text, "any analytic", named.SelectMany(item => item.Tunables));
                foreach (var (analytic, tunable) in bound)
                {
                    if (tunable is null) Unknown(text, analytic.Uid, analytic.Tunables);
                    else if (Value(analytic, tunable, text) is { } value) Settings.Add(new PolicySetting(Settings.Count, analytic.Uid, tunable.Name, value, text, entry));
                }
            }
        }

        // The analytic's own spelling first, then whatever means the same.
        private Tunable? Find(Analytic analytic, string name) =>
            analytic.Tunables.FirstOrDefault(item => item.Name == name) ?? analytic.Tunables.FirstOrDefault(item => names.AreSame(item.Name, name));

        private void Unknown(TunableText text, string of, IEnumerable<Tunable> known)
        {
            var all = known.Select(item => item.Name).Distinct(StringComparer.Ordinal).ToList();
            var hint = Nearest.Hint(text.Name, all);
            mistakes.Add(PolicyRules.UnknownTunable, text.Place.Line, text.Place.Column, $"`{YamlText.Excerpt(text.Name)}` is no tunable of {of}.",
                hint.Length > 0 ? hint : all.Count is > 0 and <= 12 ? $"Known are {string.Join(", ", all)}." : "");
        }

        private TunableValue? Value(Analytic analytic, Tunable tunable, TunableText text)
        {
            var value = TunableValue.Parse(tunable.Kind, text.Texts, out var reason);
            if (value is null)
            {
                mistakes.Add(PolicyRules.BadTunableValue, text.Place.Line, text.Place.Column, $"`{text.Name}` cannot be this. {reason}", $"Write it like its default, {tunable.Default}.");
                return null;
            }
            if (tunable.Allows(value)) return value;
            mistakes.Add(PolicyRules.OutOfRange, text.Place.Line, text.Place.Column, $"`{text.Name}` of {analytic.Uid} is {value}; it {Range(tunable)}.");
            return null;
        }

        private static string Range(Tunable tunable)
        {
            var (low, high) = (Text(tunable, tunable.Minimum), Text(tunable, tunable.Maximum));
            return low is null ? $"is at most {high}" : high is null ? $"is at least {low}" : $"lies from {low} to {high}";
        }

        private static string? Text(Tunable tunable, double? limit) => limit is not { } number ? null : tunable.Kind switch
        {
            TunableKind.Duration => Quantity.Write(TimeSpan.FromSeconds(number)),
            TunableKind.Bytes => Quantity.Write(number),
            _ => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
    }
}

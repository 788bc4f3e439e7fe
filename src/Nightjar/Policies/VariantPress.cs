using System.Globalization;
using Nightjar.Analytics;
using Nightjar.Analytics.Tuning;
using Nightjar.Events;
using Nightjar.Knowledge;

namespace Nightjar.Policies;

/// <summary>Compiles the variants of analytics, one for each distinct set of values and of groups whose allowances count. Safe for several threads.</summary>
/// <remarks>A key is the numbers of the settings, a bar, and the names of the groups: <c>3,7|lab</c>. What holds for all has the empty key.</remarks>
internal sealed class VariantPress
{
    private readonly BoundPolicy _bound;
    private readonly IReadOnlyList<AnalyticSource> _sources;
    private readonly SymbolTable _symbols;
    private readonly ReferenceData _reference;
    private readonly INormal _normal;
    private readonly HashSet<string> _allowedGroups;
    private readonly Dictionary<(int Index, string Key), Analytic> _pressed = [];

    public VariantPress(BoundPolicy bound, IReadOnlyList<AnalyticSource> sources, SymbolTable symbols, ReferenceData reference, INormal normal, Func<Analytic, bool> isWanted)
    {
        (_bound, _sources, _symbols, _reference, _normal) = (bound, sources, symbols, reference, normal);
        _allowedGroups = bound.Policy.Allowances.SelectMany(item => item.Scope.Groups).ToHashSet(StringComparer.Ordinal);
        var resolution = new Resolution(bound);
        var settings = bound.Settings.Select(setting => setting.Analytic).Distinct(StringComparer.Ordinal).SelectMany(uid => resolution.Of(uid, "", [], []));
        Set = With(new Settings([.. settings]));
        Analytics = [.. Set.Analytics.Where(isWanted)];
    }

    /// <summary>What came of compiling with the values that hold for all.</summary>
    public AnalyticSet Set { get; }

    /// <summary>The analytics that are wanted, with the values that hold for all.</summary>
    public IReadOnlyList<Analytic> Analytics { get; }

    /// <summary>Compiles all analytics with these values for all.</summary>
    public AnalyticSet With(ITuning tuning) => AnalyticLoader.Load(_sources, _symbols, _reference, tuning, _normal, new AppBook(_bound.Policy, []));

    /// <summary>The key of the variant that holds where these settings win on a device of these groups.</summary>
    public string KeyOf(IReadOnlyList<PolicySetting> winners, IReadOnlyList<string> groups)
    {
        var allowed = string.Join(',', groups.Where(_allowedGroups.Contains));
        if (allowed.Length == 0 && winners.All(setting => setting.Entry.Scope.IsEverything)) return "";
        return $"{string.Join(',', winners.Select(setting => setting.Number.ToString(CultureInfo.InvariantCulture)))}|{allowed}";
    }

    /// <summary>The variant of a key.</summary>
    public Analytic Of(int index, string key)
    {
        if (key.Length == 0) return Analytics[index];
        lock (_pressed)
        {
            if (_pressed.TryGetValue((index, key), out var known)) return known;
            return _pressed[(index, key)] = Press(Analytics[index], key);
        }
    }

    /// <summary>The analytic, and it with each numeric setting alone: together they show the longest times that any variant has.</summary>
    public IReadOnlyList<Analytic> Singles(int index)
    {
        var analytic = Analytics[index];
        var scoped = _bound.Settings.Where(setting => setting.Analytic == analytic.Uid && !setting.Entry.Scope.IsEverything && !setting.Value.Kind.IsSet() && setting.Value.Kind != TunableKind.Regex);
        return [analytic, .. scoped.Select(setting => Of(index, setting.Number.ToString(CultureInfo.InvariantCulture) + "|"))];
    }

    /// <summary>What the analytic's author would be told of each setting alone.</summary>
    public IEnumerable<(PolicySetting Setting, Diagnostic Mistake)> Refusals(IReadOnlyList<Analytic> defaults)
    {
        foreach (var setting in _bound.Settings.Where(setting => !setting.Value.Kind.IsSet() && setting.Value.Kind != TunableKind.Regex))
        {
            if (defaults.FirstOrDefault(item => item.Uid == setting.Analytic) is not { } analytic) continue;
            if (Load(analytic, [setting], []).Diagnostics.FirstOrDefault(item => item.Severity == DiagnosticSeverity.Error) is { } mistake) yield return (setting, mistake);
        }
    }

    // Each setting alone was accepted; should two together be refused, what holds for all stays in force.
    private Analytic Press(Analytic analytic, string key)
    {
        var bar = key.IndexOf('|', StringComparison.Ordinal);
        var settings = key[..Math.Max(0, bar)].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(number => _bound.Settings[int.Parse(number, CultureInfo.InvariantCulture)]);
        var groups = key[(bar + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries);
        var pressed = Load(analytic, [.. settings], groups).Analytics.FirstOrDefault(item => item.Uid == analytic.Uid);
        return (pressed ?? analytic) with { VariantKey = key };
    }

    private AnalyticSet Load(Analytic analytic, IReadOnlyList<PolicySetting> settings, IReadOnlyCollection<string> groups) =>
        AnalyticLoader.Load(_sources.Where(source => source.Path == analytic.File), _symbols, _reference, new Settings(settings), _normal, new AppBook(_bound.Policy, groups));

    private sealed class Settings(IReadOnlyList<PolicySetting> settings) : ITuning
    {
        public TunableSetting? Find(string analytic, string name) =>
            settings.FirstOrDefault(item => item.Analytic == analytic && item.Tunable == name) is { } found ? new TunableSetting(found.Text.Texts, found.Origin) : null;
    }
}

using Nightjar.Analytics.Reading;
using Nightjar.Knowledge;
using YamlDotNet.RepresentationModel;
using YamlMap = Nightjar.Analytics.Reading.YamlMap;

namespace Nightjar.Analytics.Translation;

/// <summary>An analytic that a rule of Sigma was turned into.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Node">The analytic as a tree; null when there is none because of a mistake.</param>
/// <param name="Analytic">The same compiled; null when it has a mistake.</param>
internal sealed record TranslatedRule(SigmaRule Rule, YamlMappingNode? Node, Analytic? Analytic);

/// <summary>All rules of Sigma of one loading. Correlations find their rules here, in whichever file they stand.</summary>
internal sealed class RuleBook(AttackCatalog catalog)
{
    // Findings of a rule by itself and of the correlations about it: told once, at the rule.
    private const string LastOfSelections = "NJ2019";

    private readonly List<SigmaRule> _rules = [];
    private readonly Dictionary<SigmaRule, Correlation?> _correlations = [];
    private readonly Dictionary<string, SigmaRule> _byName = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<SigmaRule> Documents => _rules;

    public void Add(SigmaRule rule)
    {
        _rules.Add(rule);
        foreach (var (key, name) in new[] { ("id", rule.Id), ("name", rule.Name) })
        {
            if (name is not null && !_byName.TryAdd(name, rule) && _byName[name] != rule)
                rule.Mistakes.Add(Reading.Rules.DuplicateName, rule.Node.Get(key), $"`{name}` is the {key} of another rule too.");
        }
    }

    /// <summary>Turns every rule into an analytic and has it compiled; filters become part of the others.</summary>
    /// <param name="compile">Compiles an analytic; null when it has a mistake, which is then among the mistakes.</param>
    public IReadOnlyList<TranslatedRule> Translate(Func<YamlMap, Mistakes, Analytic?> compile)
    {
        var filters = _rules.Where(rule => rule.Kind == SigmaKind.Filter).ToArray();
        foreach (var rule in _rules) SigmaChecks.Check(rule);
        foreach (var filter in filters) CheckReferences(filter);
        Mark();
        var translated = new Dictionary<SigmaRule, TranslatedRule>();
        foreach (var rule in _rules.Where(rule => rule.Kind == SigmaKind.Detection))
            translated[rule] = Compiled(rule, RuleTranslation.Translate(rule, FilterTranslation.For(rule, filters), catalog), compile);
        foreach (var rule in _rules.Where(rule => rule.Kind == SigmaKind.Correlation))
            translated[rule] = Compiled(rule, Translate(rule, filters), compile);
        return [.. _rules.Where(translated.ContainsKey).Select(rule => translated[rule])];
    }

    private void Mark()
    {
        foreach (var rule in _rules.Where(rule => rule.Kind == SigmaKind.Correlation))
        {
            foreach (var other in Correlation.Names(rule).Select(Find).OfType<SigmaRule>())
            {
                other.IsReferenced = true;
                other.IsGenerated |= Correlation.Generates(rule);
            }
        }
    }

    private static TranslatedRule Compiled(SigmaRule rule, YamlMappingNode? node, Func<YamlMap, Mistakes, Analytic?> compile)
    {
        if (node is null || rule.Kind == SigmaKind.Correlation && rule.Mistakes.HasErrors) return new TranslatedRule(rule, null, null);
        var mistakes = new Mistakes(rule.Mistakes.File, rule.Node);
        var analytic = compile(new YamlMap(node, mistakes), mistakes);
        rule.Mistakes.AddRange(rule.Kind == SigmaKind.Detection ? mistakes.All
            : mistakes.All.Where(item => item.Severity == DiagnosticSeverity.Error || string.CompareOrdinal(item.Code, LastOfSelections) > 0));
        return new TranslatedRule(rule, node, rule.Mistakes.HasErrors ? null : analytic);
    }

    private YamlMappingNode? Translate(SigmaRule rule, IReadOnlyList<SigmaRule> filters)
    {
        if (Read(rule) is not { } correlation) return null;
        var steps = new CorrelationSteps(correlation, Read, filters);
        return new CorrelationTranslation(correlation, steps, catalog).Translate();
    }

    // A correlation that comes to itself again would have no end.
    private Correlation? Read(SigmaRule rule)
    {
        if (_correlations.TryGetValue(rule, out var known)) return known;
        if (Reaches(rule, rule, [])) rule.Mistakes.Add(Reading.Rules.NotCarried, rule.Node.Get("correlation"), $"`{rule.Label}` is about itself, by way of its rules.", "Break the circle.");
        return _correlations[rule] = rule.Mistakes.HasErrors ? null : Correlation.Read(rule, Find, _rules.Select(other => other.Label));
    }

    private bool Reaches(SigmaRule from, SigmaRule to, HashSet<SigmaRule> seen)
    {
        foreach (var other in Correlation.Names(from).Select(Find).OfType<SigmaRule>().Where(other => other.Kind == SigmaKind.Correlation))
        {
            if (other == to || seen.Add(other) && Reaches(other, to, seen)) return true;
        }
        return false;
    }

    private void CheckReferences(SigmaRule filter)
    {
        foreach (var reference in FilterTranslation.References(filter).Where(reference => reference != "any" && Find(reference) is null))
            filter.Mistakes.Add(Reading.Rules.UnknownRule, filter.Node.Get("filter"), $"`{reference}` is no rule of these files.", Nearest.Hint(reference, _rules.Select(rule => rule.Label)));
    }

    private SigmaRule? Find(string reference) => _byName.GetValueOrDefault(reference);
}

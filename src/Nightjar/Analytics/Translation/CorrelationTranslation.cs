using System.Globalization;
using Nightjar.Analytics.Reading;
using Nightjar.Knowledge;
using YamlDotNet.RepresentationModel;
using YamlNode = YamlDotNet.RepresentationModel.YamlNode;

namespace Nightjar.Analytics.Translation;

/// <summary>Turns a Sigma correlation into an analytic: its rules are the stages, what it counts are measures, its groups are keys.</summary>
internal sealed class CorrelationTranslation(Correlation correlation, CorrelationSteps steps, AttackCatalog catalog)
{
    private const int LeastInChain = 64;
    private const int LeastRemembered = 1000;
    private const int MostRemembered = 10_000;

    private readonly RuleHead _head = new(correlation.Rule, catalog);

    private Mistakes Mistakes => correlation.Rule.Mistakes;

    /// <summary>Null, and mistakes, when Nightjar cannot carry it out.</summary>
    public YamlMappingNode? Translate()
    {
        _head.Complain("correlation", "generate");
        var plan = correlation.IsTemporal ? Temporal() : Counts();
        if (plan is null || Mistakes.HasErrors) return null;
        var grouping = Grouping.Of(correlation, steps.Steps);
        var level = Level();
        var score = RuleHead.Score(level).ToString(CultureInfo.InvariantCulture);
        var body = YamlTree.Map(
        [
            ("uid", YamlTree.Text(correlation.Rule.Uid)),
            ("version", YamlTree.Text(_head.Version)),
            ("attack", _head.Attack(steps.Ground)),
            ("platforms", Platforms()),
            ("key", grouping.Key),
            ("group", grouping.Members),
            ("within", YamlTree.Text(correlation.Timespan)),
            ("tunables", _head.Tunables(steps.Placeholders)),
            ("stages", YamlTree.List(steps.Steps.Select(Stage))),
            .. plan(score),
            ("allow", steps.Allow.Count == 0 ? null : YamlTree.List(steps.Allow)),
            ("finding", _head.Finding(grouping.IsPerApp, null)),
        ]);
        return Mistakes.HasErrors ? null : _head.Analytic(level, body);
    }

    private Func<string, (string, YamlNode?)[]>? Counts()
    {
        if (correlation.Rules.FirstOrDefault(rule => rule.Kind != SigmaKind.Detection) is { } other)
        {
            Mistakes.Add(Rules.NotCarried, correlation.Rule.Node.Get("correlation"), $"`{other.Label}` is a correlation itself; what correlations find cannot be counted.", "Count the events that it is about.");
            return null;
        }
        var stage = steps.AddTogether(correlation.Rules, [], null, Title(correlation.Rules));
        var isTumbling = correlation.IsUpper || correlation.Type is "value_avg" or "value_percentile";
        if (Remembered() is not { } remembered) return null;
        return score =>
        [
            ("windows", isTumbling ? YamlTree.Text("tumbling") : null),
            ("require", YamlTree.List([YamlTree.Map([("stage", YamlTree.Text(steps.Steps[stage].Id)), Figure(correlation)])])),
            ("limits", YamlTree.Map(("partials_per_key", Number(remembered)))),
            ("score", YamlTree.Map(("base", new YamlScalarNode(score)))),
        ];
    }

    private int? Remembered()
    {
        var greatest = correlation.Bounds.Max(bound => double.Parse(bound.Number, CultureInfo.InvariantCulture));
        if (correlation.Type is not ("event_count" or "value_count")) return LeastRemembered;
        if (greatest < MostRemembered) return (int)Math.Clamp(greatest * 2, LeastRemembered, MostRemembered);
        Mistakes.Add(Rules.NotCarried, correlation.Rule.Node.Get("correlation"), $"{greatest} events of one device are more than Nightjar remembers.", $"The limit is {MostRemembered}.");
        return null;
    }

    // Each event of a chain that is searched for may have all of them counted.
    private int RememberedInChain() => (int)Math.Clamp(Counted.DefaultIfEmpty().Max() * 4, LeastInChain, LeastRemembered);

    // The limits of counts inside the chain.
    private IEnumerable<double> Counted => steps.Steps.Select(step => step.Counts).OfType<Correlation>().Where(counts => counts.Type is "event_count" or "value_count")
        .SelectMany(counts => counts.Bounds).Select(bound => double.Parse(bound.Number, CultureInfo.InvariantCulture));

    private bool CanRemember()
    {
        if (Counted.DefaultIfEmpty().Max() is var greatest && greatest <= LeastRemembered) return true;
        Mistakes.Add(Rules.NotCarried, correlation.Rule.Node.Get("correlation"), $"{greatest} events inside a chain are more than Nightjar remembers.", $"The limit is {LeastRemembered}.");
        return false;
    }

    private Func<string, (string, YamlNode?)[]>? Temporal()
    {
        var cases = TemporalCases.Of(correlation);
        var used = cases.SelectMany(item => item.With.Concat(item.Without)).ToHashSet();
        int[][] stages = [.. correlation.Rules.Select((rule, index) => used.Contains(index) ? steps.Add(rule) : [])];
        foreach (var idle in correlation.Rules.Where((_, index) => cases.Count > 0 && !used.Contains(index)))
            Mistakes.Add(Rules.NoEffect, correlation.Rule.Node.Get("correlation"), $"The condition does not name `{idle.Label}`.");
        if (cases.Count == 0 || Mistakes.HasErrors || !CanRemember()) return null;
        var isWhole = cases is [{ Without: [] } only] && only.With.Count == correlation.Rules.Count;
        var order = correlation.IsOrdered ? null : YamlTree.Text("any");
        if (!isWhole) return Chains(cases, stages, order);
        var require = Required(cases[0], stages);
        return score =>
        [
            ("order", order),
            ("require", require.Count == 0 ? null : YamlTree.List(require)),
            ("limits", require.Count == 0 ? null : YamlTree.Map(("partials_per_key", Number(RememberedInChain())))),
            ("score", YamlTree.Map(("base", new YamlScalarNode(score)))),
        ];
    }

    private Func<string, (string, YamlNode?)[]>? Chains(IReadOnlyList<TemporalCase> cases, int[][] stages, YamlNode? order)
    {
        if (cases.SelectMany(item => item.Without).FirstOrDefault(rule => stages[rule].Length > 1 || steps.Steps[stages[rule][0]].Counts is not null, -1) is >= 0 and var barred)
        {
            Mistakes.Add(Rules.NotCarried, correlation.Rule.Node.Get("correlation"), $"`{correlation.Rules[barred].Label}` is a correlation, and that it does not happen cannot be asked.", "Name the rule that it is about.");
            return null;
        }
        return score =>
        [
            ("windows", cases.Any(item => item.Without.Count > 0) ? YamlTree.Text("tumbling") : null),
            ("chains", YamlTree.List(cases.Select((item, index) =>
            {
                var require = Required(item, stages);
                return YamlTree.Map(
                    ("name", YamlTree.Text($"case_{index + 1}")),
                    ("stages", YamlTree.Texts(item.With.SelectMany(rule => stages[rule]).Select(stage => steps.Steps[stage].Id))),
                    ("order", order is null ? null : YamlTree.Text("any")),
                    ("score", new YamlScalarNode(score)),
                    ("require", require.Count == 0 ? null : YamlTree.List(require)));
            }))),
        ];
    }

    // What must have been counted, and what must not have happened, in one case.
    private List<YamlNode> Required(TemporalCase item, int[][] stages)
    {
        int[] chain = [.. item.With.SelectMany(rule => stages[rule])];
        var required = new List<YamlNode>();
        for (var i = 0; i < chain.Length; i++)
        {
            if (steps.Steps[chain[i]] is not { Counts: { } counts } step) continue;
            required.Add(YamlTree.Map(
            [
                ("stage", YamlTree.Text(step.Id)),
                ("where", Joins(counts, step)),
                ("after", correlation.IsOrdered && i > 0 ? YamlTree.Text(steps.Steps[chain[i - 1]].Id) : null),
                ("before", correlation.IsOrdered && i + 1 < chain.Length ? YamlTree.Text(steps.Steps[chain[i + 1]].Id) : null),
                Figure(counts),
                ("per", YamlTree.Text(counts.Timespan)),
            ]));
        }
        foreach (var rule in item.Without)
            required.Add(YamlTree.Map(("stage", YamlTree.Text(steps.Steps[stages[rule][0]].Id)), ("count", YamlTree.Map(("at_most", new YamlScalarNode("0"))))));
        return required;
    }

    private static YamlScalarNode? Joins(Correlation counts, CorrelationStep step)
    {
        string[] joins = [.. Grouping.Joins(counts, step, step)];
        return joins.Length == 0 ? null : YamlTree.Text(string.Join(" and ", joins));
    }

    private static (string, YamlNode?) Figure(Correlation counts)
    {
        var bounds = counts.Bounds.Select(bound => (bound.Word, (YamlNode?)new YamlScalarNode(bound.Number))).ToArray();
        string[] fields = [.. counts.Fields.Select(field => SigmaTerms.Path(field) ?? field)];
        YamlNode? of = fields.Length switch { 0 => null, 1 => YamlTree.Text(fields[0]), _ => YamlTree.Texts(fields) };
        return counts.Type switch
        {
            "event_count" => ("count", YamlTree.Map(bounds)),
            "value_count" => ("distinct", YamlTree.Map([("of", of), .. bounds])),
            "value_sum" => ("sum", YamlTree.Map([("of", of), .. bounds])),
            "value_avg" => ("average", YamlTree.Map([("of", of), .. bounds])),
            _ => ("percentile", YamlTree.Map([("of", of), ("at", new YamlScalarNode(counts.Percentile ?? "50")), .. bounds])),
        };
    }

    private static YamlNode Stage(CorrelationStep step) => YamlTree.Map(
        ("id", YamlTree.Text(step.Id)),
        ("title", YamlTree.Text(step.Title)),
        ("detection", step.Detection),
        ("where", step.Where.Count == 0 ? null : YamlTree.List(step.Where.Select(YamlTree.Text))));

    // Only devices of a platform that all the rules are for can show them together.
    private YamlSequenceNode Platforms()
    {
        var products = steps.Ground.Select(RuleTranslation.Product).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        if (products.Length > 1)
            Mistakes.Add(Rules.UnknownPlatform, correlation.Rule.Node.Get("correlation"), $"The rules are for different platforms: {string.Join(", ", products)}.", "Write one correlation for each.");
        return YamlTree.Texts(products.Length == 0 ? ["android", "ios"] : products);
    }

    private string Level()
    {
        if (correlation.Rule.Node.TextOf("level") is { Length: > 0 } own) return own;
        var levels = steps.Ground.Select(rule => new RuleHead(rule, catalog).Level).ToArray();
        return levels.Length == 0 ? "medium" : levels.MaxBy(RuleHead.Score)!;
    }

    private static string Title(IReadOnlyList<SigmaRule> rules) => SigmaText.Escaped(string.Join(" or ", rules.Select(rule => rule.Title)));

    private static YamlScalarNode Number(int number) => new(number.ToString(CultureInfo.InvariantCulture));
}

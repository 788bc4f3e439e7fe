using Nightjar.Analytics.Reading;
using Nightjar.Analytics.Tuning;
using Nightjar.Analytics.Where;
using Nightjar.Events;
using Nightjar.Knowledge;
using YamlMap = Nightjar.Analytics.Reading.YamlMap;

namespace Nightjar.Analytics.Translation;

/// <summary>An analytic that was made of a rule of Sigma.</summary>
/// <param name="Uid">Its uid: the rule's id, else its name.</param>
/// <param name="Folder">A name for its folder, in small letters, digits and hyphens.</param>
/// <param name="Text">The content of its <c>analytic.yml</c>.</param>
public sealed record ImportedAnalytic(string Uid, string Folder, string Text);

/// <summary>What came of an import: the analytics, and everything that could not be carried over or is carried out with a difference.</summary>
public sealed record SigmaImportResult(IReadOnlyList<ImportedAnalytic> Analytics, IReadOnlyList<Diagnostic> Diagnostics)
{
    public bool HasErrors => Diagnostics.Any(item => item.Severity == DiagnosticSeverity.Error);
}

/// <summary>Turns rules and correlations of Sigma into analytics that say the same.</summary>
public static class SigmaImport
{
    /// <summary>Turns over what it can. Files of analytics among the sources are passed over.</summary>
    /// <param name="sources">Files of Sigma rules; correlations find their rules in all of them.</param>
    /// <param name="reference">The facts that analytics ask for.</param>
    public static SigmaImportResult Import(IEnumerable<AnalyticSource> sources, ReferenceData reference)
    {
        var context = new LoadContext(new SymbolTable(), KnownFacts.From(reference, InForce.NoAppPolicy.Instance), reference, DefaultTuning.Instance, NothingNormal.Instance);
        var diagnostics = new List<Diagnostic>();
        var rules = new RuleBook(reference.Attack);
        foreach (var source in sources.OrderBy(source => source.Path, StringComparer.Ordinal))
        {
            var file = new Mistakes(source.Path);
            var documents = YamlReading.Parse(source.Text, file);
            for (var i = 0; i < documents.Count; i++)
            {
                if (SigmaRule.Of(documents[i].Node, source.Path, i) is { } rule) rules.Add(rule);
                else if (documents[i].Node.Get("analytic") is null)
                    file.Add(Rules.MissingKey, documents[i].Node, "Neither `detection` nor `correlation` nor `filter` is there.");
            }
            diagnostics.AddRange(file.All);
        }
        var translated = rules.Translate((YamlMap top, Mistakes mistakes) => AnalyticReading.Read(top, context, mistakes));
        diagnostics.AddRange(rules.Documents.SelectMany(rule => rule.Mistakes.All));
        return new SigmaImportResult(Written(translated), [.. diagnostics.Distinct().Order()]);
    }

    private static List<ImportedAnalytic> Written(IReadOnlyList<TranslatedRule> translated)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        var written = new List<ImportedAnalytic>();
        foreach (var item in translated.Where(item => item.Analytic is not null && item.Rule.StandsAlone))
        {
            var slug = SigmaText.Slug(item.Rule.Name ?? item.Rule.Title);
            if (slug.Length == 0) slug = SigmaText.Slug(item.Rule.Uid);
            var folder = slug;
            for (var i = 2; !folders.Add(folder); i++) folder = $"{slug}-{i}";
            written.Add(new ImportedAnalytic(item.Analytic!.Uid, folder, YamlTree.Write(item.Node!)));
        }
        return written;
    }
}

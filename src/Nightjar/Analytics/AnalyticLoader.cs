using Nightjar.Analytics.InForce;
using Nightjar.Analytics.Reading;
using Nightjar.Analytics.Translation;
using Nightjar.Analytics.Tuning;
using Nightjar.Analytics.Where;
using Nightjar.Events;
using Nightjar.Knowledge;
using YamlMap = Nightjar.Analytics.Reading.YamlMap;

namespace Nightjar.Analytics;

/// <summary>The text of an analytic and the name it is known by.</summary>
/// <param name="Path">With forward slashes, for example <c>android/ingress-tool-transfer/analytic.yml</c>.</param>
/// <param name="Text">Its content.</param>
/// <param name="Playbook">The content of <c>playbook.md</c> beside it; null when there is none.</param>
public sealed record AnalyticSource(string Path, string Text, string? Playbook = null);

/// <summary>What came of loading: those analytics that have no error, and every mistake of all of them.</summary>
public sealed record AnalyticSet(IReadOnlyList<Analytic> Analytics, IReadOnlyList<Diagnostic> Diagnostics)
{
    public bool HasErrors => Diagnostics.Any(item => item.Severity == DiagnosticSeverity.Error);
}

/// <summary>Reads, checks and compiles analytics, and reports all mistakes at once.</summary>
public static class AnalyticLoader
{
    /// <summary>Loads a set: files of analytics, and of rules of Sigma, which run as they are. Order of the sources does not matter; the result is in order of uid.</summary>
    /// <param name="sources">The files.</param>
    /// <param name="symbols">The table in which the events to be judged are interned.</param>
    /// <param name="reference">The facts that analytics ask for.</param>
    /// <param name="tuning">The values that somebody set.</param>
    /// <param name="normal">What is normal for apps; null when nothing is known of it.</param>
    /// <param name="policy">What a policy says of apps; null without one.</param>
    public static AnalyticSet Load(
        IEnumerable<AnalyticSource> sources, SymbolTable symbols, ReferenceData reference, ITuning tuning, INormal? normal = null, IAppPolicy? policy = null)
    {
        var context = new LoadContext(symbols, KnownFacts.From(reference, policy ?? NoAppPolicy.Instance), reference, tuning, normal ?? NothingNormal.Instance);
        var analytics = new List<Analytic>();
        var diagnostics = new List<Diagnostic>();
        var rules = new RuleBook(reference.Attack);
        foreach (var source in sources.OrderBy(source => source.Path, StringComparer.Ordinal))
        {
            var file = new Mistakes(source.Path);
            var documents = YamlReading.Parse(source.Text, file);
            for (var i = 0; i < documents.Count; i++)
            {
                if (SigmaRule.Of(documents[i].Node, source.Path, i) is { } rule)
                {
                    rules.Add(rule);
                    continue;
                }
                var mistakes = new Mistakes(source.Path, documents[i].Node);
                var analytic = AnalyticReading.Read(new YamlMap(documents[i].Node, mistakes), context, mistakes);
                Take(PlaybookChecks.Attach(analytic, source, diagnostics), mistakes, analytics);
                diagnostics.AddRange(mistakes.All);
            }
            diagnostics.AddRange(file.All);
        }
        foreach (var translated in rules.Translate((top, mistakes) => AnalyticReading.Read(top, context, mistakes)).Where(item => item.Rule.StandsAlone))
            Take(translated.Analytic, translated.Rule.Mistakes, analytics);
        diagnostics.AddRange(rules.Documents.SelectMany(rule => rule.Mistakes.All));
        return new AnalyticSet([.. analytics.OrderBy(item => item.Uid, StringComparer.Ordinal)], [.. diagnostics.Distinct().Order()]);
    }

    private static void Take(Analytic? analytic, Mistakes mistakes, List<Analytic> analytics)
    {
        if (analytic is null) return;
        if (analytics.Any(other => other.Uid == analytic.Uid))
            mistakes.Add(Rules.DuplicateName, new YamlPlace(mistakes.File, 1, 1), $"`{analytic.Uid}` is the uid of another analytic too.");
        if (!mistakes.HasErrors) analytics.Add(analytic);
    }
}

/// <summary>What reading an analytic needs beside its text.</summary>
internal sealed record LoadContext(SymbolTable Symbols, Facts Facts, ReferenceData Reference, ITuning Tuning, INormal Normal);

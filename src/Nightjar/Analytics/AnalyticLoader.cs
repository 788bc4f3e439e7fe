using Nightjar.Analytics.Reading;
using Nightjar.Analytics.Tuning;
using Nightjar.Analytics.Where;
using Nightjar.Events;
using Nightjar.Knowledge;

namespace Nightjar.Analytics;

/// <summary>The text of an analytic and the name it is known by.</summary>
/// <param name="Path">With forward slashes, for example <c>android/ingress-tool-transfer/analytic.yml</c>.</param>
/// <param name="Text">Its content.</param>
public sealed record AnalyticSource(string Path, string Text);

/// <summary>What came of loading: those analytics that have no error, and every mistake of all of them.</summary>
public sealed record AnalyticSet(IReadOnlyList<Analytic> Analytics, IReadOnlyList<Diagnostic> Diagnostics)
{
    public bool HasErrors => Diagnostics.Any(item => item.Severity == DiagnosticSeverity.Error);
}

/// <summary>Reads, checks and compiles analytics, and reports all mistakes at once.</summary>
public static class AnalyticLoader
{
    /// <summary>Loads a set. Order of the sources does not matter; the result is in order of uid.</summary>
    /// <param name="sources">The files.</param>
    /// <param name="symbols">The table in which the events to be judged are interned.</param>
    /// <param name="reference">The facts that analytics ask for.</param>
    /// <param name="tuning">The values that somebody set.</param>
    /// <param name="normal">What is normal for apps; null when nothing is known of it.</param>
    public static AnalyticSet Load(IEnumerable<AnalyticSource> sources, SymbolTable symbols, ReferenceData reference, ITuning tuning, INormal? normal = null)
    {
        var facts = KnownFacts.From(reference);
        var analytics = new List<Analytic>();
        var diagnostics = new List<Diagnostic>();
        foreach (var source in sources.OrderBy(source => source.Path, StringComparer.Ordinal))
        {
            var mistakes = new Mistakes(source.Path);
            var analytic = AnalyticReading.Read(source, new LoadContext(symbols, facts, reference, tuning, normal ?? NothingNormal.Instance), mistakes);
            if (analytic is not null && analytics.Any(other => other.Uid == analytic.Uid))
                mistakes.Add(Rules.DuplicateName, new YamlPlace(source.Path, 1, 1), $"`{analytic.Uid}` is the uid of another analytic too.");
            if (analytic is not null && !mistakes.HasErrors) analytics.Add(analytic);
            diagnostics.AddRange(mistakes.All);
        }
        return new AnalyticSet([.. analytics.OrderBy(item => item.Uid, StringComparer.Ordinal)], [.. diagnostics.Order()]);
    }
}

/// <summary>What reading an analytic needs beside its text.</summary>
internal sealed record LoadContext(SymbolTable Symbols, Facts Facts, ReferenceData Reference, ITuning Tuning, INormal Normal);

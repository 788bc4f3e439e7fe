using System.Globalization;
using Nightjar.Analytics;
using Nightjar.Analytics.Tuning;

namespace Nightjar.Calibration;

/// <summary>An analytic with one tunable set otherwise.</summary>
/// <param name="Analytic">Uid of the analytic.</param>
/// <param name="Tunable">Name of the tunable; empty for the analytic as it is in force.</param>
/// <param name="Value">The value; null for the analytic as it is in force.</param>
internal sealed record Variant(string Analytic, string Tunable, TunableValue? Value);

/// <summary>A variant ready to be run, or the reason why it cannot be.</summary>
internal sealed record CompiledVariant(Variant Variant, Analytic? Analytic, string Refusal);

/// <summary>Compiles variants: many at once, one of each analytic.</summary>
internal sealed class VariantCompiler(IReadOnlyList<Analytic> inForce, Func<ITuning, AnalyticSet> compile)
{
    /// <summary>Every variant with a uid of its own, so that what it finds can be told apart.</summary>
    public IReadOnlyList<CompiledVariant> Compile(IReadOnlyList<Variant> variants)
    {
        var waiting = variants.GroupBy(variant => variant.Analytic, StringComparer.Ordinal).Select(group => new Queue<Variant>(group)).ToList();
        var done = new List<CompiledVariant>();
        while (waiting.Exists(queue => queue.Count > 0))
        {
            List<Variant> round = [.. waiting.Where(queue => queue.Count > 0).Select(queue => queue.Dequeue())];
            var set = compile(new Overlay(inForce, round));
            done.AddRange(round.Select(variant => Of(variant, set)));
        }
        return [.. done.Select((item, index) => item with { Analytic = item.Analytic is { } analytic ? analytic with { Uid = UidOf(index) } : null })];
    }

    /// <summary>The uid by which the variant at a place is run.</summary>
    public static string UidOf(int index) => index.ToString(CultureInfo.InvariantCulture);

    private CompiledVariant Of(Variant variant, AnalyticSet set)
    {
        if (set.Analytics.FirstOrDefault(item => item.Uid == variant.Analytic) is { } analytic) return new CompiledVariant(variant, analytic, "");
        var file = inForce.First(item => item.Uid == variant.Analytic).File;
        var mistake = set.Diagnostics.FirstOrDefault(item => item.File == file && item.Severity == Knowledge.DiagnosticSeverity.Error);
        return new CompiledVariant(variant, null, mistake?.Reason ?? "The analytic is refused with this value.");
    }

    /// <summary>What is in force, and over it one value of each analytic.</summary>
    private sealed class Overlay(IReadOnlyList<Analytic> inForce, IReadOnlyList<Variant> round) : ITuning
    {
        public TunableSetting? Find(string analytic, string name)
        {
            if (round.FirstOrDefault(item => item.Analytic == analytic && item.Tunable == name) is { Value: { } value }) return new TunableSetting([value.ToString()], "thresholds");
            var tunable = inForce.FirstOrDefault(item => item.Uid == analytic)?.Tunables.FirstOrDefault(item => item.Name == name);
            return tunable is null || tunable.Value == tunable.Default ? null : new TunableSetting(Texts(tunable.Value), tunable.Origin);
        }

        private static IReadOnlyList<string> Texts(TunableValue value) => value.Kind.IsSet() ? value.Items : [value.ToString()];
    }
}

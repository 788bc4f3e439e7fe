using Nightjar.Analytics;
using Nightjar.Analytics.Translation;

namespace Nightjar.Cli.Terminal;

/// <summary>Says which analytics plain Sigma can say too.</summary>
internal static class PortabilityText
{
    public static void Write(IReadOnlyList<AnalyticSource> sources, TextWriter to)
    {
        foreach (var result in sources.SelectMany(SigmaExport.Export))
        {
            to.WriteLine(result.IsPortable
                ? $"{result.Uid}: portable to plain Sigma as {result.Type}"
                : $"{result.Uid}: not portable to plain Sigma: {string.Join("; ", result.Reasons)}");
        }
    }

    /// <summary>One sentence; empty when there are only rules of Sigma.</summary>
    public static string Summary(IReadOnlyList<AnalyticSource> sources)
    {
        SigmaExportResult[] all = [.. sources.SelectMany(SigmaExport.Export)];
        return all.Length == 0 ? "" : $"Portable to plain Sigma: {all.Count(item => item.IsPortable)} of {all.Length} (--portable says why).";
    }
}

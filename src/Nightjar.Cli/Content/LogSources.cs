using Nightjar.Analytics.Mapping;
using Nightjar.Events;
using Nightjar.Sources;

namespace Nightjar.Cli.Content;

/// <summary>What the readers give, in ATT&amp;CK's words.</summary>
internal static class LogSources
{
    // No class has more activities than this, but for "other".
    private const int MostActivities = 16;

    /// <summary>Each format's log sources with all that its events can fill.</summary>
    public static IEnumerable<SuppliedLogSource> Supplied(IEnumerable<SourceFormat> formats) =>
        formats.SelectMany(format => format.LogNames, (format, name) => new SuppliedLogSource(name, Components(format)));

    private static DataComponents Components(SourceFormat format) => format.Yields
        .SelectMany(_ => Enumerable.Range(0, MostActivities), EventClasses.Components).Aggregate(DataComponents.None, (all, some) => all | some);
}

using Nightjar.Knowledge;
using Nightjar.Sinks.Formats;

namespace Nightjar.Cli.Commands;

/// <summary>The names of formats on the command line.</summary>
internal static class FormatOption
{
    private const string LongNameOfCim = "splunk-cim";

    /// <summary>The names, for people.</summary>
    public static string Known { get; } = string.Join(", ", FormatCatalog.All.Select(format => format.Id));

    /// <exception cref="UsageException">There is no format of this name.</exception>
    public static IFindingFormat Read(string name)
    {
        if (FormatCatalog.Find(name == LongNameOfCim ? "cim" : name) is { } format) return format;
        var hint = Nearest.Hint(name, FormatCatalog.All.Select(item => item.Id));
        throw new UsageException($"`{name}` is no format. {hint}{(hint.Length > 0 ? " " : "")}Known: {Known}.");
    }
}

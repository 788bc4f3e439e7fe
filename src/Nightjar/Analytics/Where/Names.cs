using Nightjar.Analytics.Plan;
using Nightjar.Analytics.Tuning;
using Nightjar.Events;

namespace Nightjar.Analytics.Where;

/// <summary>What the names in an expression mean at the place where it stands.</summary>
/// <param name="Symbols">Where texts are interned.</param>
/// <param name="Facts">What is known of texts.</param>
/// <param name="Normal">What is normal for apps.</param>
/// <param name="Tunables">The analytic's tunables.</param>
/// <param name="Stages">Ids of all stages.</param>
/// <param name="Reachable">True for stages whose event the expression may look at.</param>
internal sealed record Names(
    SymbolTable Symbols, Facts Facts, INormal Normal, IReadOnlyList<Tunable> Tunables, IReadOnlyList<string> Stages, Func<int, bool> Reachable)
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>Tunables that expressions named.</summary>
    public IReadOnlySet<string> Used => _used;

    public Tunable? Tunable(string name)
    {
        var found = Tunables.FirstOrDefault(tunable => tunable.Name == name);
        if (found is not null) _used.Add(name);
        return found;
    }

    /// <summary>The texts of a tunable for Sigma's <c>expand</c>; null when there is no such tunable.</summary>
    public IReadOnlyList<string>? Expand(string name) =>
        Tunable(name) is { } tunable ? tunable.Kind.IsSet() ? tunable.Value.Items : [tunable.Value.ToString()] : null;

    /// <summary>The same names at a place that may look at other stages.</summary>
    public Names At(Func<int, bool> reachable)
    {
        var other = this with { Reachable = reachable };
        return other;
    }

    /// <summary>A text that has a name of its own because several fields may hold it.</summary>
    public static TextNode? Composite(string name, int stage) => name switch
    {
        "destination" => First(stage, [.. FieldCatalog.Destination]),
        "loaded_path" => First(stage, FieldId.ModulePath, FieldId.ModuleArgPath),
        "written_path" => First(stage, FieldId.FileResultPath, FieldId.FilePath),
        "content_type" => First(stage, FieldId.HttpContentType, FieldId.FileMimeType),
        "app" => First(stage, FieldId.AppUid),
        _ => null,
    };

    /// <summary>Names of <see cref="Composite"/>.</summary>
    public static IReadOnlyList<string> Composites { get; } = ["destination", "loaded_path", "written_path", "content_type", "app"];

    private static TextNode First(int stage, params FieldId[] fields) =>
        fields.Length == 1 ? new FieldText(fields[0], stage) : new FirstText([.. fields.Select(field => new FieldText(field, stage))]);
}

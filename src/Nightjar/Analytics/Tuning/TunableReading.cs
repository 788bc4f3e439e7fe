using Nightjar.Analytics.Reading;
using YamlDotNet.RepresentationModel;

namespace Nightjar.Analytics.Tuning;

/// <summary>Reads the <c>tunables</c> of an analytic and lays the values that somebody set over the defaults.</summary>
internal static class TunableReading
{
    public static List<Tunable> Read(YamlMap? map, string analytic, ITuning tuning, Mistakes mistakes)
    {
        var result = new List<Tunable>();
        foreach (var (name, node) in map?.Entries ?? [])
        {
            if (node is not YamlMappingNode body)
            {
                mistakes.Add(Rules.BadTunable, node, $"`{name}` must be a map with type, default and description.");
                continue;
            }
            if (One(name, new YamlMap(body, mistakes), analytic, tuning, mistakes) is { } tunable) result.Add(tunable);
        }
        return result;
    }

    private static Tunable? One(string name, YamlMap map, string analytic, ITuning tuning, Mistakes mistakes)
    {
        var typeName = map.RequireText("type");
        var description = map.RequireText("description");
        var texts = map.Get("default") is null ? [] : map.Texts("default");
        var low = map.Text("min");
        var high = map.Text("max");
        map.Require("default");
        map.Close();
        if (TunableKinds.Parse(typeName) is not { } kind)
        {
            mistakes.Add(Rules.BadTunable, map.Node, $"`{typeName}` is no type of tunable.", Nearest.Hint(typeName, TunableKinds.All));
            return null;
        }
        if (TunableValue.Parse(kind, texts, out var reason) is not { } value)
        {
            mistakes.Add(Rules.BadTunable, map.Node, $"The default of `{name}` is wrong. {reason}");
            return null;
        }
        var tunable = new Tunable(name, kind, value, value, "default", Limit(kind, low), Limit(kind, high), description);
        if (!tunable.Allows(value)) mistakes.Add(Rules.TunableRange, map.Node, $"The default of `{name}` lies outside its range.");
        return Set(tunable, analytic, tuning, map, mistakes);
    }

    private static Tunable Set(Tunable tunable, string analytic, ITuning tuning, YamlMap map, Mistakes mistakes)
    {
        if (tuning.Find(analytic, tunable.Name) is not { } setting) return tunable;
        var value = TunableValue.Parse(tunable.Kind, setting.Texts, out var reason);
        if (value is not null && tunable.Allows(value)) return tunable with { Value = value, Origin = setting.Origin };
        mistakes.Add(Rules.TunableRange, map.Node, $"{setting.Origin} sets `{tunable.Name}` to a value that cannot be used. {reason}");
        return tunable;
    }

    private static double? Limit(TunableKind kind, string? text) =>
        text is null ? null : TunableValue.Parse(kind, [text], out _)?.Number ?? Quantity.Number(text);
}

/// <summary>Says which tunables somebody has set.</summary>
public interface ITuning
{
    /// <summary>The setting for a tunable of an analytic; null when nobody set it.</summary>
    TunableSetting? Find(string analytic, string name);
}

/// <summary>A value that somebody set.</summary>
/// <param name="Texts">As written.</param>
/// <param name="Origin">Who or what set it, for the finding.</param>
public sealed record TunableSetting(IReadOnlyList<string> Texts, string Origin);

/// <summary>Nothing is set; every tunable has its default.</summary>
public sealed class DefaultTuning : ITuning
{
    public static DefaultTuning Instance { get; } = new();

    public TunableSetting? Find(string analytic, string name) => null;
}

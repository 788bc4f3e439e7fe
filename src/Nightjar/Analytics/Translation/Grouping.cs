using Nightjar.Analytics.Reading;
using Nightjar.Events;
using YamlDotNet.RepresentationModel;

namespace Nightjar.Analytics.Translation;

/// <summary>What <c>group-by</c> becomes: the key of the analytic, and values that the events of a match share.</summary>
internal sealed class Grouping
{
    private readonly Correlation _correlation;
    private readonly List<YamlNode> _members = [];
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    private Grouping(Correlation correlation) => _correlation = correlation;

    public bool IsPerApp { get; private set; }

    /// <summary>The values; null when there are none beside device and app.</summary>
    public YamlNode? Members => _members.Count == 0 ? null : YamlTree.List(_members);

    public YamlNode Key => YamlTree.Texts(IsPerApp ? ["device", "app"] : ["device"]);

    public static Grouping Of(Correlation correlation, IReadOnlyList<CorrelationStep> steps)
    {
        var grouping = new Grouping(correlation);
        var hasDevice = false;
        foreach (var name in correlation.GroupBy)
        {
            var fields = steps.Select(step => grouping.Field(name, step)).ToArray();
            if (fields.Any(field => field is null)) continue;
            if (Array.TrueForAll(fields, field => field == "device.uid")) hasDevice = true;
            else if (Array.TrueForAll(fields, field => FieldCatalog.Find(field!)?.Id == FieldId.AppUid)) grouping.IsPerApp = true;
            else grouping._members.Add(grouping.Member(name, fields!, steps));
        }
        if (hasDevice || !correlation.Rule.StandsAlone) return grouping;
        correlation.Rule.Mistakes.Add(Rules.PerDevice, grouping.At(null), "`group-by` does not name `device.uid`.", "Add `device.uid` to say so; what happens on several devices together is not seen.");
        return grouping;
    }

    /// <summary>Expressions by which one stage is of the group of another, inside a correlation of theirs.</summary>
    public static IEnumerable<string> Joins(Correlation inner, CorrelationStep step, CorrelationStep with)
    {
        var grouping = new Grouping(inner);
        foreach (var name in inner.GroupBy)
        {
            if (grouping.Field(name, step) is { } own && own != "device.uid" && grouping.Field(name, with) is { } other) yield return $"{own} == {with.Id}.{other}";
        }
    }

    // The field of a stage for a name of `group-by`; null, and a mistake, when an alias says nothing of it.
    private string? Field(string name, CorrelationStep step)
    {
        if (!_correlation.Aliases.TryGetValue(name, out var alias)) return Known(SigmaTerms.Path(name) ?? name, name);
        var named = step.Owners.SelectMany(owner => alias.Where(pair => owner.IsCalled(pair.Key))).Select(pair => SigmaTerms.Path(pair.Value) ?? pair.Value).Distinct(StringComparer.Ordinal).ToArray();
        if (named.Length == 1) return Known(named[0], name);
        var reason = named.Length == 0 ? $"The alias `{name}` names no field for `{step.Owners[0].Label}`." : $"The alias `{name}` names several fields for events that are counted together.";
        _correlation.Rule.Mistakes.Add(Rules.NotCarried, _correlation.Rule.Node.Get("correlation"), reason, "Give one field for each rule.");
        return null;
    }

    private string? Known(string field, string name)
    {
        if (FieldCatalog.Find(field) is not null) return field;
        if (At(name) is var at && _told.Add(field))
            _correlation.Rule.Mistakes.Add(Rules.UnknownField, at, $"`{field}` is no field.", Nearest.Hint(field, FieldCatalog.All.Select(info => info.Path)));
        return null;
    }

    // Where a name of `group-by` stands; the whole of it for none.
    private YamlNode At(string? name)
    {
        var map = _correlation.Rule.Node.Get("correlation") as YamlMappingNode ?? _correlation.Rule.Node;
        var groups = map.Get("group-by");
        return (groups as YamlSequenceNode)?.Children.FirstOrDefault(item => name is not null && (item as YamlScalarNode)?.Value == name) ?? groups ?? map;
    }

    private YamlNode Member(string name, string[] fields, IReadOnlyList<CorrelationStep> steps)
    {
        if (fields.Distinct(StringComparer.Ordinal).Count() == 1) return At(name) is YamlScalarNode { Value: { } text } at && text == fields[0] ? at : YamlTree.Text(fields[0]);
        var of = new YamlMappingNode();
        for (var i = 0; i < fields.Length; i++) of.Add(steps[i].Id, YamlTree.Text(fields[i]));
        return YamlTree.Map(("name", YamlTree.Text(name)), ("of", of));
    }
}

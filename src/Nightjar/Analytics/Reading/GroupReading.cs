using Nightjar.Analytics.Plan;
using Nightjar.Analytics.Where;
using YamlDotNet.RepresentationModel;

namespace Nightjar.Analytics.Reading;

/// <summary>Reads the <c>group</c> of an analytic: values that all events of a match have in common.</summary>
internal sealed class GroupReading(Names names, IReadOnlyList<StageReading.Draft> drafts, Mistakes mistakes)
{
    private const int Most = 8;

    private readonly List<Member> _members = [];

    /// <summary>One value: its field by index of stage, null where the stage has no part in it.</summary>
    private sealed record Member(string Name, string?[] Fields, YamlNode At);

    public static GroupReading Of(YamlMap analytic, Names names, IReadOnlyList<StageReading.Draft> drafts, Mistakes mistakes)
    {
        var group = new GroupReading(names, drafts, mistakes);
        group.Read(analytic);
        return group;
    }

    private void Read(YamlMap analytic)
    {
        foreach (var item in analytic.List("group"))
        {
            if (item is YamlMappingNode map) _members.Add(ByStage(new YamlMap(map, mistakes)));
            else if (item is YamlScalarNode { Value: { Length: > 0 } field }) _members.Add(new Member(field, [.. drafts.Select(_ => field)], item));
            else mistakes.Add(Rules.WrongShape, item, "A value of `group` is a field, or a map of `name` and `of`.");
        }
        if (_members.Count <= Most) return;
        mistakes.Add(Rules.BadValue, analytic.Get("group"), $"`group` has {_members.Count} values.", $"The limit is {Most}.");
        _members.Clear();
    }

    /// <summary>What membership of a group asks of an event of a stage: that it has the values, and shares them with the stages before.</summary>
    public IEnumerable<StagePart> Parts(int stage)
    {
        foreach (var member in _members)
        {
            if (Value(member, stage, -1) is not { } own) continue;
            var nodes = new List<TruthNode> { new ValuePresent(own) };
            for (var other = 0; other < stage; other++)
            {
                if (Value(member, other, other) is { } theirs) nodes.Add(new SameValue(own, theirs));
            }
            yield return new StagePart(StagePartKind.Group, $"the same {member.Name}", AllOf.Of([.. nodes]));
        }
    }

    public bool IsEmpty => _members.Count == 0;

    /// <summary>Whether an event of a stage is of the group of the event that stands for another; null when nothing is grouped.</summary>
    public TruthNode? Same(int stage, int other)
    {
        TruthNode[] nodes = [.. Pairs(stage, other)];
        return nodes.Length == 0 ? null : AllOf.Of(nodes);
    }

    private IEnumerable<TruthNode> Pairs(int stage, int other)
    {
        foreach (var member in _members)
        {
            if (Value(member, stage, -1) is { } own && Value(member, other, other) is { } chosen) yield return new SameValue(own, chosen);
        }
    }

    private Member ByStage(YamlMap map)
    {
        var fields = new string?[drafts.Count];
        foreach (var (stage, node) in map.Map("of")?.Entries ?? [])
        {
            var index = drafts.ToList().FindIndex(draft => draft.Id == stage);
            if (index < 0) mistakes.Add(Rules.UnknownStage, node, $"`{stage}` is no stage.", Nearest.Hint(stage, names.Stages));
            else if (node is YamlScalarNode { Value: { Length: > 0 } field }) fields[index] = field;
            else mistakes.Add(Rules.WrongShape, node, $"`{stage}` must be a field.");
        }
        if (map.Get("of") is null) map.Require("of");
        var member = new Member(map.RequireText("name"), fields, map.Node);
        map.Close();
        return member;
    }

    // From −1 the event itself, else the event of the stage.
    private ValueNode? Value(Member member, int stage, int from)
    {
        if (member.Fields[stage] is not { } field) return null;
        var binder = new Binder(names.At(_ => true), mistakes.Place(member.At), from < 0 ? mistakes : new Mistakes(mistakes.File));
        return binder.Value(new NameExpression(0, from < 0 ? field : $"{drafts[from].Id}.{field}"));
    }
}

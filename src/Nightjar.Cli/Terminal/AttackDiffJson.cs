using System.Text.Json.Nodes;
using Nightjar.Analytics.Mapping;
using Nightjar.Knowledge;
using Nightjar.Knowledge.Releases;

namespace Nightjar.Cli.Terminal;

/// <summary>A difference between two releases for machines.</summary>
internal static class AttackDiffJson
{
    public static JsonObject Of(ReleaseDifference difference, IReadOnlyList<AttackConsequence> consequences) => new()
    {
        ["before"] = difference.Before,
        ["after"] = difference.After,
        ["summary"] = AttackJson.Array(difference.Summary.Select(Summary)),
        ["consequences"] = AttackJson.Array(consequences.Select(Consequence)),
        ["objects"] = AttackJson.Array(difference.Objects.Select(Object)),
    };

    private static JsonObject Summary(KindSummary kind) => new()
    {
        ["kind"] = kind.Kind.Key(), ["before"] = kind.Before, ["after"] = kind.After, ["added"] = kind.Added, ["removed"] = kind.Removed, ["revoked"] = kind.Revoked,
        ["deprecated"] = kind.Deprecated, ["renamed"] = kind.Renamed, ["versions"] = kind.Versions, ["changed"] = kind.Changed, ["text_only"] = kind.TextOnly, ["same"] = kind.Same,
    };

    private static JsonObject Consequence(AttackConsequence item) => new()
    {
        ["analytic"] = item.Analytic, ["object"] = item.Object, ["needs_work"] = item.NeedsWork, ["meaning"] = item.Meaning, ["subjects"] = AttackJson.Texts(item.Subjects),
    };

    private static JsonObject Object(ObjectDifference item) => new()
    {
        ["kind"] = item.Object.Kind().Key(),
        ["id"] = item.Object.Id,
        ["name"] = item.Object.Name,
        ["changes"] = AttackJson.Array(item.Changes.Select(change => new JsonObject { ["what"] = change.What, ["before"] = change.Before, ["after"] = change.After })),
    };
}

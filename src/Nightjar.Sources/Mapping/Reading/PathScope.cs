using Nightjar.Knowledge;
using Nightjar.Sources.Mapping.Plan;
using Nightjar.Sources.Mapping.Records;

namespace Nightjar.Sources.Mapping.Reading;

/// <summary>Turns the paths that an author writes into places of values. Paths of an item are there inside of for-each only.</summary>
internal sealed class PathScope(Layout layout, bool hasOuter, PathTable record, PathTable outer, PathTable? item, AuthorMistakes mistakes)
{
    private const string Outer = "^.";
    private const string Item = "item";

    /// <summary>The same with the paths of an item.</summary>
    public PathScope With(PathTable items) => new(layout, hasOuter, record, outer, items, mistakes);

    /// <summary>Asks for the items of the list at a slot; false where there can be no list.</summary>
    public bool MarkList(int slot)
    {
        if (layout != Layout.Json) return false;
        record.MarkList(slot);
        return true;
    }

    /// <summary>The place of a path; null, and reported, when it cannot be one.</summary>
    public ValuePath? Find(YamlScalar text)
    {
        var path = text.Text.Trim();
        if (layout == Layout.Json && path.StartsWith(Outer, StringComparison.Ordinal)) return InOuter(text, path[Outer.Length..]);
        if (layout == Layout.Json && (path == Item || path.StartsWith(Item + ".", StringComparison.Ordinal)) && item is not null)
            return new ValuePath(Scope.Item, item.Add(path.Length > Item.Length ? path[(Item.Length + 1)..] : ""));
        if (path.StartsWith(Item + ".", StringComparison.Ordinal) && layout == Layout.Json)
            mistakes.Add(MappingRules.BadPath, text, $"`{YamlText.Excerpt(path)}` speaks of an item, but the event has no for-each.", "Add for-each: with the path of the list.");
        if (IsPath(path)) return new ValuePath(Scope.Record, record.Add(path));
        mistakes.Add(MappingRules.BadPath, text, $"`{YamlText.Excerpt(path)}` is no path.", "Write names with dots between, such as device.id.");
        return null;
    }

    private ValuePath? InOuter(YamlScalar text, string path)
    {
        if (hasOuter && IsPath(path)) return new ValuePath(Scope.Outer, outer.Add(path));
        mistakes.Add(MappingRules.BadPath, text, $"`{YamlText.Excerpt(text.Text)}` speaks of the object around the records, and there is none.", "Say under records: where they stand, such as value[].");
        return null;
    }

    private bool IsPath(string path) => layout != Layout.Json ? path.Length > 0 : path.Length is > 0 and < 500 && path.Split('.').All(part => part.Length > 0 && part != "[]");
}

using Nightjar.Analytics.Reading;
using Nightjar.Events;
using YamlDotNet.RepresentationModel;

namespace Nightjar.Analytics.Sigma;

/// <summary>A field name with its modifiers, <c>file.path|contains|all</c>, taken apart and checked.</summary>
internal sealed record SigmaModifiers
{
    /// <summary>All modifiers.</summary>
    public static readonly string[] Known =
    [
        "contains", "startswith", "endswith", "all", "re", "i", "m", "s", "cidr", "lt", "lte", "gt", "gte", "neq", "exists", "fieldref",
        "base64", "base64offset", "wide", "utf16", "utf16le", "utf16be", "windash", "expand", "cased",
        "minute", "hour", "day", "week", "month", "year",
    ];

    public required IReadOnlyList<string> Names { get; init; }

    public required FieldInfo Field { get; init; }

    public bool Has(string name) => Names.Contains(name, StringComparer.Ordinal);

    public bool Contains => Has("contains") || Has("base64offset");

    public bool IsComparison => Has("lt") || Has("lte") || Has("gt") || Has("gte");

    public string? TimePart => Names.FirstOrDefault(name => name is "minute" or "hour" or "day" or "week" or "month" or "year");

    /// <summary>Null, and a mistake, when the field or a modifier is unknown or they do not fit.</summary>
    public static SigmaModifiers? Parse(string key, YamlNode at, Mistakes mistakes)
    {
        var parts = key.Split('|');
        var field = FieldCatalog.Find(parts[0]);
        var names = parts[1..];
        var known = true;
        if (field is null)
        {
            mistakes.Add(Rules.UnknownField, at, $"`{parts[0]}` is no field.", Nearest.Hint(parts[0], FieldCatalog.All.Select(info => info.Path)));
            known = false;
        }
        foreach (var name in names.Where(name => !Known.Contains(name, StringComparer.Ordinal)))
        {
            mistakes.Add(Rules.UnknownModifier, at, $"`{name}` is no modifier of Sigma 2.1.", Nearest.Hint(name, Known));
            known = false;
        }
        if (!known) return null;
        var result = new SigmaModifiers { Field = field!, Names = names };
        return result.Fits(at, mistakes) ? result : null;
    }

    private bool Fits(YamlNode at, Mistakes mistakes)
    {
        var number = Field.Kind is FieldKind.Integer or FieldKind.Number;
        if (IsComparison && !number) return Refuse($"`{Field.Path}` is no number, so it cannot be compared by size.");
        if ((Contains || Has("startswith") || Has("endswith") || Has("re") || Has("cidr")) && Field.Kind is FieldKind.Number or FieldKind.Flag)
            return Refuse($"`{Field.Path}` is no text.");
        if (Names.Count(name => name is "contains" or "startswith" or "endswith" or "re" or "cidr" or "exists" or "fieldref" or "lt" or "lte" or "gt" or "gte") > 1)
            return Refuse("Only one of contains, startswith, endswith, re, cidr, exists, fieldref, lt, lte, gt and gte can be used at a time.");
        if (TimePart is not null && Field.Id is not (FieldId.Time or FieldId.EndTime)) return Refuse($"`{Field.Path}` is no time.");
        if (Names.Any(name => name is "i" or "m" or "s") && !Has("re")) return Refuse("`i`, `m` and `s` belong to `re`.");
        return true;

        bool Refuse(string reason)
        {
            mistakes.Add(Rules.ModifierMisuse, at, reason);
            return false;
        }
    }
}

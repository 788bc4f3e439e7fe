using Nightjar.Analytics.Reading;
using Nightjar.Events;
using YamlDotNet.RepresentationModel;

namespace Nightjar.Analytics.Sigma;

/// <summary>A field name with its modifiers, <c>file.path|contains|all</c>, taken apart and checked.</summary>
internal sealed record SigmaModifiers
{
    /// <summary>The modifiers of Sigma 2.1.</summary>
    public static readonly string[] Known =
    [
        "contains", "startswith", "endswith", "all", "re", "i", "m", "s", "cidr", "lt", "lte", "gt", "gte", "neq", "exists", "fieldref",
        "base64", "base64offset", "wide", "utf16", "utf16le", "utf16be", "windash", "expand", "cased",
        "minute", "hour", "day", "week", "month", "year",
    ];

    // Each alone says how a value is compared.
    private static readonly string[] Comparisons = ["contains", "startswith", "endswith", "re", "cidr", "exists", "lt", "lte", "gt", "gte"];

    private static readonly string[] OfKeywords = ["all", "contains", "re", "i", "m", "s", "cased", "base64", "base64offset", "wide", "utf16", "utf16le", "utf16be", "windash", "expand"];

    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>The field; null for keywords, which are looked for in the whole event.</summary>
    public required FieldInfo? Field { get; init; }

    public bool Has(string name) => Names.Contains(name, StringComparer.Ordinal);

    public bool Contains => Field is null || Has("contains") || Has("base64offset");

    public bool IsComparison => Has("lt") || Has("lte") || Has("gt") || Has("gte");

    public bool IsBase64 => Has("base64") || Has("base64offset");

    /// <summary>The name of the encoding; null when the text is taken as it is.</summary>
    public string? Encoding => Names.FirstOrDefault(name => name is "wide" or "utf16" or "utf16le" or "utf16be");

    private bool IsOfText => Has("re") || Has("cidr") || Has("windash") || IsBase64 || Encoding is not null;

    public string? TimePart => Names.FirstOrDefault(name => name is "minute" or "hour" or "day" or "week" or "month" or "year");

    /// <summary>Null, and a mistake, when the field or a modifier is unknown or they do not fit.</summary>
    public static SigmaModifiers? Parse(string key, YamlNode at, Mistakes mistakes)
    {
        var parts = key.Split('|');
        var isKeyword = parts[0].Length == 0;
        var field = isKeyword ? null : FieldCatalog.Find(parts[0]);
        var names = parts[1..];
        var known = true;
        if (field is null && !isKeyword)
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
        var result = new SigmaModifiers { Field = field, Names = names };
        if (result.Misuse() is not { } reason) return result;
        mistakes.Add(Rules.ModifierMisuse, at, reason);
        return null;
    }

    private string? Misuse()
    {
        if (Field is null && Names.FirstOrDefault(name => !OfKeywords.Contains(name, StringComparer.Ordinal)) is { } barred) return $"`{barred}` cannot be used with keywords.";
        if (Names.Any(name => name is "i" or "m" or "s") && !Has("re")) return "`i`, `m` and `s` belong to `re`.";
        if (Names.Count(Comparisons.Contains) > 1) return $"Only one of {string.Join(", ", Comparisons)} can be used at a time.";
        if (Encoding is not null && IsBase64 && Names.ToList().IndexOf(Encoding) > Names.ToList().FindIndex(name => name is "base64" or "base64offset"))
            return $"`{Encoding}` must come before base64: modifiers are applied in their order.";
        if ((IsBase64 || Encoding is not null) && (Has("re") || Has("cidr"))) return "An encoding and `re` or `cidr` cannot be used together.";
        return Field is null ? null : Misfit(Field);
    }

    private string? Misfit(FieldInfo field)
    {
        var isNumber = field.Kind is FieldKind.Integer or FieldKind.Number;
        if (TimePart is not null) return field.Id is FieldId.Time or FieldId.EndTime or FieldId.LastUserInteraction ? null : $"`{field.Path}` is no time.";
        if (IsComparison && !isNumber) return $"`{field.Path}` is no number, so it cannot be compared by size.";
        if (Has("fieldref")) return Names.FirstOrDefault(name => name is "re" or "cidr" or "exists" or "lt" or "lte" or "gt" or "gte" or "expand") is { } other ? $"`fieldref` and `{other}` cannot be used together." : null;
        if ((Contains || Has("startswith") || Has("endswith")) && field.Kind == FieldKind.Flag) return $"`{field.Path}` is true or false.";
        return IsOfText && (isNumber || field.Kind == FieldKind.Flag) ? $"`{field.Path}` is no text." : null;
    }
}

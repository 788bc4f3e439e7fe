using System.Globalization;
using System.Text.Json;

namespace Nightjar.Conformance.Ocsf;

/// <summary>Says what of an event is not as the OCSF schema wants it: a sentence each, with the path of the attribute.</summary>
internal sealed class OcsfChecker(OcsfSchema schema)
{
    private readonly List<string> _complaints = [];
    private HashSet<string> _profiles = [];

    /// <summary>All complaints about an event; none when it conforms.</summary>
    public IReadOnlyList<string> Check(JsonElement e)
    {
        _complaints.Clear();
        _profiles = Profiles(e);
        if (!e.TryGetProperty("class_uid", out var uid) || !uid.TryGetInt64(out var number) || !schema.Classes.TryGetValue(number, out var shape))
            return ["class_uid: is missing or no class of the schema"];
        CheckShape(e, shape, "");
        CheckTypeUid(e, number);
        ObservableCheck.Run(e, _complaints);
        return [.. _complaints];
    }

    private static HashSet<string> Profiles(JsonElement e) =>
        e.ValueKind == JsonValueKind.Object && e.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
            && metadata.TryGetProperty("profiles", out var profiles) && profiles.ValueKind == JsonValueKind.Array
            ? [.. profiles.EnumerateArray().Select(item => item.GetString()!)] : [];

    private void CheckShape(JsonElement json, OcsfShape shape, string path)
    {
        // The object named "object" is a bag: unmapped and xattributes.
        if (shape.Attributes.Count == 0) return;
        foreach (var member in json.EnumerateObject()) CheckMember(json, member, shape, Join(path, member.Name));
        foreach (var (name, attribute) in shape.Attributes)
        {
            var applies = attribute.Profiles.Count == 0 || attribute.Profiles.Any(_profiles.Contains);
            if (attribute.IsRequired && applies && !json.TryGetProperty(name, out _)) Complain(Join(path, name), "is required");
        }
        if (shape.AtLeastOne.Count > 0 && !shape.AtLeastOne.Any(name => Has(json, name))) Complain(path, $"needs at least one of {string.Join(", ", shape.AtLeastOne)}");
        if (shape.JustOne.Count > 0 && shape.JustOne.Count(name => Has(json, name)) != 1) Complain(path, $"needs just one of {string.Join(", ", shape.JustOne)}");
    }

    private void CheckMember(JsonElement owner, JsonProperty member, OcsfShape shape, string path)
    {
        if (owner.EnumerateObject().Count(other => other.Name == member.Name) > 1) Complain(path, "stands twice");
        if (!shape.Attributes.TryGetValue(member.Name, out var attribute))
        {
            Complain(path, $"is no attribute of {shape.Name}");
            return;
        }
        if (attribute.Profiles.Count > 0 && !attribute.Profiles.Any(_profiles.Contains))
            Complain(path, $"belongs to profile {string.Join(" or ", attribute.Profiles)}, which metadata.profiles does not name");
        if (attribute.IsDeprecated) Complain(path, "is deprecated");
        if (attribute.IsArray != (member.Value.ValueKind == JsonValueKind.Array)) Complain(path, attribute.IsArray ? "must be an array" : "must be no array");
        else if (attribute.IsArray) CheckItems(owner, member, attribute, path);
        else CheckOne(owner, member.Value, attribute, path);
    }

    private void CheckItems(JsonElement owner, JsonProperty member, OcsfAttribute attribute, string path)
    {
        var i = 0;
        foreach (var item in member.Value.EnumerateArray())
            CheckOne(owner, item, attribute with { Sibling = null }, string.Create(CultureInfo.InvariantCulture, $"{path}[{i++}]"));
    }

    private void CheckOne(JsonElement owner, JsonElement value, OcsfAttribute attribute, string path)
    {
        if (attribute.Type == "object_t")
        {
            if (value.ValueKind != JsonValueKind.Object) Complain(path, "must be an object");
            else if (schema.Objects.TryGetValue(attribute.ObjectType!, out var shape)) CheckShape(value, shape, path);
            else Complain(path, $"is of the object {attribute.ObjectType}, which the schema lacks");
            return;
        }
        CheckScalar(value, attribute.Type, path);
        if (attribute.Captions is null) return;
        var text = value.ToString();
        if (!attribute.Captions.TryGetValue(text, out var caption)) Complain(path, $"is {text}, which its enum lacks");
        else if (attribute.Sibling is not null) CheckSibling(owner, attribute, text, caption, path);
    }

    private void CheckSibling(JsonElement owner, OcsfAttribute attribute, string value, string caption, string path)
    {
        var sibling = owner.TryGetProperty(attribute.Sibling!, out var text) ? text.ToString() : null;
        if (value == "99")
        {
            if (sibling is null) Complain(path, $"is 99 and needs the source's own word in {attribute.Sibling}");
            else if (attribute.Captions!.Values.Contains(sibling)) Complain(path, $"is 99, and {attribute.Sibling} is the caption of another value");
        }
        else if (sibling is not null && sibling != caption)
        {
            Complain(path, $"is {value}, so {attribute.Sibling} must be \"{caption}\"");
        }
    }

    private void CheckScalar(JsonElement value, string typeName, string path)
    {
        for (var name = typeName; name is not null && schema.Types.TryGetValue(name, out var type); name = type.Base)
        {
            if (!IsKind(value, name)) Complain(path, $"is no {name}");
            else if (value.ValueKind == JsonValueKind.String) CheckText(value.GetString()!, name, type, path);
            else if (type.Range is { } range && (value.GetInt64() < range.From || value.GetInt64() > range.To)) Complain(path, $"lies outside {range.From} to {range.To}");
        }
    }

    private void CheckText(string text, string name, OcsfType type, string path)
    {
        if (type.MaxLength is { } length && text.Length > length) Complain(path, $"is longer than {length}");
        if (type.Pattern is { } pattern && !pattern.IsMatch(text)) Complain(path, $"is not of the form of {name}");
    }

    private static bool IsKind(JsonElement value, string type) => type switch
    {
        "string_t" => value.ValueKind == JsonValueKind.String,
        "integer_t" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _),
        "long_t" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "float_t" => value.ValueKind == JsonValueKind.Number,
        "boolean_t" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        // Derived types are judged by the type that they derive from; json_t may be anything.
        _ => true,
    };

    private void CheckTypeUid(JsonElement e, long uid)
    {
        if (!e.TryGetProperty("activity_id", out var activity) || !activity.TryGetInt64(out var number)) return;
        if (!e.TryGetProperty("type_uid", out var type) || !type.TryGetInt64(out var found) || found != uid * 100 + number)
            Complain("type_uid", $"must be {uid * 100 + number}");
    }

    private static bool Has(JsonElement json, string path)
    {
        foreach (var part in path.Split('.'))
        {
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(part, out json)) return false;
        }
        return true;
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private void Complain(string path, string text) => _complaints.Add($"{(path.Length == 0 ? "the event" : path)}: {text}");
}

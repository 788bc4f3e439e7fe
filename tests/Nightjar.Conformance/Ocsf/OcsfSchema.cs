using System.Text.Json;
using System.Text.RegularExpressions;
using Nightjar.Tests.House;

namespace Nightjar.Conformance.Ocsf;

/// <summary>The compiled OCSF schema: classes, objects and types, as its project publishes them.</summary>
internal sealed class OcsfSchema
{
    private OcsfSchema(JsonElement classes, JsonElement objects, JsonElement types)
    {
        Types = types.EnumerateObject().ToDictionary(member => member.Name, member => OcsfType.From(member.Value));
        Objects = objects.EnumerateObject().ToDictionary(member => member.Name, member => OcsfShape.From(member.Value));
        Classes = classes.EnumerateObject().ToDictionary(member => member.Value.GetProperty("uid").GetInt64(), member => OcsfShape.From(member.Value));
    }

    /// <summary>Classes by uid.</summary>
    public IReadOnlyDictionary<long, OcsfShape> Classes { get; }

    /// <summary>Objects by name.</summary>
    public IReadOnlyDictionary<string, OcsfShape> Objects { get; }

    /// <summary>Types by name.</summary>
    public IReadOnlyDictionary<string, OcsfType> Types { get; }

    /// <summary>The schema's folder beside the repository; null when it is not there.</summary>
    public static string? Folder()
    {
        var folder = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "ocsf"));
        return Directory.Exists(folder) ? folder : null;
    }

    /// <summary>Reads the three files.</summary>
    public static OcsfSchema Load(string folder)
    {
        JsonElement Read(string name) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, name + ".json"))).RootElement.GetProperty(name);
        return new OcsfSchema(Read("classes"), Read("objects"), Read("types"));
    }
}

/// <summary>A class or an object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Attributes">Its attributes; none for the free-form object.</param>
/// <param name="AtLeastOne">Attributes of which one must be there; may be paths.</param>
/// <param name="JustOne">Attributes of which exactly one must be there.</param>
internal sealed record OcsfShape(
    string Name, IReadOnlyDictionary<string, OcsfAttribute> Attributes, IReadOnlyList<string> AtLeastOne, IReadOnlyList<string> JustOne)
{
    public static OcsfShape From(JsonElement json) => new(
        json.GetProperty("name").GetString()!,
        json.GetProperty("attributes").EnumerateObject().ToDictionary(member => member.Name, member => OcsfAttribute.From(member.Value)),
        Constraint(json, "at_least_one"),
        Constraint(json, "just_one"));

    private static IReadOnlyList<string> Constraint(JsonElement json, string name) =>
        json.TryGetProperty("constraints", out var constraints) && constraints.TryGetProperty(name, out var list)
            ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : [];
}

/// <summary>An attribute of a class or an object.</summary>
internal sealed record OcsfAttribute(
    string Type, string? ObjectType, bool IsArray, bool IsRequired, bool IsDeprecated, string? Sibling,
    IReadOnlyDictionary<string, string>? Captions, IReadOnlyList<string> Profiles)
{
    public static OcsfAttribute From(JsonElement json) => new(
        json.GetProperty("type").GetString()!,
        Text(json, "object_type"),
        json.TryGetProperty("is_array", out var array) && array.GetBoolean(),
        Text(json, "requirement") == "required",
        json.TryGetProperty("deprecated", out _),
        Text(json, "sibling"),
        json.TryGetProperty("enum", out var values) ? values.EnumerateObject().ToDictionary(item => item.Name, item => item.Value.GetProperty("caption").GetString()!) : null,
        json.TryGetProperty("profiles", out var profiles) && profiles.ValueKind == JsonValueKind.Array ? [.. profiles.EnumerateArray().Select(item => item.GetString()!)] : []);

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;
}

/// <summary>A scalar type with what its values must be.</summary>
internal sealed record OcsfType(string? Base, Regex? Pattern, int? MaxLength, (long From, long To)? Range)
{
    public static OcsfType From(JsonElement json) => new(
        json.TryGetProperty("type", out var type) ? type.GetString() : null,
        json.TryGetProperty("regex", out var regex) ? new Regex(regex.GetString()!, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)) : null,
        json.TryGetProperty("max_len", out var length) ? length.GetInt32() : null,
        json.TryGetProperty("range", out var range) ? (range[0].GetInt64(), range[1].GetInt64()) : null);
}

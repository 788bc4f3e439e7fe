using System.Globalization;
using System.Text.Json;

namespace Nightjar.Conformance.Ocsf;

/// <summary>Observables are an index: each names a path of the event, and its value stands there.</summary>
internal static class ObservableCheck
{
    public static void Run(JsonElement e, List<string> complaints)
    {
        if (!e.TryGetProperty("observables", out var observables) || observables.ValueKind != JsonValueKind.Array) return;
        var i = 0;
        foreach (var item in observables.EnumerateArray())
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"observables[{i++}]");
            if (!item.TryGetProperty("name", out var name) || !item.TryGetProperty("value", out var value)) continue;
            if (!Values(e, name.GetString()!).Contains(value.GetString())) complaints.Add($"{path}: its value does not stand at {name}");
        }
    }

    // Names within data and unmapped may hold dots themselves, so every member that the rest begins with is tried.
    private static IEnumerable<string> Values(JsonElement json, string path)
    {
        if (path.Length == 0) return json.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? [] : [json.ToString()];
        if (path.StartsWith("[]", StringComparison.Ordinal))
            return json.ValueKind == JsonValueKind.Array ? json.EnumerateArray().SelectMany(item => Values(item, path[2..].TrimStart('.'))) : [];
        if (json.ValueKind != JsonValueKind.Object) return [];
        return json.EnumerateObject()
            .Where(member => path.StartsWith(member.Name, StringComparison.Ordinal) && (path.Length == member.Name.Length || path[member.Name.Length] is '.' or '['))
            .SelectMany(member => Values(member.Value, path[member.Name.Length..].TrimStart('.')));
    }
}

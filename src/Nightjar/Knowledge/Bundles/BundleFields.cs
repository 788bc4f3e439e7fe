using System.Text.Json;

namespace Nightjar.Knowledge.Bundles;

/// <summary>Takes fields from a STIX object. The first that is not as it must be is the object's fault; after it all answers are empty or right.</summary>
internal sealed class BundleFields(JsonElement root)
{
    private const int LongestText = 300;
    private const int MostItems = 2000;

    /// <summary>What is wrong; null when nothing is.</summary>
    public string? Fault { get; private set; }

    /// <summary>A text on one line without space around it; empty, and a fault, when it is missing, too long or no text.</summary>
    public string Text(string key) => Text(root, key);

    /// <summary>The same; null when it is missing.</summary>
    public string? Optional(string key) => root.TryGetProperty(key, out _) ? Text(root, key) : null;

    public bool Flag(string key)
    {
        if (!root.TryGetProperty(key, out var value)) return false;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) Blame($"'{key}' is neither true nor false");
        return value.ValueKind == JsonValueKind.True;
    }

    /// <summary>The day of a time; empty, and a fault, when it is none.</summary>
    public string Day(string key)
    {
        var text = Text(key);
        if (text.Length > 10 && text[10] == 'T' && text[4] == '-' && text[7] == '-' && text.AsSpan(0, 10).ToString().Replace("-", "", StringComparison.Ordinal) is { Length: 8 } digits && digits.All(char.IsAsciiDigit))
            return text[..10];
        Blame($"'{key}' is no time");
        return "";
    }

    /// <summary>The texts of a list; none when it is missing.</summary>
    public IReadOnlyList<string> Texts(string key) => [.. Items(key).Select(item => Checked(item, key))];

    /// <summary>The values of a list; none when it is missing.</summary>
    public IReadOnlyList<JsonElement> Items(string key)
    {
        if (!root.TryGetProperty(key, out var array)) return [];
        if (array.ValueKind == JsonValueKind.Array && array.GetArrayLength() <= MostItems) return [.. array.EnumerateArray()];
        Blame($"'{key}' is no list of at most {MostItems}");
        return [];
    }

    /// <summary>A text of a part of the object.</summary>
    public string Text(JsonElement part, string key)
    {
        if (part.ValueKind == JsonValueKind.Object && part.TryGetProperty(key, out var value)) return Checked(value, key);
        Blame($"'{key}' is missing");
        return "";
    }

    public void Blame(string fault) => Fault ??= fault;

    private string Checked(JsonElement value, string key)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            Blame($"'{key}' is no text");
            return "";
        }
        var text = value.GetString()!.Trim();
        if (text.Length is > 0 and <= LongestText && !text.Any(char.IsControl)) return text;
        Blame($"'{key}' is empty, longer than {LongestText} characters or not on one line");
        return "";
    }
}

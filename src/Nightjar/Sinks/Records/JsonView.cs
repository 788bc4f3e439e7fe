using System.Text;
using System.Text.Json;
using Nightjar.Events;

namespace Nightjar.Sinks.Records;

/// <summary>Looks into JSON that may hold anything: what is missing or of the wrong type reads as nothing.</summary>
internal readonly struct JsonView(JsonElement element)
{
    /// <summary>A member; one that is not there has no members, texts or numbers itself.</summary>
    public JsonView this[string name] =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? new JsonView(value) : default;

    /// <summary>The elements of an array; none when it is none.</summary>
    public IEnumerable<JsonView> Items =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().Select(item => new JsonView(item)) : [];

    /// <summary>The members of an object; none when it is none.</summary>
    public IEnumerable<(string Name, JsonView Value)> Members =>
        element.ValueKind == JsonValueKind.Object ? element.EnumerateObject().Select(member => (member.Name, new JsonView(member.Value))) : [];

    public bool IsObject => element.ValueKind == JsonValueKind.Object;

    /// <summary>The text; null when it is none.</summary>
    public string? Text => element.ValueKind == JsonValueKind.String ? element.GetString() : null;

    /// <summary>The whole number; null when it is none.</summary>
    public long? Integer => element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var value) ? value : null;

    /// <summary>The number; null when it is none.</summary>
    public double? Number => element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var value) ? value : null;

    /// <summary>The boolean; null when it is none.</summary>
    public bool? Flag => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>The texts of an array; those of its elements that are none are left out.</summary>
    public string[] Texts => [.. Items.Select(item => item.Text).OfType<string>()];

    /// <summary>An RFC 3339 time; null when it is none.</summary>
    public Instant? Time => Text is { } text && TimeText.TryParse(Encoding.UTF8.GetBytes(text), TimeSpan.Zero, out var time, out _) ? time : null;

    /// <summary>The whole number as an <see cref="int"/>; the fallback when there is none or it is too large.</summary>
    public int Int(int fallback = 0) => Integer is { } value and >= int.MinValue and <= int.MaxValue ? (int)value : fallback;

    /// <summary>A set of data components, written as objects with an <c>uid</c>.</summary>
    public DataComponents Components
    {
        get
        {
            var set = DataComponents.None;
            foreach (var item in Items)
            {
                for (var bit = 0; bit < DataComponentNames.Count; bit++)
                {
                    if (DataComponentNames.Of(bit).Id == item["uid"].Text) set |= (DataComponents)(1 << bit);
                }
            }
            return set;
        }
    }

    /// <summary>Reads one line of JSON. Returns a reason instead of a value when it is no object.</summary>
    public static T? Read<T>(ReadOnlyMemory<byte> line, out string? reason, Func<JsonView, (T?, string?)> read) where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 64 });
            var view = new JsonView(document.RootElement);
            (var value, reason) = view.IsObject ? read(view) : (null, "it is no JSON object");
            return value;
        }
        catch (JsonException)
        {
            reason = "it is no well-formed JSON";
        }
        catch (InvalidOperationException)
        {
            // A text with half of a surrogate pair: well-formed JSON that is no text.
            reason = "it holds a text that is no valid Unicode";
        }
        return null;
    }
}

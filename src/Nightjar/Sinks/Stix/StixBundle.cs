using System.Text.Json;
using System.Text.Json.Nodes;
using Nightjar.Events;

namespace Nightjar.Sinks.Stix;

/// <summary>Collects STIX objects, each id once, in the order in which they were added.</summary>
internal sealed class StixBundle
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<JsonObject> _objects = [];

    /// <summary>Adds an observable whose id comes from a part of its content.</summary>
    public string AddObservable(string type, JsonObject content, JsonObject identity)
    {
        var id = StixIds.OfObservable(type, CanonicalJson.Of(identity));
        Add(new JsonObject { ["type"] = type, ["spec_version"] = "2.1", ["id"] = id }, content);
        return id;
    }

    /// <summary>Adds an object that has been created and may be changed.</summary>
    public string AddObject(string type, string id, Instant created, Instant modified, JsonObject content)
    {
        var head = new JsonObject
        {
            ["type"] = type, ["spec_version"] = "2.1", ["id"] = id,
            ["created"] = created.ToString(), ["modified"] = (modified < created ? created : modified).ToString(),
        };
        Add(head, content);
        return id;
    }

    public void Write(Stream output)
    {
        var ids = string.Join('\n', _objects.Select(item => (string)item["id"]! + (string?)item["modified"]));
        using var json = new Utf8JsonWriter(output, Records.JsonLayout.Page);
        json.WriteStartObject();
        json.WriteString("type", "bundle");
        json.WriteString("id", StixIds.Of("bundle", ids));
        json.WriteStartArray("objects");
        foreach (var item in _objects)
        {
            item.WriteTo(json);
            if (json.BytesPending > 1 << 20) json.Flush();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        output.Write("\n"u8);
    }

    private void Add(JsonObject head, JsonObject content)
    {
        if (!_known.Add((string)head["id"]!)) return;
        foreach (var (key, value) in content) head[key] = value?.DeepClone();
        _objects.Add(head);
    }
}

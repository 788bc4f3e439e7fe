using System.Text.Json;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Records;

namespace Nightjar.Sinks.Ocsf;

/// <summary>Writes the <c>device</c> object.</summary>
internal static class OcsfDevice
{
    public static void Write(Utf8JsonWriter json, string attribute, DeviceReference device, IReadOnlyList<Evidence> evidence)
    {
        json.WriteStartObject(attribute);
        json.WriteString("uid", device.Uid);
        if (device.Name is not null) json.WriteString("name", device.Name);
        WriteType(json, device.Platform);
        WriteOs(json, device.Platform);
        WriteFlag(json, "is_managed", evidence, state => state.IsManagedDevice);
        WriteFlag(json, "is_supervised", evidence, state => state.IsSupervised);
        json.WriteList("groups", device.Groups ?? [], group =>
        {
            json.WriteStartObject();
            json.WriteString("name", group);
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static void WriteType(Utf8JsonWriter json, Platform platform)
    {
        var (id, caption) = platform switch
        {
            Platform.Android or Platform.IOS => (5, "Mobile"),
            Platform.IPadOS => (4, "Tablet"),
            _ => (0, "Unknown"),
        };
        json.WriteNumber("type_id", id);
        json.WriteString("type", caption);
    }

    private static void WriteOs(Utf8JsonWriter json, Platform platform)
    {
        json.WriteStartObject("os");
        json.WriteString("name", platform.Name());
        json.WriteNumber("type_id", platform.OsTypeId());
        // OCSF wants the source's own word beside 99, and the caption beside all others.
        json.WriteString("type", platform switch { Platform.Unknown => "Unknown", Platform.Other => "not a mobile platform", _ => platform.Name() });
        json.WriteEndObject();
    }

    private static void WriteFlag(Utf8JsonWriter json, string name, IReadOnlyList<Evidence> evidence, Func<StateBits, Tri> ask)
    {
        var last = evidence.LastOrDefault(item => ask(item.Event.State) != Tri.Unknown);
        if (last is not null) json.WriteBoolean(name, ask(last.Event.State) == Tri.True);
    }
}

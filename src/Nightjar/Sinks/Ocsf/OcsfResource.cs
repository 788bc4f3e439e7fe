using System.Text.Json;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Sinks.Ocsf;

/// <summary>One entry of <c>resources</c>: the app that acted, and what it acted with.</summary>
internal sealed record OcsfResource(string Uid, string Name, string Type, int RoleId, string Role)
{
    private const int Actor = 2;

    /// <summary>Package version of the app, where an event tells it.</summary>
    public string? Version { get; init; }

    /// <summary>Host name of a destination.</summary>
    public string? Hostname { get; init; }

    /// <summary>Address of a destination, as OCSF takes it.</summary>
    public string? Ip { get; init; }

    /// <summary>The app first, then destinations, files and modules as the evidence has them, each once.</summary>
    public static IReadOnlyList<OcsfResource> Of(Finding finding)
    {
        var found = new List<OcsfResource>();
        var seen = new HashSet<(string, string)>();
        if (finding.App is not null) found.Add(App(finding, finding.App));
        foreach (var item in finding.Evidence)
        {
            foreach (var resource in Of(item.Event))
            {
                if (seen.Add((resource.Type, resource.Uid))) found.Add(resource);
            }
        }
        return found;
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("uid", Uid);
        json.WriteString("name", Name);
        json.WriteString("type", Type);
        if (Version is not null) json.WriteString("version", Version);
        if (Hostname is not null) json.WriteString("hostname", Hostname);
        if (Ip is not null) json.WriteString("ip", Ip);
        json.WriteNumber("role_id", RoleId);
        json.WriteString("role", Role);
        json.WriteEndObject();
    }

    private static OcsfResource App(Finding finding, string uid)
    {
        var own = finding.Evidence.Where(item => item.Event.App == uid).Select(item => item.Event).ToList();
        return new(uid, Last(own, FieldId.AppName) ?? uid, "Application", Actor, "Actor") { Version = Last(own, FieldId.AppVersion) };
    }

    private static string? Last(List<EvidenceEvent> events, FieldId field) => events.Select(e => e[field]).OfType<string>().LastOrDefault();

    private static IEnumerable<OcsfResource> Of(EvidenceEvent e)
    {
        var host = (e[FieldId.DstHostname] ?? e[FieldId.TlsSni] ?? e[FieldId.UrlHostname]) as string;
        var ip = e[FieldId.DstIp] as string;
        if ((host ?? ip) is { Length: > 0 } destination)
            yield return new(destination, destination, "Destination", 4, "Related") { Hostname = host, Ip = OcsfNames.Address(ip) };
        if (e[FieldId.FilePath] is string { Length: > 0 } file) yield return new(file, OcsfNames.FileName(file), "File", 3, "Affected");
        if (e[FieldId.ModulePath] is string { Length: > 0 } module) yield return new(module, OcsfNames.FileName(module), "Module", 3, "Affected");
    }
}

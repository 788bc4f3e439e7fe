using System.Text.Json;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Sinks.Ocsf;

/// <summary>One entry of <c>observables</c>: an index into the finding, so that other tools find hosts, addresses, files and hashes without knowing where to look.</summary>
internal sealed record OcsfObservable(string Name, int TypeId, string Type, string Value)
{
    /// <summary>Each value once per place, in the order of the finding. Never a value that stands nowhere else.</summary>
    public static IReadOnlyList<OcsfObservable> Of(Finding finding)
    {
        var all = new List<OcsfObservable> { new("device.uid", 47, "Device Object: uid", finding.Device.Uid) };
        if (finding.App is not null) all.Add(new("resources[].uid", 10, "Resource UID", finding.App));
        foreach (var item in finding.Evidence) all.AddRange(Of(item.Event));
        return [.. all.Where(item => item.Value.Length > 0).Distinct()];
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name", Name);
        json.WriteNumber("type_id", TypeId);
        json.WriteString("type", Type);
        json.WriteString("value", Value);
        json.WriteEndObject();
    }

    private static IEnumerable<OcsfObservable> Of(EvidenceEvent e)
    {
        if (e[FieldId.DstHostname] is string host) yield return Hostname("dst_endpoint.hostname", host);
        if (OcsfNames.Address(e[FieldId.DstIp] as string) is { } ip) yield return new("evidences[].dst_endpoint.ip", 2, "IP Address", ip);
        if (e[FieldId.QueryHostname] is string query) yield return Hostname("query.hostname", query);
        if (e[FieldId.UrlText] is string url) yield return new("evidences[].url.url_string", 6, "URL String", url);
        if (e[FieldId.FilePath] is string path) yield return FilePath(OcsfEvidence.FileName(e) is null ? Data(FieldId.FilePath) : "file.path", path);
        var hashes = OcsfEvidence.FileName(e) is null ? $"{Data(FieldId.FileHashes)}[]" : "file.hashes[].value";
        foreach (var hash in Texts(e, FieldId.FileHashes)) yield return new($"evidences[].{hashes}", 8, "Hash", hash);
        if (e[FieldId.ModulePath] is string module) yield return FilePath(Data(FieldId.ModulePath), module);
        foreach (var hash in Texts(e, FieldId.ModuleHashes)) yield return new($"evidences[].{Data(FieldId.ModuleHashes)}[]", 8, "Hash", hash);
    }

    private static OcsfObservable Hostname(string place, string value) => new($"evidences[].{place}", 1, "Hostname", value);

    private static OcsfObservable FilePath(string place, string value) => new($"evidences[].{place}", 45, "File Path", value);

    private static string Data(FieldId field) => $"data.fields.{FieldCatalog.Of(field).Path}";

    private static string[] Texts(EvidenceEvent e, FieldId field) => e[field] as string[] ?? [];
}
